import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TableRow } from '../kernel/value-kind.ts'
import { mergeRows, rowChanges } from './rows.ts'

const row = (id: string, quantity: number | null = null): TableRow => (quantity === null ? { id } : { id, quantity })
const base = [row('a', 1), row('b', 2), row('c', 3)]

describe('two people’s rows', () => {
  test.each([
    [
      'different rows changed',
      [row('a', 9), row('b', 2), row('c', 3)],
      [row('a', 1), row('b', 2), row('c', 8)],
      [row('a', 9), row('b', 2), row('c', 8)],
    ],
    ['both added', [...base, row('m', 1)], [...base, row('t', 1)], [...base, row('m', 1), row('t', 1)]],
    [
      'one took away, the other changed another',
      base.slice(1),
      [row('a', 1), row('b', 7), row('c', 3)],
      [row('b', 7), row('c', 3)],
    ],
    [
      'the same change',
      [row('a', 5), ...base.slice(1)],
      [row('a', 5), ...base.slice(1)],
      [row('a', 5), ...base.slice(1)],
    ],
    ['all gone', [], base, null],
  ])('%s: both are kept', (_, mine, theirs, merged) => {
    expect(mergeRows(base, mine, theirs)).toEqual(merged)
  })
  test.each([
    ['the same row', [row('a', 5), ...base.slice(1)], [row('a', 6), ...base.slice(1)]],
    ['a row the other took away', [row('a', 5), ...base.slice(1)], base.slice(1)],
  ])('%s changed by both is for a person to decide', (_, mine, theirs) => {
    expect(mergeRows(base, mine, theirs)).toBe(undefined)
    expect(mergeRows(base, theirs, mine)).toBe(undefined)
  })

  test('merging loses no change of either: 2,000 pairs of edits', () => {
    const rows = fc.uniqueArray(
      fc.record({ id: fc.constantFrom('a', 'b', 'c', 'm', 't'), quantity: fc.integer({ min: 1, max: 3 }) }),
      {
        selector: ({ id }) => id,
        maxLength: 5,
      },
    )
    let merges = 0
    fc.assert(
      fc.property(rows, rows, rows, (before, mine, theirs) => {
        const merged = mergeRows(before, mine, theirs)
        if (merged === undefined) return
        merges += 1
        const now = new Map((Array.isArray(merged) ? merged : []).map((one) => [(one as TableRow).id, one as TableRow]))
        const ids = new Set([...before, ...mine, ...theirs].map(({ id }) => id))
        const at = (all: readonly TableRow[], id: string) => all.find((one) => one.id === id)?.quantity
        for (const id of ids) {
          const [was, here, there] = [at(before, id), at(mine, id), at(theirs, id)]
          expect(now.get(id)?.quantity).toBe(here === was ? there : here)
        }
      }),
      { seed: 20_260_302, numRuns: 2000 },
    )
    expect(merges).toBeGreaterThan(100)
  })
})

test('what became of rows: taken away, added, changed cell by cell; order is no change', () => {
  expect(rowChanges(base, [row('c', 3), row('a', 4), row('d')])).toEqual([
    { what: 'removed', row: row('b', 2) },
    { what: 'changed', row: row('a', 4), cells: [['quantity', 1, 4]] },
    { what: 'added', row: row('d') },
  ])
  expect(rowChanges(base, base.toReversed())).toEqual([])
  expect(rowChanges(null, undefined)).toEqual([])
})
