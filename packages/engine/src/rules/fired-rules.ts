import { compileJsonRules } from '../conditions/json-rules.ts'
import { predicateOf } from '../conditions/predicate-of.ts'
import type { RuleDefinition } from '../definitions/rule.ts'
import type { Facts } from '../facts.ts'
import type { FormLookup, FormModel } from '../model.ts'

type Runner = (facts: Facts) => Promise<readonly string[]>
const runners = new WeakMap<FormModel, Map<string, Runner>>()

/**
 * The rules whose condition holds, in the order given, by json-rules-engine; a rule without a condition always does.
 * Compiled once per form version and set of rules.
 */
export async function firedRules(
  rules: readonly RuleDefinition[],
  facts: Facts,
  form: FormModel,
  lookup: FormLookup,
): Promise<readonly RuleDefinition[]> {
  const conditional = rules.filter((rule) => rule.if !== undefined)
  const held = new Set(conditional.length === 0 ? [] : await runnerOf(conditional, form, lookup)(facts))
  return rules.filter((rule) => rule.if === undefined || held.has(rule.id))
}

function runnerOf(rules: readonly RuleDefinition[], form: FormModel, lookup: FormLookup): Runner {
  const known = runners.get(form) ?? new Map<string, Runner>()
  runners.set(form, known)
  const key = rules.map((rule) => rule.id).join(',')
  const runner =
    known.get(key) ??
    compileJsonRules(
      rules.flatMap((rule) => (rule.if ? [{ id: rule.id, condition: rule.if }] : [])),
      form,
      lookup,
    )
  known.set(key, runner)
  return runner
}

/** The same by the compiled predicates: for bulk work, where json-rules-engine would take a hundred times as long. */
export const holdingRules = (
  rules: readonly RuleDefinition[],
  facts: Facts,
  form: FormModel,
  lookup: FormLookup,
): readonly RuleDefinition[] =>
  rules.filter((rule) => rule.if === undefined || predicateOf(rule.if, form, lookup)(facts))
