import { type FieldTypeName, fieldTypes, type ValueKind } from '@tenon/engine'

const groups = ['common', 'choice', 'number', 'time', 'people', 'system'] as const
export type PaletteGroup = (typeof groups)[number]

const groupOfKind: { readonly [K in ValueKind]?: PaletteGroup } = {
  integer: 'number',
  decimal: 'number',
  money: 'number',
  date: 'time',
  time: 'time',
  instant: 'time',
  duration: 'time',
  reference: 'people',
  boolean: 'choice',
}

/** The group of a type, from what it says about itself: who gives its value, and of which kind it is. */
function groupOf(type: FieldTypeName): PaletteGroup {
  const behaviour = fieldTypes[type] as unknown as {
    readonly traits: { readonly entered: boolean }
    readonly options?: unknown
    readonly examples: readonly { readonly field: never }[]
    target?(field: unknown, app: string): { readonly kind: string } | undefined
    valueType(field: unknown, context: { currency: string }): { readonly kind: ValueKind } | undefined
  }
  if (!behaviour.traits.entered) return 'system'
  if (behaviour.options) return 'choice'
  if (behaviour.target?.(behaviour.examples[0]?.field, '')?.kind === 'user') return 'people'
  const kind = behaviour.valueType(behaviour.examples[0]?.field, { currency: 'CNY' })?.kind
  return (kind && groupOfKind[kind]) ?? 'common'
}

/** Types by group, in the order of the catalogue; empty groups are left out. */
export function paletteGroups(
  types: readonly FieldTypeName[],
): readonly (readonly [PaletteGroup, readonly FieldTypeName[]])[] {
  return groups
    .map((group) => [group, types.filter((type) => groupOf(type) === group)] as const)
    .filter(([, found]) => found.length > 0)
}
