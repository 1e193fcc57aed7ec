import {
  type Condition,
  type ConditionScalar,
  type Facts,
  type FormModel,
  formatInstant,
  isFormula,
  isLeaf,
  parseDay,
  parseInstant,
  pathParts,
} from '@tenon/engine'
import { shiftDay, shiftInstant } from './buckets.ts'
import type { ReadEnvironment } from './environment.ts'
import { resolveField } from './resolve.ts'

/**
 * The same question about the period `by` earlier: literal days and moments that time fields are compared with move
 * back, and so does now. Who asks does not change, and access rules keep the real clock.
 */
export function earlier(
  where: Condition,
  form: FormModel,
  env: ReadEnvironment,
  by: string,
): { readonly where: Condition; readonly facts: Facts } {
  const { facts } = env
  return { where: shifted(where, form, env, by), facts: { ...facts, now: shiftInstant(facts.now, by, -1, facts.zone) } }
}

function shifted(condition: Condition, form: FormModel, env: ReadEnvironment, by: string): Condition {
  if (isFormula(condition)) return condition
  if ('not' in condition) return { not: shifted(condition.not, form, env, by) }
  if ('all' in condition) return { all: condition.all.map((part) => shifted(part, form, env, by)) }
  if ('any' in condition) return { any: condition.any.map((part) => shifted(part, form, env, by)) }
  if (!isLeaf(condition) || condition.fact !== 'record' || condition.value === undefined) return condition
  const kind = resolveField(pathParts(condition.path), form, env)?.field.value.kind
  if ((kind !== 'date' && kind !== 'instant') || condition.operator === 'within' || condition.operator === 'olderThan')
    return condition
  const move = (value: unknown) => (typeof value === 'string' ? moved(value, by, env.facts.zone) : value)
  const value = Array.isArray(condition.value) ? condition.value.map(move) : move(condition.value)
  return { ...condition, value: value as ConditionScalar }
}

function moved(text: string, by: string, zone: string): string {
  const day = parseDay(text)
  if (day !== undefined) return shiftDay(day, by, -1)
  const instant = parseInstant(text)
  return instant === undefined ? text : formatInstant(shiftInstant(instant, by, -1, zone))
}
