import { formatInstant } from '@tenon/engine'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bucketOfDay,
  bucketOfInstant,
  type CourseBucket,
  daysOf,
  keysBetween,
  momentsOf,
  nextKey,
  shiftKey,
} from './buckets.ts'

const course: readonly CourseBucket[] = ['hour', 'day', 'week', 'month', 'quarter', 'year']

describe('buckets', () => {
  // ISO 8601: week 1 has the year's first Thursday.
  test.each([
    ['2021-01-03', '2020-W53'],
    ['2021-01-04', '2021-W01'],
    ['2024-12-30', '2025-W01'],
    ['2026-12-31', '2026-W53'],
    ['2027-01-01', '2026-W53'],
  ])('%s is in %s', (day, week) => expect(bucketOfDay(day, 'week')).toBe(week))

  test('Monday is 1 and Sunday 7', () =>
    expect(['2026-03-02', '2026-03-08', '1969-12-28'].map((day) => bucketOfDay(day, 'weekday'))).toEqual([1, 7, 7]))

  test('a day in Shanghai begins at 16:00 UTC', () => {
    const { from, to } = momentsOf('2026-03-02', 'day', 'Asia/Shanghai')
    expect([formatInstant(from), formatInstant(to)]).toEqual(['2026-03-01T16:00:00.000Z', '2026-03-02T16:00:00.000Z'])
  })

  test('the day the clocks change is 23 hours long', () => {
    const { from, to } = momentsOf('2026-03-08', 'day', 'America/New_York')
    expect((to - from) / 3_600_000).toBe(23)
  })

  test('a moment lies in its bucket and in no other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4e9 }),
        fc.constantFrom(...course),
        fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe', 'UTC'),
        (seconds, bucket, zone) => {
          const instant = seconds * 1000
          const key = String(bucketOfInstant(instant, bucket, zone))
          const { from, to } = momentsOf(key, bucket, zone)
          // An hour that comes twice in autumn is one stretch by its name.
          if (bucket !== 'hour') expect(from <= instant && instant < to).toBe(true)
          expect(nextKey(key, bucket) > key).toBe(true)
          if (bucket !== 'hour') expect(bucketOfInstant(to, bucket, zone)).toBe(nextKey(key, bucket))
        },
      ),
      { seed: 1, numRuns: 2000 },
    )
  })

  test('courses have no gaps', () => {
    expect(keysBetween('2025-11', '2026-02', 'month')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02'])
    expect(keysBetween('2026-W52', '2027-W01', 'week')).toEqual(['2026-W52', '2026-W53', '2027-W01'])
    expect(keysBetween('2026-12-31T23', '2027-01-01T01', 'hour')).toHaveLength(3)
    expect(daysOf('2026-Q4', 'quarter')).toEqual({ from: '2026-10-01', to: '2027-01-01' })
  })

  test('keys move by calendar steps', () => {
    expect(shiftKey('2026-03', 'month', 'P1M', -1)).toBe('2026-02')
    expect(shiftKey('2026-03-31', 'day', 'P1M', -1)).toBe('2026-02-28')
    expect(shiftKey('2026-Q1', 'quarter', 'P1Y', -1)).toBe('2025-Q1')
    expect(shiftKey(3, 'weekday', 'P7D', -1)).toBe(3)
  })
})
