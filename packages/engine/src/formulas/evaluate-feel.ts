import type { Instant } from '../kernel/instant.ts'
import { isObject, type Json } from '../kernel/json.ts'
import type { Problem } from '../kernel/problem.ts'
import type { FormulaNode } from './ast.ts'
import { evaluateWithin } from './compile.ts'
import { fromJson, toJson } from './convert.ts'
import { Environment, type FormulaWarning } from './environment.ts'
import { compileNode } from './evaluate/compile-node.ts'
import { type Names, type Scope, withVariables } from './evaluate/scope.ts'
import { type Dialect, parseFormula } from './parse.ts'
import { type FeelContext, MapContext, type Value } from './values/value.ts'

export type FeelOptions = {
  /** The moment of now() and today(). */
  readonly now: Instant
  /** Zone of now() and today(). */
  readonly zone: string
  readonly dialect?: Dialect
}
export type FeelOutcome =
  | { readonly value: Json; readonly warnings: readonly FormulaWarning[] }
  | { readonly error: readonly Problem[] }

/** Names of a free-standing expression: the entries of its context. */
const contextNames = (context: FeelContext): Names => ({
  name: (name) => (context.get(name) === undefined ? undefined : (env) => env.root?.get(name) ?? null),
  path: () => undefined,
  missing: () => undefined,
  missingFunction: () => undefined,
  wrongArguments: () => undefined,
  reads: () => undefined,
})

/**
 * Evaluates a FEEL expression (or unary tests, with the input as `?`) by itself, for the command line and for other
 * people's test suites. Local times stay local, as the standard has it.
 */
export function evaluateFeel(expression: string, context: unknown, options: FeelOptions): FeelOutcome {
  const outcome = evaluateExpression(expression, fromJson(isObject(context) ? context : {}), options)
  return 'error' in outcome ? outcome : { value: toJson(outcome.value), warnings: outcome.warnings }
}

/** The same with FEEL values on both sides. */
export function evaluateExpression(
  expression: string,
  context: Value,
  { now, zone, dialect = 'expression' }: FeelOptions,
):
  | { readonly value: Value; readonly warnings: readonly FormulaWarning[]; readonly ast: FormulaNode }
  | { readonly error: readonly Problem[] } {
  const parsed = parseFormula(expression, dialect)
  if (!parsed.ok) return { error: parsed.error }
  const root = context instanceof MapContext ? context : new MapContext(new Map())
  const top: Scope = { kind: 'root', names: contextNames(root), slots: { next: 0 } }
  const { scope, slots } = withVariables(top, dialect === 'unaryTests' ? ['?'] : [])
  const evaluate = compileNode(parsed.value, scope)
  const env = new Environment({ now, zone }, top.slots.next, null, root)
  const [input] = slots
  if (input !== undefined) env.locals[input] = root.get('?') ?? null
  return { value: evaluateWithin(evaluate, env, parsed.value), warnings: env.warnings ?? [], ast: parsed.value }
}
