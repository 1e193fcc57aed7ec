import { isObject } from '@tenon/engine'

/** What an entry of a list goes by: its id, or the section or field it stands for. */
export const nameOfEntry = (value: unknown): unknown =>
  isObject(value) ? (value.id ?? value.section ?? value.field) : value

/**
 * The document with another value at a path of names (`['nodes', 'repair', 'limit']`; entries of lists by their ids).
 * Undefined takes away what is there. A path that leads nowhere changes nothing.
 */
export function withValueAt<T>(document: T, path: readonly string[], value: unknown): T {
  return change(document, path, value) as T
}

function change(here: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value
  if (Array.isArray(here)) return inList(here, name, rest, value)
  if (!isObject(here)) return here
  const inner = Object.hasOwn(here, name) ? here[name] : undefined
  const next = rest.length > 0 && inner === undefined ? undefined : change(inner, rest, value)
  if (next === inner) return here
  if (next !== undefined) return { ...here, [name]: next }
  const { [name]: _gone, ...others } = here
  return others
}

function inList(list: readonly unknown[], name: string, rest: readonly string[], value: unknown): unknown {
  const at = list.findIndex((entry) => String(nameOfEntry(entry)) === name)
  if (at < 0) return rest.length === 0 && value !== undefined ? [...list, value] : list
  const next = change(list[at], rest, value)
  if (next === list[at]) return list
  return next === undefined ? list.toSpliced(at, 1) : list.with(at, next)
}
