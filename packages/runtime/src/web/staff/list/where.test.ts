import type { Condition } from '@tenon/engine'
import { describe, expect, it } from 'vitest'
import { readWhere, whereOf } from './where.ts'

const open = { fact: 'record', path: '$.stage', operator: 'equal', value: 'open' } as const
const urgent = { fact: 'record', path: '$.priority', operator: 'in', value: ['urgent'] } as const
const mine = { fact: 'user', path: '$.id', operator: 'equal', value: 'u1' } as const
const again = (condition: Condition) => whereOf(readWhere(JSON.stringify(condition)))

describe('a filter in an address', () => {
  it.each<[string, Condition]>([
    ['one leaf', open],
    ['all of two', { all: [open, urgent] }],
    ['any of two', { any: [open, urgent] }],
    ['a leaf about something else than the record', mine],
    ['a negation', { not: open }],
    ['a formula', { formula: 'stage = "open"' }],
    ['something special and a chip', { all: [{ not: open }, urgent] }],
  ])('%s stays what it was', (_, condition) => {
    expect(again(condition)).toEqual(condition)
  })

  it('shows leaves as chips and keeps the rest whole', () => {
    expect(readWhere(JSON.stringify({ all: [{ not: open }, urgent, { any: [open, mine] }] }))).toEqual({
      join: 'all',
      leaves: [urgent],
      other: { all: [{ not: open }, { any: [open, mine] }] },
    })
  })

  it.each([undefined, '', '{', '3', 'null', '[]'])('reads %j as no filter', (text) => {
    expect(whereOf(readWhere(text))).toBeUndefined()
  })
})
