import { isObject, type JsonPatch, type PatchOperation, pointer } from '@tenon/engine'

/**
 * The JSON Patch (RFC 6902) that leads from one document to another. What both share by reference is not looked at, so
 * an edit that copies only what it changes costs what it changes. In lists, entries before and behind the changed
 * stretch stay where they are.
 */
export function patchBetween(before: unknown, after: unknown, at = ''): JsonPatch {
  if (before === after) return []
  if (Array.isArray(before) && Array.isArray(after)) return betweenLists(before, after, at)
  if (isObject(before) && isObject(after)) return betweenObjects(before, after, at)
  return same(before, after) ? [] : [{ op: 'replace', path: at, value: after }]
}

type Members = { readonly [key: string]: unknown }

function betweenObjects(before: Members, after: Members, at: string): JsonPatch {
  const gone = Object.keys(before).filter((key) => after[key] === undefined)
  const operations: PatchOperation[] = gone
    .filter((key) => before[key] !== undefined)
    .map((key) => ({ op: 'remove', path: at + pointer(key) }))
  for (const [key, value] of Object.entries(after)) {
    if (value === undefined) continue
    const path = at + pointer(key)
    const old = Object.hasOwn(before, key) ? before[key] : undefined
    if (old === undefined) operations.push({ op: 'add', path, value })
    else operations.push(...patchBetween(old, value, path))
  }
  return operations
}

function betweenLists(before: readonly unknown[], after: readonly unknown[], at: string): JsonPatch {
  const shortest = Math.min(before.length, after.length)
  let head = 0
  while (head < shortest && same(before[head], after[head])) head += 1
  let tail = 0
  while (tail < shortest - head && same(before.at(-1 - tail), after.at(-1 - tail))) tail += 1
  const old = before.slice(head, before.length - tail)
  const now = after.slice(head, after.length - tail)
  const both = Math.min(old.length, now.length)
  const operations: PatchOperation[] = []
  for (let index = 0; index < both; index += 1)
    operations.push(...patchBetween(old[index], now[index], at + pointer(head + index)))
  for (let index = old.length - 1; index >= both; index -= 1)
    operations.push({ op: 'remove', path: at + pointer(head + index) })
  for (let index = both; index < now.length; index += 1)
    operations.push({ op: 'add', path: at + pointer(head + index), value: now[index] })
  return operations
}

function same(one: unknown, other: unknown): boolean {
  return one === other || (typeof one === typeof other && JSON.stringify(one) === JSON.stringify(other))
}
