import { predicateOf } from '../conditions/predicate-of.ts'
import type { Condition } from '../definitions/condition.ts'
import type { ClockDefinition, PolicyDefinition } from '../definitions/policy.ts'
import type { Facts } from '../facts.ts'
import { parseDurationMs } from '../kernel/duration.ts'
import { type Instant, parseInstant } from '../kernel/instant.ts'
import type { FieldValue } from '../kernel/value-kind.ts'
import type { AppModel, FormLookup, FormModel } from '../model.ts'

/** What a policy says about a record at one moment. */
export type ApplicablePolicy = { readonly id: string; readonly clocks: readonly Look[] }
export type Look = {
  readonly definition: ClockDefinition
  readonly starts: boolean
  readonly stops: boolean
  /** The pause condition holds, and a reason is given where one is compulsory. */
  readonly pauses: boolean
  readonly pauseReason: FieldValue
  readonly cancels: boolean
  /** The first target that holds: business time, or the moment promised; undefined: none does. */
  readonly target: { readonly ms: number } | { readonly until: Instant } | undefined
}

/** The policy that applies to a record: by order, then id, the first whose condition holds. */
export function applicablePolicy(
  app: Pick<AppModel, 'policies'>,
  form: FormModel,
  lookup: FormLookup | undefined,
  facts: Facts,
): ApplicablePolicy | undefined {
  const holds: Holds = (condition, absent) =>
    condition === undefined ? absent : predicateOf(condition, form, lookup)(facts)
  const policy = policiesOf(app, form.id).find(({ when }) => holds(when, true))
  return policy && { id: policy.id, clocks: policy.clocks.map((clock) => look(clock, holds, facts)) }
}
type Holds = (condition: Condition | undefined, absent: boolean) => boolean

/** The policies of a form in the order in which they are tried. */
export const policiesOf = (app: Pick<AppModel, 'policies'>, form: string): readonly PolicyDefinition[] =>
  app.policies
    .filter((policy) => policy.form === form)
    .toSorted((a, b) => (a.order ?? 100) - (b.order ?? 100) || (a.id < b.id ? -1 : 1))

function look(definition: ClockDefinition, holds: Holds, facts: Facts): Look {
  const asked = definition.pauseLimit?.reason
  const pauseReason = (asked === undefined ? null : facts.record?.[asked]) ?? null
  const target = definition.targets.find(({ when }) => holds(when, true))
  return {
    definition,
    starts: holds(definition.startWhen, true),
    stops: holds(definition.stopWhen, false),
    pauses: holds(definition.pauseWhen, false) && (asked === undefined || isGiven(pauseReason)),
    pauseReason,
    cancels: holds(definition.cancelWhen, false),
    target: target && targetOf(target, facts),
  }
}

function targetOf({ within, until }: ClockDefinition['targets'][number], facts: Facts): Look['target'] {
  const ms = within === undefined ? undefined : parseDurationMs(within)
  if (ms !== undefined) return { ms }
  const promised = until === undefined ? undefined : facts.record?.[until]
  const moment = typeof promised === 'string' ? parseInstant(promised) : undefined
  return moment === undefined ? undefined : { until: moment }
}

const isGiven = (value: FieldValue): boolean =>
  value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)

/** The definition of a policy clock, while the app still has it. */
export const clockDefinition = (app: AppModel | undefined, policy: string, id: string): ClockDefinition | undefined =>
  app?.policies.find((one) => one.id === policy)?.clocks.find((one) => one.id === id)
