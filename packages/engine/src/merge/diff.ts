import { isObject } from '../kernel/json.ts'
import { entriesOf, equalJson, shapeOf } from './shape.ts'

/**
 * One difference between two versions. `path` names properties and, in lists whose entries have names, the entries:
 * `['nodes', 'repair', 'limit', 'within']`. `moved`: the list at `path` has another order.
 */
export type Change = {
  readonly path: readonly string[]
  readonly kind: 'added' | 'removed' | 'changed' | 'moved'
  readonly before?: unknown
  readonly after?: unknown
}

/** What is different in `after`, element by element and property by property; nothing where both say the same. */
export function diffDocuments(before: unknown, after: unknown): readonly Change[] {
  const changes: Change[] = []
  compare(before, after, [])
  return changes

  function compare(one: unknown, other: unknown, path: readonly string[]): void {
    if (equalJson(one, other)) return
    if (one === undefined) changes.push({ path, kind: 'added', after: other })
    else if (other === undefined) changes.push({ path, kind: 'removed', before: one })
    else inside(one, other, path)
  }

  function inside(one: unknown, other: unknown, path: readonly string[]): void {
    const shape = shapeOf(one, other)
    if (shape === 'value') changes.push({ path, kind: 'changed', before: one, after: other })
    else if (shape === 'object') byProperty(one, other, path)
    else byName(one, other, path)
  }

  function byProperty(one: unknown, other: unknown, path: readonly string[]): void {
    if (!isObject(one) || !isObject(other)) return
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)]))
      compare(one[key], other[key], [...path, key])
  }

  function byName(one: unknown, other: unknown, path: readonly string[]): void {
    const [old, next] = [entriesOf(one), entriesOf(other)]
    for (const name of new Set([...old.keys(), ...next.keys()])) compare(old.get(name), next.get(name), [...path, name])
    const kept = [...old.keys()].filter((name) => next.has(name))
    const now = [...next.keys()].filter((name) => old.has(name))
    if (!equalJson(kept, now)) changes.push({ path, kind: 'moved', before: [...old.keys()], after: [...next.keys()] })
  }
}

/** What stands at a path of names; undefined: nothing. */
export function valueAt(document: unknown, path: readonly string[]): unknown {
  let value = document
  for (const name of path) {
    if (Array.isArray(value)) value = entriesOf(value).get(name)
    else if (isObject(value)) value = Object.hasOwn(value, name) ? value[name] : undefined
    else return undefined
  }
  return value
}
