import {
  addDays,
  formatDay,
  formatInstant,
  type Instant,
  instantOfWall,
  localDay,
  parseInstant,
  shiftMonths,
  zoneOffsetMs,
} from '@tenon/engine'
import type { Bucket } from '../definitions/query.ts'

/** Key of a stretch of time: `2026-03-02T09`, `2026-03-02`, `2026-W10`, `2026-03`, `2026-Q1`, `2026`; 0 … 23; 1 … 7. */
export type BucketKey = string | number

/** Buckets that lie one after another; the others come round again. */
export type CourseBucket = Exclude<Bucket, 'hourOfDay' | 'weekday'>
export const isCourse = (bucket: Bucket): bucket is CourseBucket => bucket !== 'hourOfDay' && bucket !== 'weekday'

/** Whether values of a kind lie in such stretches: moments in all, days in those of a day and longer. */
export const bucketFits = (kind: string, bucket: Bucket): boolean =>
  kind === 'instant' || (kind === 'date' && bucket !== 'hour' && bucket !== 'hourOfDay')

const hourMs = 3_600_000
const dayMs = (day: string): Instant => parseInstant(`${day}T00:00:00Z`) ?? 0

/** ISO 8601 weekday, 1 is Monday. */
const weekdayOf = (day: string): number => ((((dayMs(day) / 86_400_000 + 3) % 7) + 7) % 7) + 1

/** ISO 8601 week: the one with the year's first Thursday is week 1. */
function weekOf(day: string): string {
  const thursday = addDays(day, 4 - weekdayOf(day))
  const year = thursday.slice(0, 4)
  const week = Math.floor((dayMs(thursday) - dayMs(`${year}-01-01`)) / (7 * 86_400_000)) + 1
  return `${year}-W${String(week).padStart(2, '0')}`
}

const keyOfDay: { readonly [B in Exclude<Bucket, 'hour' | 'hourOfDay'>]: (day: string) => BucketKey } = {
  day: (day) => day,
  week: weekOf,
  month: (day) => day.slice(0, 7),
  quarter: (day) => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`,
  year: (day) => day.slice(0, 4),
  weekday: weekdayOf,
}

/** The stretch a moment is in, on the wall clock of the zone. */
export function bucketOfInstant(instant: Instant, bucket: Bucket, zone: string): BucketKey {
  if (bucket !== 'hour' && bucket !== 'hourOfDay') return keyOfDay[bucket](localDay(zone, instant))
  const wall = formatInstant(instant + zoneOffsetMs(zone, instant))
  return bucket === 'hour' ? wall.slice(0, 13) : Number(wall.slice(11, 13))
}

/** The stretch a day is in; undefined for parts of a day. */
export const bucketOfDay = (day: string, bucket: Bucket): BucketKey | undefined =>
  bucket === 'hour' || bucket === 'hourOfDay' ? undefined : keyOfDay[bucket](day)

/** First day of a stretch of at least a day. */
function firstDay(key: string, bucket: Exclude<CourseBucket, 'hour'>): string {
  if (bucket === 'day') return key
  if (bucket === 'month') return `${key}-01`
  if (bucket === 'year') return `${key}-01-01`
  if (bucket === 'quarter') return `${key.slice(0, 4)}-${String(Number(key.slice(6)) * 3 - 2).padStart(2, '0')}-01`
  const fourth = `${key.slice(0, 4)}-01-04`
  return addDays(fourth, 1 - weekdayOf(fourth) + (Number(key.slice(6)) - 1) * 7)
}

const monthsIn = { month: 1, quarter: 3, year: 12 } as const

/** The stretch that follows. */
export function nextKey(key: string, bucket: CourseBucket): string {
  if (bucket === 'hour') return formatInstant((parseInstant(`${key}:00:00Z`) ?? 0) + hourMs).slice(0, 13)
  const first = firstDay(key, bucket)
  if (bucket === 'day') return addDays(first, 1)
  if (bucket === 'week') return weekOf(addDays(first, 7))
  return String(keyOfDay[bucket](shiftMonths(first, monthsIn[bucket])))
}

/** All stretches from one to another, both included; at most `limit`. */
export function keysBetween(from: string, to: string, bucket: CourseBucket, limit = 10_000): readonly string[] {
  const keys: string[] = []
  for (let key = from; key <= to && keys.length < limit; key = nextKey(key, bucket)) keys.push(key)
  return keys
}

/** First moment of a stretch and first moment after it, in the zone. */
export function momentsOf(
  key: string,
  bucket: CourseBucket,
  zone: string,
): { readonly from: Instant; readonly to: Instant } {
  const start = (at: string) => {
    const wall = bucket === 'hour' ? parseInstant(`${at}:00:00Z`) : dayMs(firstDay(at, bucket))
    return instantOfWall(zone, wall ?? 0)
  }
  return { from: start(key), to: start(nextKey(key, bucket)) }
}

/** First day of a stretch and first day after it. */
export function daysOf(
  key: string,
  bucket: Exclude<CourseBucket, 'hour'>,
): { readonly from: string; readonly to: string } {
  return { from: firstDay(key, bucket), to: firstDay(nextKey(key, bucket), bucket) }
}

const step = /^P(\d+)([YMWD])$/

/** The same place `by` (`P1M`, `P7D`, …) later or, with sign −1, earlier: a day. */
export function shiftDay(day: string, by: string, sign: 1 | -1): string {
  const [, digits = '0', unit = 'D'] = step.exec(by) ?? []
  const count = Number(digits) * sign
  if (unit === 'Y' || unit === 'M') return shiftMonths(day, count * (unit === 'Y' ? 12 : 1))
  return addDays(day, count * (unit === 'W' ? 7 : 1))
}

/** A moment shifted on the wall clock of the zone. */
export function shiftInstant(instant: Instant, by: string, sign: 1 | -1, zone: string): Instant {
  const wall = instant + zoneOffsetMs(zone, instant)
  const day = formatDay(wall)
  return instantOfWall(zone, dayMs(shiftDay(day, by, sign)) + (wall - dayMs(day)))
}

/** The stretch in which the shifted beginning of a stretch lies. */
export function shiftKey(key: BucketKey, bucket: Bucket, by: string, sign: 1 | -1): BucketKey {
  if (typeof key === 'number' || !isCourse(bucket)) return key
  if (bucket === 'hour') return shiftDay(key.slice(0, 10), by, sign) + key.slice(10)
  return keyOfDay[bucket](shiftDay(firstDay(key, bucket), by, sign))
}
