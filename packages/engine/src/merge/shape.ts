import { isObject, type JsonObject } from '../kernel/json.ts'

/**
 * How documents are compared and merged: objects by property; lists whose entries have names of their own (fields,
 * nodes, columns) by that name, so that place does not matter; everything else (conditions, coordinates) as one value.
 */
export type Shape = 'object' | 'named' | 'value'

/** The name of a list's entry: its id, the section or field it stands for, or the text itself. */
function nameOf(entry: unknown): string | undefined {
  if (typeof entry === 'string') return entry
  if (!isObject(entry)) return undefined
  const name = entry.id ?? entry.section ?? entry.field
  return typeof name === 'string' ? name : undefined
}

/** Words of the condition and expression formats: half of one and half of another would mean something third. */
const wholes = ['all', 'any', 'not', 'fact', 'formula', 'ref', 'metric'] as const

/** The shape in which these versions of one thing can be compared; versions that are not there do not count. */
export function shapeOf(...versions: readonly unknown[]): Shape {
  const there = versions.filter((version) => version !== undefined)
  if (there.every(isDivisible)) return 'object'
  return there.every(isNamedList) ? 'named' : 'value'
}

function isDivisible(value: unknown): value is JsonObject {
  if (!isObject(value)) return false
  return 'id' in value || !wholes.some((word) => word in value)
}

function isNamedList(value: unknown): boolean {
  if (!Array.isArray(value)) return false
  const names = value.map(nameOf)
  return names.every((name) => name !== undefined) && new Set(names).size === names.length
}

/** The entries of a list by their names, in order. */
export const entriesOf = (list: unknown): ReadonlyMap<string, unknown> =>
  new Map((Array.isArray(list) ? list : []).map((entry) => [nameOf(entry) ?? '', entry]))

/** Equal as JSON, whatever the order of properties; a property without a value is one that is not there. */
export function equalJson(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (Array.isArray(one) || Array.isArray(other))
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((value, at) => equalJson(value, other[at]))
    )
  if (!isObject(one) || !isObject(other)) return false
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...keys].every((key) => equalJson(one[key], other[key]))
}
