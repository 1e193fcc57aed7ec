import { compareNumbers, isFeelNumber } from '../../kernel/decimal.ts'
import type { ComparisonOperator, FormulaNode } from '../ast.ts'
import type { Environment } from '../environment.ts'
import { addValues, divideValues, multiplyValues, powerOfValues, subtractValues } from '../values/arithmetic.ts'
import { equalOf, orderOf } from '../values/compare.ts'
import { isList, typeOf, type Value } from '../values/value.ts'
import type { Evaluate } from './scope.ts'

const single = (value: Value): Value => (isList(value) && value.length === 1 ? (value[0] ?? null) : value)

/** The general way of an operator: null through, a type error is a warning. */
const slowly =
  (node: FormulaNode, compute: (a: Value, b: Value, zone: string | null) => Value | undefined) =>
  (a: Value, b: Value, env: Environment): Value => {
    if (a === null || b === null) return null
    const result = compute(a, b, env.zone)
    if (typeof result === 'string') return env.bounded(result)
    if (result !== undefined) return result
    const bothNumbers = isFeelNumber(a) && isFeelNumber(b)
    return env.warn(bothNumbers ? 'formula.outOfRange' : 'formula.wrongType', node, {
      expected: typeOf(a),
      got: typeOf(b),
    })
  }

/** Compiles + − * / **. Whole numbers, by far the most, take the first line. */
export function compileArithmetic(
  node: Extract<FormulaNode, { kind: 'arithmetic' }>,
  left: Evaluate,
  right: Evaluate,
): Evaluate {
  if (node.operator === '+') {
    const add = slowly(node, addValues)
    return (env) => {
      const a = left(env)
      const b = right(env)
      const sum = typeof a === 'number' && typeof b === 'number' ? a + b : Number.NaN
      return Number.isSafeInteger(sum) ? sum : add(a, b, env)
    }
  }
  if (node.operator === '-') {
    const subtract = slowly(node, subtractValues)
    return (env) => {
      const a = left(env)
      const b = right(env)
      const difference = typeof a === 'number' && typeof b === 'number' ? a - b : Number.NaN
      return Number.isSafeInteger(difference) ? difference : subtract(a, b, env)
    }
  }
  if (node.operator === '*') {
    const multiply = slowly(node, multiplyValues)
    return (env) => {
      const a = left(env)
      const b = right(env)
      const product = typeof a === 'number' && typeof b === 'number' ? a * b : Number.NaN
      return Number.isSafeInteger(product) ? product + 0 : multiply(a, b, env)
    }
  }
  const compute = slowly(node, node.operator === '/' ? divideValues : powerOfValues)
  return (env) => compute(left(env), right(env), env)
}

const holds: { readonly [K in ComparisonOperator]: (sign: number) => boolean } = {
  '=': (sign) => sign === 0,
  '!=': (sign) => sign !== 0,
  '<': (sign) => sign < 0,
  '<=': (sign) => sign <= 0,
  '>': (sign) => sign > 0,
  '>=': (sign) => sign >= 0,
}

/** Order of two values; null, with a warning unless one of them is null, when there is none. */
export function orderIn(left: Value, right: Value, node: FormulaNode, env: Environment): number | null {
  if (isFeelNumber(left) && isFeelNumber(right)) return compareNumbers(left, right)
  const a = single(left)
  const b = single(right)
  if (a === null || b === null) return null
  return orderOf(a, b, env.zone) ?? env.warn('formula.wrongType', node, { expected: typeOf(a), got: typeOf(b) })
}

/** `=`: null for two types that are never equal. */
function equalIn(left: Value, right: Value, node: FormulaNode, env: Environment): boolean | null {
  const direct = equalOf(left, right, env.zone)
  if (direct !== undefined) return direct
  const a = single(left)
  const b = single(right)
  const unwrapped = a === left && b === right ? undefined : equalOf(a, b, env.zone)
  return unwrapped ?? env.warn('formula.wrongType', node, { expected: typeOf(a), got: typeOf(b) })
}

export function compare(
  operator: ComparisonOperator,
  left: Value,
  right: Value,
  node: FormulaNode,
  env: Environment,
): boolean | null {
  if (operator === '=' || operator === '!=') {
    const equal = equalIn(left, right, node, env)
    return equal === null ? null : equal === (operator === '=')
  }
  const order = orderIn(left, right, node, env)
  return order === null ? null : holds[operator](order)
}

export function compileComparison(
  node: Extract<FormulaNode, { kind: 'comparison' }>,
  left: Evaluate,
  right: Evaluate,
): Evaluate {
  const test = holds[node.operator]
  return (env) => {
    const a = left(env)
    const b = right(env)
    return typeof a === 'number' && typeof b === 'number' ? test(a - b) : compare(node.operator, a, b, node, env)
  }
}
