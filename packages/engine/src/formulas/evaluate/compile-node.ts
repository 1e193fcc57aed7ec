import { isFeelNumber, negateNumber, numberFromText } from '../../kernel/decimal.ts'
import type { FormulaNode } from '../ast.ts'
import type { Environment } from '../environment.ts'
import { inRange } from '../values/compare.ts'
import { parseTemporal } from '../values/parse-temporal.ts'
import { DayDuration, MonthDuration, negateDuration } from '../values/temporal.ts'
import { FeelFunction, isContext, isList, MapContext, Range, typeOf, type Value } from '../values/value.ts'
import { compileApply, compileCall } from './calls.ts'
import { compileFilter, compileFor, compileQuantified } from './loops.ts'
import { compileName, compilePath } from './names.ts'
import { compileArithmetic, compileComparison, orderIn } from './operators.ts'
import { type Evaluate, type Scope, withVariables } from './scope.ts'
import { compileIn, compileTestValue, compileUnaryTests } from './tests.ts'

type Compilers = {
  readonly [K in FormulaNode['kind']]: (node: Extract<FormulaNode, { kind: K }>, scope: Scope) => Evaluate
}

/** Turns one node of the tree into a closure; everything that can be decided is decided here, once. */
export const compileNode = (node: FormulaNode, scope: Scope): Evaluate =>
  (compilers[node.kind] as (node: FormulaNode, scope: Scope) => Evaluate)(node, scope)

const constant =
  (value: Value): Evaluate =>
  () =>
    value

const compilers: Compilers = {
  null: () => constant(null),
  boolean: (node) => constant(node.value),
  text: (node) => constant(node.value),
  number: (node) => {
    const value = numberFromText(node.value)
    return value === undefined ? (env) => env.warn('formula.outOfRange', node) : constant(value)
  },
  temporal: (node) => {
    const value = parseTemporal(node.value)
    return value === undefined ? (env) => env.warn('formula.wrongType', node) : constant(value)
  },
  name: (node, scope) => compileName(node.name, node, scope),
  path: (node, scope) => compilePath(node, scope, compileNode),
  filter: (node, scope) => compileFilter(node, scope, compileNode),
  arithmetic: (node, scope) => compileArithmetic(node, compileNode(node.left, scope), compileNode(node.right, scope)),
  negate: (node, scope) => compileNegate(node, compileNode(node.of, scope)),
  comparison: (node, scope) => compileComparison(node, compileNode(node.left, scope), compileNode(node.right, scope)),
  between: (node, scope) => compileBetween(node, scope),
  in: (node, scope) => compileIn(node, scope, compileNode),
  and: (node, scope) => compileLogic(node, scope, false),
  or: (node, scope) => compileLogic(node, scope, true),
  if: (node, scope) => {
    const when = compileNode(node.when, scope)
    const then = compileNode(node.then, scope)
    const otherwise = compileNode(node.otherwise, scope)
    return (env) => {
      const taken = when(env)
      if (taken === true) return then(env)
      if (taken !== false && taken !== null)
        env.warn('formula.wrongType', node.when, { expected: 'boolean', got: typeOf(taken) })
      return otherwise(env)
    }
  },
  for: (node, scope) => compileFor(node, scope, compileNode),
  some: (node, scope) => compileQuantified(node, scope, compileNode),
  every: (node, scope) => compileQuantified(node, scope, compileNode),
  list: (node, scope) => {
    const items = node.items.map((item) => compileNode(item, scope))
    return (env) => items.map((item) => item(env))
  },
  context: (node, scope) => compileContext(node, scope),
  range: (node, scope) => compileRange(node, compileNode(node.low, scope), compileNode(node.high, scope)),
  test: (node, scope) => compileTestValue(node, scope, compileNode),
  call: (node, scope) => compileCall(node, scope, compileNode),
  apply: (node, scope) => compileApply(node, scope, compileNode),
  function: (node, scope) => compileFunction(node, scope),
  instanceOf: (node, scope) => compileInstanceOf(node, compileNode(node.value, scope)),
  unaryTests: (node, scope) => compileUnaryTests(node, scope, compileNode),
  anything: () => constant(true),
}

