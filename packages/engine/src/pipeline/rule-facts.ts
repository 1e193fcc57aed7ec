import { isBlank } from '../conditions/read-fact.ts'
import type { Condition } from '../definitions/condition.ts'
import type { RuleDefinition } from '../definitions/rule.ts'
import type { Facts } from '../facts.ts'
import type { FormModel } from '../model.ts'
import { metricNeeds } from '../rules/metric-needs.ts'
import { lookupFrom } from './facts-of.ts'
import type { Work } from './work.ts'

/** The facts with every figure that these rules need to be decided. */
export async function withFigures(
  work: Work,
  app: string,
  rules: readonly Pick<RuleDefinition, 'if'>[],
  facts: Facts,
  form: FormModel | undefined,
): Promise<Facts> {
  const lookup = lookupFrom(work, app)
  const needs = rules.flatMap((rule) => (rule.if ? metricNeeds(rule.if, facts, form, lookup) : []))
  if (needs.length === 0) return facts
  return { ...facts, metric: await work.figures(app, needs) }
}

/** The same for one condition. */
export const withFiguresOf = (
  work: Work,
  app: string,
  condition: Condition,
  facts: Facts,
  form: FormModel | undefined,
): Promise<Facts> => withFigures(work, app, [{ if: condition }], facts, form)

/** One text for what values say together; undefined when all of them are blank. */
export function keyOfValues(values: readonly unknown[]): string | undefined {
  return values.every(isBlank) ? undefined : values.map((value) => (isBlank(value) ? '' : String(value))).join(' · ')
}
