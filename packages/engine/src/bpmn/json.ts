import { isObject } from '../kernel/json.ts'

/** A part of a flow (node, edge or the flow itself) while it is read or written: only its id is certain. */
export type Part = { readonly id: string; readonly [property: string]: unknown }
export type Properties = { readonly [property: string]: unknown }

/** Whether two JSON values say the same, whatever the order of their properties. */
export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, index) => same(item, other[index]))
  if (!isObject(one) || !isObject(other)) return false
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every((key) => key in other && same(one[key], other[key]))
}

/** What turns `from` into `to`: properties to set, and null for those to take away; undefined when nothing. */
export function difference(from: Properties, to: Properties): Properties | undefined {
  const set = Object.entries(to).filter(([key, value]) => !same(from[key], value))
  const gone = Object.keys(from).filter((key) => !(key in to))
  if (set.length + gone.length === 0) return undefined
  return { ...Object.fromEntries(set), ...Object.fromEntries(gone.map((key) => [key, null])) }
}

export const changed = <T extends Properties>(from: T, by: Properties): T =>
  Object.fromEntries(
    Object.entries({ ...from, ...by }).filter(([, value]) => value !== null && value !== undefined),
  ) as T

export const pick = (from: Properties, keys: readonly string[]): Properties =>
  Object.fromEntries(keys.flatMap((key) => (from[key] === undefined ? [] : [[key, from[key]]])))
