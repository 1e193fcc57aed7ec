import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromCsv, toCsv } from './csv.ts'

test('what is written is read again, whatever is in the cells', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '中', ',', '"', '\n', '=', "'", '-', ' ', ';') })
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(rows, (written) => {
      const full = [['a', 'b'], ...written.filter((row) => row.some((one) => one !== ''))]
      expect(fromCsv(toCsv(full))).toEqual(full)
    }),
  )
})

test('a cell never becomes a formula of the spreadsheet', () => {
  expect(toCsv([['=1+1', '-2', '@x', '好']])).toBe("'=1+1,'-2,'@x,好")
})

test('reads what spreadsheets of other countries write', () => {
  expect(fromCsv('\uFEFFdate;name\r\n2026-01-01;"a;b"\r\n\r\n')).toEqual([
    ['date', 'name'],
    ['2026-01-01', 'a;b'],
  ])
})
