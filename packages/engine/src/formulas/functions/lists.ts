import {
  addNumbers,
  asInteger,
  compareNumbers,
  divideNumbers,
  type FeelNumber,
  isFeelNumber,
  multiplyNumbers,
  rootOfNumber,
  subtractNumbers,
} from '../../kernel/decimal.ts'
import type { Environment } from '../environment.ts'
import { addValues } from '../values/arithmetic.ts'
import { equalOf, orderOf } from '../values/compare.ts'
import { FeelFunction, isList, type List, type Value } from '../values/value.ts'
import { integerOf, itemsOf, listOf } from './arguments.ts'
import type { Builtin, Builtins } from './contract.ts'

const same = (a: Value, b: Value, env: Environment): boolean => equalOf(a, b, env.zone) === true
const includes = (list: List, value: Value, env: Environment): boolean => list.some((item) => same(item, value, env))

const onItems = (run: (items: List, env: Environment) => Value | undefined): Builtin => ({
  forms: [['list']],
  variadic: true,
  takesNull: true,
  run: (args, env) => {
    if (args.length === 1 && args[0] === null) return null
    const items = itemsOf(args)
    env.spend(items.length)
    return run(items, env)
  },
})
const onNumbers = (run: (numbers: readonly FeelNumber[], env: Environment) => Value | undefined): Builtin =>
  onItems((items, env) => (items.every(isFeelNumber) ? run(items, env) : undefined))

/** The item that comes first by `sign`; undefined when two of them cannot be compared. */
const extreme = (sign: number): Builtin =>
  onItems((items, env) => {
    let best: Value = null
    for (const item of items) {
      if (item === null) return undefined
      const order = best === null ? sign : orderOf(item, best, env.zone)
      if (order === undefined || (items.length === 1 && orderOf(item, item, env.zone) === undefined)) return undefined
      if (order * sign > 0) best = item
    }
    return best
  })

function sum(items: List, env: Environment): Value | undefined {
  const [first, ...rest] = items
  if (first === undefined) return null
  if (!items.every((item) => item !== null && typeof item !== 'string')) return undefined
  let total: Value | undefined = isFeelNumber(first)
    ? first
    : addValues(first, first, env.zone) === undefined
      ? undefined
      : first
  for (const item of rest) total = total === undefined || total === null ? total : addValues(total, item, env.zone)
  return total
}

const product = (numbers: readonly FeelNumber[]): Value | undefined => {
  let total: FeelNumber | undefined = 1
  for (const number of numbers) total = total === undefined ? undefined : multiplyNumbers(total, number)
  return numbers.length === 0 ? null : total
}

const total = (numbers: readonly FeelNumber[]): FeelNumber => {
  let result: FeelNumber = 0
  for (const number of numbers) result = addNumbers(result, number) ?? result
  return result
}
const mean = (numbers: readonly FeelNumber[]): FeelNumber | undefined => divideNumbers(total(numbers), numbers.length)

function median(numbers: readonly FeelNumber[]): Value | undefined {
  const sorted = [...numbers].sort(compareNumbers)
  const middle = Math.floor(sorted.length / 2)
  const high = sorted[middle]
  const low = sorted[middle - 1]
  if (high === undefined) return null
  return sorted.length % 2 === 1 || low === undefined ? high : divideNumbers(addNumbers(low, high) ?? low, 2)
}

/** Sample standard deviation (n − 1). */
function stddev(numbers: readonly FeelNumber[]): Value | undefined {
  const middle = mean(numbers)
  if (numbers.length < 2 || middle === undefined) return undefined
  const squares = numbers.map((number) => {
    const distance = subtractNumbers(number, middle) ?? 0
    return multiplyNumbers(distance, distance) ?? 0
  })
  const variance = divideNumbers(total(squares), numbers.length - 1)
  return variance === undefined ? undefined : rootOfNumber(variance)
}

/** The most frequent numbers, ascending. */
function mode(numbers: readonly FeelNumber[]): Value {
  const sorted = [...numbers].sort(compareNumbers)
  const runs: { value: FeelNumber; length: number }[] = []
  for (const value of sorted) {
    const last = runs.at(-1)
    if (last && compareNumbers(last.value, value) === 0) last.length++
    else runs.push({ value, length: 1 })
  }
  const longest = Math.max(0, ...runs.map((run) => run.length))
  return runs.filter((run) => run.length === longest).map((run) => run.value)
}

const truth = (stops: boolean): Builtin =>
  onItems((items) => {
    if (items.some((item) => item !== null && typeof item !== 'boolean'))
      return items.includes(stops) ? stops : undefined
    return items.includes(stops) ? stops : items.includes(null) ? null : !stops
  })

function sublist([list, start, length]: readonly Value[]): Value | undefined {
  const items = listOf(list)
  const position = integerOf(start)
  const count = length === undefined ? undefined : integerOf(length)
  if (position === undefined || position === 0 || (length !== undefined && (count === undefined || count < 0)))
    return undefined
  const from = position > 0 ? position - 1 : items.length + position
  if (from < 0 || from > items.length || (count !== undefined && from + count > items.length)) return undefined
  return items.slice(from, count === undefined ? undefined : from + count)
}

/** Index of a FEEL position, 1 … n or −1 … −n; undefined when there is none. */
function indexAt(position: number | undefined, length: number): number | undefined {
  if (position === undefined) return undefined
  const index = position > 0 ? position - 1 : length + position
  return position === 0 || index < 0 || index >= length ? undefined : index
}

