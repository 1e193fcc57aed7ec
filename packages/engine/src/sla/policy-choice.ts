import { type Predicate, compileCondition } from '../conditions/compile.ts'
import type { Condition } from '../definitions/condition.ts'
import type { ClockDefinition, PolicyDefinition } from '../definitions/policy.ts'
import type { Facts } from '../facts.ts'
import { parseDurationMs } from '../kernel/duration.ts'
import type { AppModel, FormLookup, FormModel } from '../model.ts'

/** A clock of a policy with its conditions compiled. */
export type CompiledClock = {
  readonly definition: ClockDefinition
  readonly start: Predicate
  readonly stop: Predicate
  readonly pause: Predicate
  readonly cancel: Predicate
  /** Milliseconds of the first target that holds; undefined: none does. */
  readonly target: (facts: Facts) => number | undefined
}
type CompiledPolicy = { readonly definition: PolicyDefinition; readonly when: Predicate; readonly clocks: readonly CompiledClock[] }

/**
 * Compiled policies of a form, with the forms their paths led to: as long as those are the same, they stay valid. The
 * lookup itself is new with every command, so it is lent for one evaluation.
 */
type Compiled = { readonly policies: readonly CompiledPolicy[]; readonly seen: ReadonlyMap<string, FormModel | undefined>; readonly lent: { lookup: FormLookup | undefined } }
const cache = new WeakMap<AppModel, Map<string, Compiled>>()

/** The policy that applies to a record: by order, then id, the first whose condition holds. Policies are by form. */
export function applicablePolicy(app: AppModel, form: FormModel, lookup: FormLookup | undefined, facts: Facts): ApplicablePolicy | undefined {
  const { policies, lent } = compiledFor(app, form, lookup)
  lent.lookup = lookup
  try {
    const policy = policies.find(({ when }) => when(facts))
    return policy && { id: policy.definition.id, clocks: policy.clocks.map((clock) => look(clock, facts)) }
  } finally {
    lent.lookup = undefined
  }
}

/** What the conditions of a policy say about a record at one moment. */
export type ApplicablePolicy = { readonly id: string; readonly clocks: readonly Look[] }
export type Look = {
  readonly definition: ClockDefinition
  readonly starts: boolean
  readonly stops: boolean
  readonly pauses: boolean
  readonly cancels: boolean
  readonly targetMs: number | undefined
}

const look = (clock: CompiledClock, facts: Facts): Look => ({
  definition: clock.definition,
  starts: clock.start(facts),
  stops: clock.stop(facts),
  pauses: clock.pause(facts),
  cancels: clock.cancel(facts),
  targetMs: clock.target(facts),
})

function compiledFor(app: AppModel, form: FormModel, lookup: FormLookup | undefined): Compiled {
  let byForm = cache.get(app)
  if (!byForm) cache.set(app, (byForm = new Map()))
  const known = byForm.get(form.id)
  if (known && [...known.seen].every(([name, model]) => lookup?.(name) === model)) return known
  const compiled = compilePolicies(app, form, lookup)
  byForm.set(form.id, compiled)
  return compiled
}

function compilePolicies(app: AppModel, form: FormModel, lookup: FormLookup | undefined): Compiled {
  const seen = new Map<string, FormModel | undefined>()
  const lent: Compiled['lent'] = { lookup }
  const borrowed: FormLookup = (name) => {
    const model = lent.lookup?.(name)
    seen.set(name, model)
    return model
  }
  const compile = (condition: Condition | undefined, absent: boolean): Predicate =>
    condition === undefined ? () => absent : compileCondition(condition, form, borrowed)
  const policies = app.policies
    .filter((policy) => policy.form === form.id)
    .toSorted((a, b) => (a.order ?? 100) - (b.order ?? 100) || (a.id < b.id ? -1 : 1))
    .map((definition) => ({ definition, when: compile(definition.when, true), clocks: definition.clocks.map((clock) => compileClock(clock, compile)) }))
  return { policies, seen, lent }
}

function compileClock(definition: ClockDefinition, compile: (condition: Condition | undefined, absent: boolean) => Predicate): CompiledClock {
  const targets = definition.targets.map(({ when, within }) => ({ when: compile(when, true), ms: parseDurationMs(within) }))
  return {
    definition,
    start: compile(definition.startWhen, true),
    stop: compile(definition.stopWhen, false),
    pause: compile(definition.pauseWhen, false),
    cancel: compile(definition.cancelWhen, false),
    target: (facts) => targets.find(({ when }) => when(facts))?.ms,
  }
}

/** The definition of a policy clock, while the app still has it. */
export const clockDefinition = (app: AppModel | undefined, policy: string, id: string): ClockDefinition | undefined =>
  app?.policies.find((one) => one.id === policy)?.clocks.find((one) => one.id === id)
