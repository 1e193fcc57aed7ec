import type { Facts } from '../facts.ts'
import type { Problem } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { FieldValue } from '../kernel/value-kind.ts'
import type { FormulaNode } from './ast.ts'
import { misfit, toFieldValue } from './convert.ts'
import { budgetExceeded, Environment, type FormulaWarning } from './environment.ts'
import { compileNode } from './evaluate/compile-node.ts'
import { type Evaluate, type Scope, withVariables } from './evaluate/scope.ts'
import { FormNames, type FormulaRead, type FormulaScope } from './form-names.ts'
import { parseFormula } from './parse.ts'
import { remembered } from './remembered.ts'
import { typeProblems } from './type-check.ts'
import type { Value } from './values/value.ts'
import { typeOf } from './values/value.ts'

export type FormulaResult = { readonly value: FieldValue; readonly warnings: readonly FormulaWarning[] }

export type Formula = {
  readonly text: string
  /** Every fact and path it looks at, each once; `now` for formulas of now() and today(). */
  readonly reads: readonly FormulaRead[]
  readonly ast: FormulaNode
  /** Total: what cannot be computed is null with a warning. Same facts, same result. */
  evaluate(facts: Facts): FormulaResult
}

export type UnaryTest = Omit<Formula, 'evaluate'> & {
  /** Whether the input passes; null (unknown) never passes. */
  test(input: Value, facts: Facts): { readonly passes: boolean; readonly warnings: readonly FormulaWarning[] }
}

const none: readonly FormulaWarning[] = []

/**
 * Compiles FEEL text once. In a form's scope the fields are bare names; unknown names, functions and certain type
 * errors are problems with `from`, `to`, `near` (and `suggestion`) in their details.
 */
export function compileFormula(text: string, scope: FormulaScope = {}): Result<Formula, Problem[]> {
  return remembered(text, scope, compileAnew)
}

function compileAnew(text: string, scope: FormulaScope): Result<Formula, Problem[]> {
  const parsed = parseFormula(text)
  if (!parsed.ok) return parsed
  const names = new FormNames(text, scope)
  const root: Scope = { kind: 'root', names, slots: { next: 0 } }
  const evaluate = compileNode(parsed.value, root)
  const problems = names.problems.length > 0 ? names.problems : typeProblems(text, parsed.value, scope)
  if (problems.length > 0) return fail([...problems])
  return ok({
    text,
    reads: names.found,
    ast: parsed.value,
    evaluate: (facts) => run(evaluate, facts, root.slots.next, parsed.value, scope),
  })
}

function run(
  evaluate: Evaluate,
  facts: Facts,
  slots: number,
  ast: FormulaNode,
  { resultType }: FormulaScope,
): FormulaResult {
  const env = new Environment(facts, slots, facts.zone)
  const value = evaluateWithin(evaluate, env, ast)
  const converted = toFieldValue(value, resultType, facts.zone)
  if (converted !== misfit) return { value: converted, warnings: env.warnings ?? none }
  env.warn('formula.wrongType', ast, { expected: resultType?.kind ?? '', got: typeOf(value) })
  return { value: null, warnings: env.warnings ?? none }
}

/** Evaluates until the budget ends; then null and a warning. */
export function evaluateWithin(evaluate: Evaluate, env: Environment, ast: FormulaNode): Value {
  try {
    return evaluate(env)
  } catch (error) {
    if (error === budgetExceeded) return env.warn('formula.budget', ast)
    throw error
  }
}

/** Compiles the unary tests of a decision-table cell: `> 5`, `"a", "b"`, `[1..5]`, `not(…)`, `-`, anything about `?`. */
export function compileUnaryTest(text: string, scope: FormulaScope = {}): Result<UnaryTest, Problem[]> {
  const parsed = parseFormula(text, 'unaryTests')
  if (!parsed.ok) return parsed
  const names = new FormNames(text, scope)
  const root: Scope = { kind: 'root', names, slots: { next: 0 } }
  const { scope: inside, slots } = withVariables(root, ['?'])
  const evaluate = compileNode(parsed.value, inside)
  if (names.problems.length > 0) return fail([...names.problems])
  return ok({
    text,
    reads: names.found,
    ast: parsed.value,
    test: (input, facts) => {
      const env = new Environment(facts, root.slots.next, facts.zone)
      env.locals[slots[0] ?? 0] = input
      return { passes: evaluateWithin(evaluate, env, parsed.value) === true, warnings: env.warnings ?? none }
    },
  })
}

export type { FormulaRead, FormulaScope, FormulaWarning }
