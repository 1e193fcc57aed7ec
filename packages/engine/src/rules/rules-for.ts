import { alertsOf } from '../actions/behaviours.ts'
import { metricLeaves } from '../conditions/metric.ts'
import type { RecordEventName, RuleDefinition } from '../definitions/rule.ts'
import { groupBy } from '../kernel/group.ts'
import type { AppModel } from '../model.ts'

type Index = {
  /** By form and event. */
  readonly events: ReadonlyMap<string, readonly RuleDefinition[]>
  readonly dates: ReadonlyMap<string, readonly RuleDefinition[]>
  readonly scheduled: readonly RuleDefinition[]
  /** Rules that run when figures move, and rules whose alerts stand on figures: by metric. */
  readonly moved: ReadonlyMap<string, readonly RuleDefinition[]>
  readonly alerting: ReadonlyMap<string, readonly RuleDefinition[]>
}
const indexes = new WeakMap<AppModel, Index>()

/**
 * The enabled rules that watch this event of a form, in their order. For `changed` only those whose fields are among
 * the changed ones: a write's cost depends on the rules that read what changed, not on all rules.
 */
export function rulesFor(
  app: AppModel,
  form: string,
  event: RecordEventName,
  changed: readonly string[],
): readonly RuleDefinition[] {
  const rules = indexOf(app).events.get(`${form}/${event}`) ?? []
  if (event !== 'changed') return rules
  return rules.filter((rule) => rule.on.fields === undefined || rule.on.fields.some((field) => changed.includes(field)))
}

/** The enabled rules that wait for a date of a form's records. */
export const dateRules = (app: AppModel, form: string): readonly RuleDefinition[] => indexOf(app).dates.get(form) ?? []

/** The enabled rules that run by the clock. */
export const scheduledRules = (app: AppModel): readonly RuleDefinition[] => indexOf(app).scheduled

/** The enabled rules that run when a metric's figures move, by metric. */
export const rulesMovedBy = (app: AppModel): Index['moved'] => indexOf(app).moved

/** The rules whose alerts stand on a metric's figures, by metric; those switched off too, for their alerts still stand. */
export const rulesAlertingOn = (app: AppModel): Index['alerting'] => indexOf(app).alerting

/** The rule by its id, if it is switched on. */
export const ruleOf = (app: AppModel, id: string): RuleDefinition | undefined =>
  app.rules.find((rule) => rule.id === id && rule.enabled !== false)

function indexOf(app: AppModel): Index {
  const known = indexes.get(app)
  if (known) return known
  const rules = app.rules.filter((rule) => rule.enabled !== false).toSorted(byOrder)
  const index: Index = {
    events: grouped(rules, (rule) => (rule.on.events ?? []).map((event) => `${rule.form}/${event}`)),
    dates: grouped(rules, (rule) => (rule.on.date ? [rule.form] : [])),
    scheduled: rules.filter((rule) => rule.on.schedule !== undefined),
    moved: grouped(rules, (rule) => (rule.on.metrics ? metricsOf(rule) : [])),
    alerting: grouped(app.rules, (rule) =>
      rule.then.some((action) => alertsOf(action).length > 0) ? metricsOf(rule) : [],
    ),
  }
  indexes.set(app, index)
  return index
}

const metricsOf = (rule: RuleDefinition): readonly string[] => [
  ...new Set(rule.if ? metricLeaves(rule.if).map(({ params }) => params.metric) : []),
]

function grouped(
  rules: readonly RuleDefinition[],
  keysOf: (rule: RuleDefinition) => readonly string[],
): ReadonlyMap<string, readonly RuleDefinition[]> {
  const pairs = rules.flatMap((rule) => keysOf(rule).map((key) => ({ key, rule })))
  return new Map([...groupBy(pairs, ({ key }) => key)].map(([key, same]) => [key, same.map(({ rule }) => rule)]))
}

const byOrder = (a: RuleDefinition, b: RuleDefinition): number =>
  (a.order ?? 100) - (b.order ?? 100) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