function compileNegate(node: FormulaNode, of: Evaluate): Evaluate {
  return (env) => {
    const value = of(env)
    if (value === null) return null
    if (isFeelNumber(value)) return negateNumber(value)
    if (value instanceof DayDuration) return negateDuration(value)
    if (value instanceof MonthDuration) return new MonthDuration(0 - value.months)
    return env.warn('formula.wrongType', node, { expected: 'number', got: typeOf(value) })
  }
}

/** Three-valued and/or: `decisive` (false for and, true for or) wins over unknown. */
function compileLogic(node: Extract<FormulaNode, { kind: 'and' | 'or' }>, scope: Scope, decisive: boolean): Evaluate {
  const left = compileNode(node.left, scope)
  const right = compileNode(node.right, scope)
  const truth = (value: Value, at: FormulaNode, env: Environment): boolean | null => {
    if (typeof value === 'boolean' || value === null) return value
    return env.warn('formula.wrongType', at, { expected: 'boolean', got: typeOf(value) })
  }
  return (env) => {
    const a = left(env)
    if (a === decisive) return decisive
    const b = right(env)
    if (b === decisive) return decisive
    if (a === !decisive && b === !decisive) return !decisive
    truth(a, node.left, env)
    truth(b, node.right, env)
    return null
  }
}

function compileBetween(node: Extract<FormulaNode, { kind: 'between' }>, scope: Scope): Evaluate {
  const [value, low, high] = [node.value, node.low, node.high].map((part) => compileNode(part, scope)) as [
    Evaluate,
    Evaluate,
    Evaluate,
  ]
  return (env) => {
    const subject = value(env)
    const above = orderIn(subject, low(env), node, env)
    const below = orderIn(subject, high(env), node, env)
    return above === null || below === null ? null : above >= 0 && below <= 0
  }
}

/** Each entry sees the ones before it. */
function compileContext(node: Extract<FormulaNode, { kind: 'context' }>, scope: Scope): Evaluate {
  let inside = scope
  const entries = node.entries.map(({ key, value }) => {
    const evaluate = compileNode(value, inside)
    const made = withVariables(inside, [key])
    inside = made.scope
    return { key, evaluate, slot: made.slots[0] ?? 0 }
  })
  const isUnambiguous = new Set(node.entries.map((entry) => entry.key)).size === entries.length
  return (env) => {
    if (!isUnambiguous) return env.warn('formula.wrongArguments', node)
    const values = new Map<string, Value>()
    for (const { key, evaluate, slot } of entries) {
      const value = evaluate(env)
      env.locals[slot] = value
      values.set(key, value)
    }
    return new MapContext(values)
  }
}

function compileRange(node: Extract<FormulaNode, { kind: 'range' }>, low: Evaluate, high: Evaluate): Evaluate {
  return (env) => {
    const from = low(env)
    const to = high(env)
    if (from === null || to === null) return null
    const range = new Range(from, to, node.includesLow, node.includesHigh)
    return inRange(from, range, env.zone) === undefined
      ? env.warn('formula.wrongType', node, { expected: typeOf(from), got: typeOf(to) })
      : range
  }
}

/** The function keeps the variables as they are now: it may be called when they have changed. */
function compileFunction(node: Extract<FormulaNode, { kind: 'function' }>, scope: Scope): Evaluate {
  const { scope: inside, slots } = withVariables(scope, node.parameters)
  const body = compileNode(node.body, inside)
  return (env) => {
    const captured = env.locals.slice()
    env.spend(captured.length)
    return new FeelFunction(node.parameters, (args) => {
      env.enterCall()
      const outside = env.locals
      env.locals = captured.slice()
      for (const [at, slot] of slots.entries()) env.locals[slot] = args[at] ?? null
      try {
        return body(env)
      } finally {
        env.locals = outside
        env.leaveCall()
      }
    })
  }
}

/** Types without parameters; `Any` is everything but null. */
function compileInstanceOf(node: Extract<FormulaNode, { kind: 'instanceOf' }>, value: Evaluate): Evaluate {
  return (env) => {
    const subject = value(env)
    if (node.type === 'Any') return subject !== null
    if (subject === null) return node.type === 'Null'
    if (node.type === 'list' || node.type === 'list<Any>') return isList(subject)
    if (node.type === 'context' || node.type === 'context<>') return isContext(subject)
    return typeOf(subject) === node.type
  }
}
