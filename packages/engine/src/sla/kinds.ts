import type { ClockDefinition, ClockKind } from '../definitions/policy.ts'

type OnReopen = NonNullable<ClockDefinition['onReopen']>

/** What reopening does to a clock of a kind, where its definition does not say. */
const reopening: { readonly [K in ClockKind]: OnReopen } = {
  firstResponse: 'never',
  nextResponse: 'reset',
  update: 'reset',
  resolution: 'continue',
  firstResolution: 'never',
  nodeTime: 'reset',
  arrivalWindow: 'reset',
}

export const onReopenOf = ({ kind = 'resolution', onReopen }: ClockDefinition): OnReopen => onReopen ?? reopening[kind]