function insertBefore([list, position, item]: readonly Value[]): Value | undefined {
  const items = listOf(list)
  const at = integerOf(position)
  const index = at === items.length + 1 ? items.length : indexAt(at, items.length)
  return index === undefined ? undefined : [...items.slice(0, index), item ?? null, ...items.slice(index)]
}
function remove([list, position]: readonly Value[]): Value | undefined {
  const items = listOf(list)
  const index = indexAt(integerOf(position), items.length)
  return index === undefined ? undefined : items.filter((_, at) => at !== index)
}
function listReplace([list, where, item]: readonly Value[], env: Environment): Value | undefined {
  if (list === null || list === undefined || where === null || where === undefined) return undefined
  const items = listOf(list)
  if (where instanceof FeelFunction) {
    if (where.parameters.length !== 2) return undefined
    const chosen = items.map((each) => where.invoke([each, item ?? null]))
    return chosen.every((one) => typeof one === 'boolean')
      ? items.map((each, at) => (chosen[at] ? (item ?? null) : each))
      : undefined
  }
  const index = indexAt(integerOf(where), items.length)
  env.spend(items.length)
  return index === undefined ? undefined : items.map((each, at) => (at === index ? (item ?? null) : each))
}

function flatten(list: List, env: Environment): List {
  env.spend(list.length + 1)
  return list.flatMap((item) => (isList(item) ? flatten(item, env) : [item]))
}

function distinct(items: List, env: Environment): List {
  const kept: Value[] = []
  for (const item of items) {
    env.spend(1 + kept.length)
    if (!includes(kept, item, env)) kept.push(item)
  }
  return kept
}

/** Stable merge sort: an admin's comparison may contradict itself without harm. */
function sort([list, precedes]: readonly Value[], env: Environment): Value | undefined {
  const items = listOf(list)
  if (precedes === undefined) {
    if (items.some((item) => orderOf(item, items[0] ?? null, env.zone) === undefined)) return undefined
    return mergeSort(items, (a, b) => (orderOf(a, b, env.zone) ?? 0) <= 0, env)
  }
  if (!(precedes instanceof FeelFunction) || precedes.parameters.length !== 2) return undefined
  return mergeSort(items, (a, b) => precedes.invoke([b, a]) !== true, env)
}
function mergeSort(items: List, keepsOrder: (a: Value, b: Value) => boolean, env: Environment): List {
  if (items.length < 2) return items
  const middle = Math.floor(items.length / 2)
  const left = mergeSort(items.slice(0, middle), keepsOrder, env)
  const right = mergeSort(items.slice(middle), keepsOrder, env)
  env.spend(items.length)
  const merged: Value[] = []
  let first = 0
  let second = 0
  while (first < left.length && second < right.length) {
    const takeLeft = keepsOrder(left[first] ?? null, right[second] ?? null)
    merged.push((takeLeft ? left[first++] : right[second++]) ?? null)
  }
  return [...merged, ...left.slice(first), ...right.slice(second)]
}

const concatenate = (args: readonly Value[], env: Environment): List => {
  const all = args.flatMap((arg) => listOf(arg))
  env.spend(all.length)
  return all
}

export const listFunctions: Builtins = {
  'list contains': {
    forms: [['list', 'element']],
    takesNull: true,
    run: ([list, element], env) => (list === null ? null : includes(listOf(list), element ?? null, env)),
  },
  'list replace': {
    forms: [
      ['list', 'position', 'newItem'],
      ['list', 'match', 'newItem'],
    ],
    takesNull: true,
    run: listReplace,
  },
  count: onItems((items) => items.length),
  min: extreme(-1),
  max: extreme(1),
  sum: onItems(sum),
  product: onNumbers(product),
  mean: onNumbers((numbers) => (numbers.length === 0 ? null : mean(numbers))),
  median: onNumbers(median),
  stddev: onNumbers(stddev),
  mode: onNumbers(mode),
  all: truth(false),
  any: truth(true),
  sublist: { forms: [['list', 'start position', 'length?']], run: sublist },
  append: {
    forms: [['list', 'item']],
    variadic: true,
    takesNull: true,
    run: ([list, ...items], env) => (list === null ? null : concatenate([list ?? [], items], env)),
  },
  concatenate: {
    forms: [['list']],
    variadic: true,
    takesNull: true,
    run: (args, env) => (args.includes(null) ? null : concatenate(args, env)),
  },
  'insert before': {
    forms: [['list', 'position', 'newItem']],
    takesNull: true,
    run: (args) => (args[0] === null ? null : insertBefore(args)),
  },
  remove: { forms: [['list', 'position']], run: remove },
  reverse: { forms: [['list']], run: ([list]) => listOf(list).toReversed() },
  'index of': {
    forms: [['list', 'match']],
    takesNull: true,
    run: ([list, match], env) =>
      list === null ? null : listOf(list).flatMap((item, at) => (same(item, match ?? null, env) ? [at + 1] : [])),
  },
  union: {
    forms: [['list']],
    variadic: true,
    takesNull: true,
    run: (args, env) => (args.includes(null) ? null : distinct(concatenate(args, env), env)),
  },
  'distinct values': { forms: [['list']], run: ([list], env) => distinct(listOf(list), env) },
  flatten: { forms: [['list']], run: ([list], env) => flatten(listOf(list), env) },
  sort: { forms: [['list', 'precedes?']], run: sort },
  partition: {
    forms: [['list', 'size']],
    run: ([list, size]) => {
      const items = listOf(list)
      const count = size === undefined ? undefined : isFeelNumber(size) ? asInteger(size) : undefined
      if (count === undefined || count < 1) return undefined
      return Array.from({ length: Math.ceil(items.length / count) }, (_, at) =>
        items.slice(at * count, (at + 1) * count),
      )
    },
  },
}
