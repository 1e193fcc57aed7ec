import { childrenOf, type FormulaNode } from '../ast.ts'
import type { Environment } from '../environment.ts'
import { equalOf, inRange } from '../values/compare.ts'
import { isList, Range, type Value } from '../values/value.ts'
import { compare } from './operators.ts'
import { type Evaluate, type Scope, withVariables } from './scope.ts'

type Compile = (node: FormulaNode, scope: Scope) => Evaluate
/** Whether a value passes one test; null when that cannot be said. */
type Test = (value: Value, env: Environment) => boolean | null

const mentionsInput = (node: FormulaNode): boolean =>
  (node.kind === 'name' && node.name === '?') || childrenOf(node).some(mentionsInput)

/** One unary test: `> 5`, `[1..5]`, a value, a list of values, or an expression about `?`. */
function compileTest(node: FormulaNode, scope: Scope, compile: Compile): Test {
  if (node.kind === 'test') {
    const operand = compile(node.value, scope)
    return (value, env) => compare(node.operator, value, operand(env), node, env)
  }
  const evaluate = compile(node, scope)
  const isAboutInput = mentionsInput(node)
  return (value, env) => {
    const result = evaluate(env)
    if (result === null && node.kind === 'range') return null
    if (isAboutInput && (typeof result === 'boolean' || result === null)) return result
    return matches(value, result, env)
  }
}

function matches(value: Value, against: Value, env: Environment): boolean | null {
  if (against instanceof Range && !(value instanceof Range))
    return value === null ? null : (inRange(value, against, env.zone) ?? null)
  if (!isList(against)) return equalOf(value, against, env.zone) ?? null
  if (isList(value) && equalOf(value, against, env.zone) === true) return true
  const results = against.map((item) => matches(value, item, env))
  return results.includes(true)
}

const anyOf = (results: readonly (boolean | null)[]): boolean | null =>
  results.includes(true) ? true : results.includes(null) ? null : false

/** `value in (tests)`. */
export function compileIn(node: Extract<FormulaNode, { kind: 'in' }>, scope: Scope, compile: Compile): Evaluate {
  const value = compile(node.value, scope)
  const { scope: inside, slots } = withVariables(scope, ['?'])
  const tests = node.tests.map((test) => compileTest(test, inside, compile))
  return (env) => {
    const subject = value(env)
    env.locals[slots[0] ?? 0] = subject
    return anyOf(tests.map((test) => test(subject, env)))
  }
}

/** The tests of a cell, asked of the variable `?`. */
export function compileUnaryTests(
  node: Extract<FormulaNode, { kind: 'unaryTests' }>,
  scope: Scope,
  compile: Compile,
): Evaluate {
  const input = compile({ kind: 'name', name: '?', from: node.from, to: node.to }, scope)
  const tests = node.tests.map((test) => compileTest(test, scope, compile))
  return (env) => {
    const subject = input(env)
    const result = anyOf(tests.map((test) => test(subject, env)))
    return node.negated && result !== null ? !result : result
  }
}

/** A test standing as a value: `(> 5)` is a range open on one side. */
export function compileTestValue(
  node: Extract<FormulaNode, { kind: 'test' }>,
  scope: Scope,
  compile: Compile,
): Evaluate {
  const operand = compile(node.value, scope)
  return (env) => {
    const end = operand(env)
    if (end === null) return null
    if (node.operator === '=') return new Range(end, end, true, true)
    if (node.operator === '!=') return env.warn('formula.wrongType', node)
    const isUpper = node.operator.startsWith('<')
    const includes = node.operator.endsWith('=')
    return isUpper ? new Range(null, end, false, includes) : new Range(end, null, includes, false)
  }
}
