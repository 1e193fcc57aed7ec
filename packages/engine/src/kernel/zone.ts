import { Temporal } from 'temporal-polyfill'
import type { Instant } from './instant.ts'
import { addDays, formatDay, parseInstant } from './instant.ts'

// Offsets change at full quarters of an hour only, so one entry answers for fifteen minutes.
const quarterMs = 900_000
const cacheLimit = 20_000
const offsets = new Map<string, Map<number, number>>()
const zones = new Map<string, boolean>()

/** Whether the name is a time zone this runtime knows (`Asia/Shanghai`, `+08:00`). */
export function isZone(zone: string): boolean {
  const known = zones.get(zone)
  if (known !== undefined) return known
  const valid = /^[A-Za-z+-]/.test(zone) && zone.length < 64 && canResolve(zone)
  if (zones.size < 1000) zones.set(zone, valid)
  return valid
}

function canResolve(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    // The polyfill's only way to say "unknown zone".
    return false
  }
}

/** Milliseconds to add to UTC to get the zone's wall clock at that moment. An unknown zone counts as UTC. */
export function zoneOffsetMs(zone: string, at: Instant): number {
  if (zone === 'UTC' || !isZone(zone)) return 0
  const quarter = Math.floor(at / quarterMs)
  const known = offsets.get(zone)?.get(quarter)
  if (known !== undefined) return known
  const moment = Temporal.Instant.fromEpochMilliseconds(quarter * quarterMs)
  const offset = moment.toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000
  remember(zone, quarter, offset)
  return offset
}

function remember(zone: string, quarter: number, offset: number): void {
  const ofZone = offsets.get(zone) ?? new Map<number, number>()
  if (ofZone.size >= cacheLimit) ofZone.clear()
  offsets.set(zone, ofZone.set(quarter, offset))
}

/** The day the zone's calendar shows at that moment, `YYYY-MM-DD`. */
export const localDay = (zone: string, at: Instant): string => formatDay(at + zoneOffsetMs(zone, at))

/**
 * The moment a wall clock shows `wallMs` (milliseconds as if it were UTC). In the gap of a spring change the time moves
 * forward by the gap; of two moments in autumn it is the earlier one (Temporal's "compatible").
 */
export function instantOfWall(zone: string, wallMs: number): Instant {
  const before = zoneOffsetMs(zone, wallMs - 86_400_000)
  const after = zoneOffsetMs(zone, wallMs + 86_400_000)
  if (before === after) return wallMs - zoneOffsetMs(zone, wallMs - before)
  const early = wallMs - before
  if (zoneOffsetMs(zone, early) === before) return early
  const late = wallMs - after
  return zoneOffsetMs(zone, late) === after ? late : early
}

/** First moment of a day in the zone. */
export const startOfDay = (zone: string, day: string): Instant => instantOfWall(zone, dayMs(day))

/** First moment after the day in the zone. */
export const endOfDay = (zone: string, day: string): Instant => startOfDay(zone, addDays(day, 1))

const dayMs = (day: string): Instant => parseInstant(`${day}T00:00:00Z`) ?? 0
