import { parseInstant } from '@tenon/engine'
import { expect, test } from 'vitest'
import { momentOfWall, momentText, wallText } from './wall-moment.ts'

test.each([
  ['Asia/Shanghai', '2026-03-02T09:00:00+08:00'],
  ['America/St_Johns', '2026-01-05T08:30:00-03:30'],
  ['UTC', '2026-07-01T00:00:00+00:00'],
])('a moment of %s comes back as it was written', (zone, text) => {
  const at = parseInstant(text) ?? 0
  expect(momentText(zone, at)).toBe(text)
  expect(momentOfWall(zone, wallText(zone, at))).toBe(at)
})

test('a moment that is not written whole is none', () => {
  expect(momentOfWall('UTC', '2026-03')).toBeUndefined()
})
