import { isObject } from '@tenon/engine'

type Properties = { readonly [property: string]: unknown }

/** Says nothing: the property is better left out. */
const saysNothing = (value: unknown): boolean =>
  value === undefined ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0)

/** The object with another property, in its old place; what says nothing is left out unless it must be there. */
export function withProperty(object: Properties, name: string, value: unknown, required: boolean): Properties {
  if (value === undefined || (!required && saysNothing(value))) {
    const { [name]: _gone, ...rest } = object
    return rest
  }
  return { ...object, [name]: value }
}

/** The list with an entry moved from one place to another. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  if (from === to || to < 0 || to >= list.length || from < 0 || from >= list.length) return list
  const rest = list.toSpliced(from, 1)
  return rest.toSpliced(to, 0, list[from] as T)
}
