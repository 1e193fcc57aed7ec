import { asInteger, isFeelNumber } from '../../kernel/decimal.ts'
import { childrenOf, type FormulaNode, type Iterator } from '../ast.ts'
import type { Environment } from '../environment.ts'
import { limits } from '../limits.ts'
import { orderOf } from '../values/compare.ts'
import { FeelDate } from '../values/temporal.ts'
import { isList, type List, Range, typeOf, type Value } from '../values/value.ts'
import { type Evaluate, newSlot, type Scope, withVariables } from './scope.ts'

type Compile = (node: FormulaNode, scope: Scope) => Evaluate

const sizeOf = (node: FormulaNode): number => childrenOf(node).reduce((sum, child) => sum + sizeOf(child), 1)

type Loop = { readonly slot: number; readonly items: (env: Environment) => List | null }

/** Each iterator sees the variables of the ones before it. */
function compileIterators(
  iterators: readonly Iterator[],
  outer: Scope,
  compile: Compile,
): { scope: Scope; loops: readonly Loop[] } {
  let scope = outer
  const loops = iterators.map((iterator) => {
    const over = compile(iterator.over, scope)
    const upTo = iterator.upTo && compile(iterator.upTo, scope)
    const made = withVariables(scope, [iterator.name])
    scope = made.scope
    return { slot: made.slots[0] ?? 0, items: itemsOf(iterator, over, upTo) }
  })
  return { scope, loops }
}

function itemsOf(node: Iterator, over: Evaluate, upTo: Evaluate | undefined): Loop['items'] {
  if (upTo) return (env) => steps(over(env), upTo(env), node, env)
  return (env) => {
    const value = over(env)
    if (isList(value)) return value
    if (value instanceof Range) return rangeItems(value, node, env)
    return value === null ? null : [value]
  }
}

type Place = { readonly from: number; readonly to: number }

function rangeItems(range: Range, at: Place, env: Environment): List | null {
  const order = range.low === null || range.high === null ? undefined : orderOf(range.low, range.high, env.zone)
  if (order === undefined || order > 0) return env.warn('formula.outOfRange', at)
  const all = steps(range.low, range.high, at, env)
  return all?.slice(range.includesLow ? 0 : 1, range.includesHigh ? undefined : -1) ?? null
}

/** Whole numbers or days from one end to the other, up or down. */
function steps(low: Value, high: Value, at: Place, env: Environment): List | null {
  if (low === null || high === null) return null
  const isDays = low instanceof FeelDate && high instanceof FeelDate
  const from = isDays ? low.days : isFeelNumber(low) ? asInteger(low) : undefined
  const to = isDays ? high.days : isFeelNumber(high) ? asInteger(high) : undefined
  if (from === undefined || to === undefined)
    return env.warn('formula.wrongType', at, { expected: 'number', got: typeOf(low) })
  const length = Math.abs(to - from) + 1
  if (length > limits.rangeItems) return env.warn('formula.outOfRange', at, { max: limits.rangeItems })
  env.spend(length)
  const step = to >= from ? 1 : -1
  return Array.from({ length }, (_, index) => (isDays ? new FeelDate(from + index * step) : from + index * step))
}

/** Runs `visit` for every combination; stops when it gives false. Null: an iterator had nothing to iterate. */
function runLoops(
  loops: readonly Loop[],
  env: Environment,
  cost: number,
  visit: () => boolean,
  at = 0,
): boolean | null {
  const loop = loops[at]
  if (!loop) {
    env.spend(cost)
    return visit()
  }
  const items = loop.items(env)
  if (items === null) return null
  for (const item of items) {
    env.spend(1)
    env.locals[loop.slot] = item
    const goesOn = runLoops(loops, env, cost, visit, at + 1)
    if (goesOn !== true) return goesOn
  }
  return true
}

/** `for … return …`; `partial` is the list of results so far. */
export function compileFor(node: Extract<FormulaNode, { kind: 'for' }>, scope: Scope, compile: Compile): Evaluate {
  const { scope: inside, loops } = compileIterators(node.iterators, scope, compile)
  const { scope: bodyScope, slots } = withVariables(inside, ['partial'])
  const body = compile(node.body, bodyScope)
  const cost = sizeOf(node.body)
  const usesPartial = mentions(node.body, 'partial')
  return (env) => {
    const results: Value[] = []
    const done = runLoops(loops, env, cost, () => {
      if (usesPartial) {
        env.spend(results.length)
        env.locals[slots[0] ?? 0] = results.slice()
      }
      results.push(body(env))
      return true
    })
    return done === null ? null : results
  }
}

const mentions = (node: FormulaNode, name: string): boolean =>
  (node.kind === 'name' && node.name === name) || childrenOf(node).some((child) => mentions(child, name))

/** `some … satisfies`, `every … satisfies`: decided by the first that decides, else unknown if any was unknown. */
export function compileQuantified(
  node: Extract<FormulaNode, { kind: 'some' | 'every' }>,
  scope: Scope,
  compile: Compile,
): Evaluate {
  const { scope: inside, loops } = compileIterators(node.iterators, scope, compile)
  const body = compile(node.body, inside)
  const cost = sizeOf(node.body)
  const decisive = node.kind === 'some'
  return (env) => {
    let unknown = false
    let decided = false
    const done = runLoops(loops, env, cost, () => {
      const result = body(env)
      if (typeof result !== 'boolean') unknown = true
      decided = result === decisive
      return !decided
    })
    if (decided) return decisive
    return done === null || unknown ? null : !decisive
  }
}

/** `list[3]`, `list[item > 3]`; anything but a list stands for the list of it. */
export function compileFilter(
  node: Extract<FormulaNode, { kind: 'filter' }>,
  scope: Scope,
  compile: Compile,
): Evaluate {
  const of = compile(node.of, scope)
  const slot = newSlot(scope)
  const by = compile(node.by, { kind: 'item', parent: scope, slot })
  const cost = sizeOf(node.by)
  return (env) => {
    const value = of(env)
    if (value === null) return null
    const items = isList(value) ? value : [value]
    const kept: Value[] = []
    for (const item of items.length === 0 ? [null] : items) {
      env.spend(cost)
      env.locals[slot] = item
      const result = by(env)
      if (isFeelNumber(result)) return itemAt(items, asInteger(result), node, env)
      if (result === true && items.length > 0) kept.push(item)
    }
    return kept
  }
}

function itemAt(items: List, position: number | undefined, node: FormulaNode, env: Environment): Value {
  if (position === undefined || position === 0 || Math.abs(position) > items.length) {
    return env.warn('formula.outOfRange', node, { max: items.length })
  }
  return items.at(position > 0 ? position - 1 : position) ?? null
}
