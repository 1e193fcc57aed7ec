import { equalOf } from '../values/compare.ts'
import { FeelDateTime, FeelTime } from '../values/temporal.ts'
import { type FeelContext, isContext, isList, MapContext, typeOf, type Value } from '../values/value.ts'
import { listOf, textOf } from './arguments.ts'
import type { Builtins } from './contract.ts'

const entriesOf = (context: FeelContext): Map<string, Value> =>
  new Map(context.keys().map((key) => [key, context.get(key) ?? null]))

function getValue([context, key]: readonly Value[]): Value | undefined {
  if (!isContext(context)) return undefined
  if (!isList(key)) return typeof key === 'string' ? (context.get(key) ?? null) : undefined
  let current: Value = context
  for (const part of key) {
    if (!isContext(current) || typeof part !== 'string') return undefined
    current = current.get(part) ?? null
  }
  return key.length === 0 ? undefined : current
}

function put(context: Value | undefined, keys: readonly Value[], value: Value): Value | undefined {
  const [key, ...rest] = keys
  if (!isContext(context) || typeof key !== 'string') return undefined
  const inner = rest.length === 0 ? value : put(context.get(key), rest, value)
  return inner === undefined ? undefined : new MapContext(entriesOf(context).set(key, inner))
}

function merge([contexts]: readonly Value[]): Value | undefined {
  const all = listOf(contexts)
  return all.every(isContext) ? new MapContext(new Map(all.flatMap((context) => [...entriesOf(context)]))) : undefined
}

function fromEntries([entries]: readonly Value[]): Value | undefined {
  const made = new Map<string, Value>()
  for (const entry of listOf(entries)) {
    const key = isContext(entry) ? textOf(entry.get('key')) : undefined
    const value = isContext(entry) ? entry.get('value') : undefined
    if (key === undefined || value === undefined || made.has(key)) return undefined
    made.set(key, value)
  }
  return new MapContext(made)
}

const entry = (key: string, value: Value): FeelContext =>
  new MapContext(
    new Map<string, Value>([
      ['key', key],
      ['value', value],
    ]),
  )

/** Same type and same value, zones included (DMN 1.4 §10.3.4.8). */
function isSame(a: Value, b: Value): boolean {
  if (typeOf(a) !== typeOf(b)) return false
  if (a instanceof FeelDateTime && b instanceof FeelDateTime)
    return a.zone === b.zone && a.days === b.days && a.seconds === b.seconds && a.nanos === b.nanos
  if (a instanceof FeelTime && b instanceof FeelTime)
    return a.zone === b.zone && a.seconds === b.seconds && a.nanos === b.nanos
  return equalOf(a, b, null) === true
}

export const contextFunctions: Builtins = {
  'get value': {
    forms: [
      ['m', 'key'],
      ['context', 'key'],
      ['context', 'keys'],
    ],
    run: getValue,
  },
  'get entries': {
    forms: [['m'], ['context']],
    run: ([context]) =>
      isContext(context) ? context.keys().map((key) => entry(key, context.get(key) ?? null)) : undefined,
  },
  'context put': {
    forms: [
      ['context', 'key', 'value'],
      ['context', 'keys', 'value'],
    ],
    takesNull: true,
    run: ([context, key, value]) =>
      key === null ? undefined : put(context, isList(key) ? key : [key ?? null], value ?? null),
  },
  'context merge': { forms: [['contexts']], run: merge },
  context: { forms: [['entries']], run: fromEntries },
  is: { forms: [['value1', 'value2']], takesNull: true, run: ([a, b]) => isSame(a ?? null, b ?? null) },
  'is defined': { forms: [['value']], takesNull: true, run: ([value]) => value !== null },
}
