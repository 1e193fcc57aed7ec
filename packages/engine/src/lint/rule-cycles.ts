import { deedsOf } from '../actions/behaviours.ts'
import { conditionReads } from '../conditions/reads.ts'
import type { RuleDefinition } from '../definitions/rule.ts'
import { warning } from '../kernel/problem.ts'
import type { AppModel } from '../model.ts'
import type { Check } from './context.ts'

/** Rules that set each other off, as a path that leads back: warned of, for their conditions may well end it. */
export const ruleCycles: Check = ({ app }) => {
  const rules = app.rules.filter(({ enabled }) => enabled !== false)
  const found = new Map<string, readonly string[]>()
  for (const rule of rules) {
    const circle = circleFrom(rule, rules, app)
    if (circle) found.set([...circle].sort().join(), circle)
  }
  return [...found.values()].map((circle) =>
    warning('rule.cycle', `/rules/${circle[0]}.json/then`, { rules: [...circle, circle[0] ?? ''].join(' → ') }),
  )
}

/** The shortest way from a rule back to itself. */
function circleFrom(
  start: RuleDefinition,
  rules: readonly RuleDefinition[],
  app: AppModel,
): readonly string[] | undefined {
  let ways: readonly (readonly RuleDefinition[])[] = [[start]]
  const seen = new Set<RuleDefinition>()
  while (ways.length > 0) {
    const next: (readonly RuleDefinition[])[] = []
    for (const way of ways) {
      const last = way.at(-1) ?? start
      for (const rule of rules) {
        if (!setsOff(last, rule, app)) continue
        if (rule === start) return way.map(({ id }) => id)
        if (seen.has(rule)) continue
        seen.add(rule)
        next.push([...way, rule])
      }
    }
    ways = next
  }
  return undefined
}

/** Whether what one rule does makes the other look. One whose condition reads what it writes is taken to end itself. */
function setsOff(one: RuleDefinition, other: RuleDefinition, app: AppModel): boolean {
  for (const deed of one.then.flatMap(deedsOf)) {
    const written = 'values' in deed ? Object.keys(deed.values) : []
    if ('form' in deed) {
      if (deed.form === other.form && other.on.events?.includes('created')) return true
    } else if (written.length > 0 && one.form === other.form && watches(other, written)) {
      if (one !== other || !readsAny(other, written, app)) return true
    }
  }
  return false
}

const watches = ({ on }: RuleDefinition, written: readonly string[]): boolean =>
  on.events?.includes('changed') === true &&
  (on.fields === undefined || on.fields.some((field) => written.includes(field)))

const readsAny = ({ if: condition, form }: RuleDefinition, fields: readonly string[], app: AppModel): boolean =>
  condition !== undefined &&
  conditionReads(condition, app.forms.get(form), (name) => app.forms.get(name)).some(
    ({ fact, path }) => fact === 'record' && fields.includes(path[0] ?? ''),
  )
