import { type MergeConflict, valueAt } from '@tenon/engine'
import { nameOfEntry, withValueAt } from './with-value-at.ts'

type Decided = Pick<MergeConflict, 'about' | 'path' | 'theirs'>

/** The document with what the other side made of a place; of an order, with its entries in the other side's order. */
export function withTheirs<T>(document: T, { about, path, theirs }: Decided): T {
  if (about === 'value') return withValueAt(document, path, theirs)
  const list = valueAt(document, path)
  return Array.isArray(list) && Array.isArray(theirs) ? withValueAt(document, path, ordered(list, theirs)) : document
}

/** Entries only this side has stay behind the one they stood behind. */
function ordered(list: readonly unknown[], names: readonly unknown[]): readonly unknown[] {
  const wanted = new Map(names.map((name, at) => [name, at]))
  let last = -1
  const placed = list.map((entry, at) => {
    const place = wanted.get(nameOfEntry(entry))
    if (place !== undefined) last = place
    return { entry, at, place: place ?? last }
  })
  return placed.toSorted((one, other) => one.place - other.place || one.at - other.at).map(({ entry }) => entry)
}
