import { expect, test, vi } from 'vitest'
import { begun } from './use-history.ts'

vi.mock('@tenon/runtime/page', () => ({ client: {} }))

test('days of one’s own begin with the days of where the viewer is', () => {
  // In Shanghai it is the 2nd already.
  const now = Date.parse('2026-03-01T23:30:00Z')
  expect(begun({ days: 7 }, now, 'Asia/Shanghai')).toEqual({ first: '2026-02-23', last: '2026-03-02' })
  expect(begun({ first: '2026-01-01', last: '' }, now, 'Asia/Shanghai')).toEqual({ first: '2026-01-01', last: '' })
})
