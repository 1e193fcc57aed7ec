import type { DecisionDefinition } from '../definitions/decision.ts'
import { toJson } from '../formulas/convert.ts'
import { evaluateExpression, type FeelOptions } from '../formulas/evaluate-feel.ts'
import { isContext } from '../formulas/values/value.ts'
import type { Json } from '../kernel/json.ts'
import type { Problem } from '../kernel/problem.ts'
import { compileDecision, type DecisionOutcome } from './compile-decision.ts'

export type TriedDecision =
  | (DecisionOutcome & {
      /** One output's value, or an object of them; a list under policies that give several. */
      readonly result: Json
    })
  | { readonly error: readonly Problem[] }

/**
 * Tries a decision table by itself, without a record: `given` is FEEL text of a context whose entries are the names
 * the table uses. For the test box and for other people's test suites.
 */
export function evaluateDecision(definition: DecisionDefinition, given: string, options: FeelOptions): TriedDecision {
  const context = evaluateExpression(given, null, options)
  if ('error' in context) return context
  const table = compileDecision(definition, isContext(context.value) ? { context: context.value } : {})
  if (!table.ok) return { error: table.error }
  const facts = { now: options.now, zone: options.zone }
  return { ...table.value.decide(facts), result: toJson(table.value.value(facts)) }
}
