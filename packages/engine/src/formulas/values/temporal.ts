import type { Instant } from '../../kernel/instant.ts'
import { instantOfWall, zoneOffsetMs } from '../../kernel/zone.ts'
import { type Civil, civilOf } from './calendar.ts'

/** Offset in seconds, the name of a zone, or null for a local time. */
export type Zone = number | string | null

const daySeconds = 86_400

export class FeelDate {
  readonly days: number
  constructor(days: number) {
    this.days = days
  }
  get civil(): Civil {
    return civilOf(this.days)
  }
}

export class FeelTime {
  /** Of the day, on the zone's clock. */
  readonly seconds: number
  readonly nanos: number
  readonly zone: Zone
  constructor(seconds: number, nanos: number, zone: Zone) {
    this.seconds = seconds
    this.nanos = nanos
    this.zone = zone
  }
}

/** A wall clock reading: days since 1970 and seconds of that day in `zone`. */
export class FeelDateTime {
  readonly days: number
  readonly seconds: number
  readonly nanos: number
  readonly zone: Zone
  constructor(days: number, seconds: number, nanos: number, zone: Zone) {
    this.days = days
    this.seconds = seconds
    this.nanos = nanos
    this.zone = zone
  }
  get civil(): Civil {
    return civilOf(this.days)
  }
}

/** Days, hours, minutes and seconds: `seconds` (negative too) plus 0 … 999,999,999 nanoseconds. */
export class DayDuration {
  readonly seconds: number
  readonly nanos: number
  constructor(seconds: number, nanos: number) {
    this.seconds = seconds
    this.nanos = nanos
  }
}

export class MonthDuration {
  readonly months: number
  constructor(months: number) {
    this.months = months
  }
}

// Outside these days no zone database has an answer; the nearest one stands in.
const zoneDays = 99_000_000
const clampDays = (days: number): number => Math.max(-zoneDays, Math.min(zoneDays, days))

/** Seconds the zone is ahead of UTC at that wall clock reading; undefined for a local time. */
export function offsetAt(days: number, seconds: number, zone: Zone): number | undefined {
  if (typeof zone !== 'string') return zone ?? undefined
  const wall = (clampDays(days) * daySeconds + seconds) * 1000
  return (wall - instantOfWall(zone, wall)) / 1000
}

/** The wall clock of a zone at an instant. */
export function dateTimeOfInstant(instant: Instant, zone: string): FeelDateTime {
  const wall = instant + zoneOffsetMs(zone, instant)
  const days = Math.floor(wall / 86_400_000)
  const rest = wall - days * 86_400_000
  return new FeelDateTime(days, Math.floor(rest / 1000), (rest % 1000) * 1_000_000, zone)
}

/** Milliseconds since 1970 UTC; undefined for a local time without a zone to read it in, or beyond range. */
export function instantOf(value: FeelDateTime, fallback: string | null): Instant | undefined {
  const offset = offsetAt(value.days, value.seconds, value.zone ?? fallback)
  if (offset === undefined || Math.abs(value.days) > zoneDays) return undefined
  return (value.days * daySeconds + value.seconds - offset) * 1000 + Math.floor(value.nanos / 1_000_000)
}

/** Seconds and nanoseconds between two readings, both on UTC or both local; undefined beyond exact integers. */
export function durationOf(days: number, seconds: number, nanos: number): DayDuration | undefined {
  const carry = Math.floor(nanos / 1_000_000_000)
  const total = days * daySeconds + seconds + carry
  return Number.isSafeInteger(total) ? new DayDuration(total, nanos - carry * 1_000_000_000) : undefined
}

export const negateDuration = (value: DayDuration): DayDuration =>
  value.nanos === 0
    ? new DayDuration(0 - value.seconds, 0)
    : new DayDuration(-value.seconds - 1, 1_000_000_000 - value.nanos)

/** A reading moved by a duration, on the same clock. */
export function addDuration(value: FeelDateTime, { seconds, nanos }: DayDuration): FeelDateTime | undefined {
  const nextNanos = value.nanos + nanos
  const carry = nextNanos >= 1_000_000_000 ? 1 : 0
  const total = value.seconds + seconds + carry
  const days = value.days + Math.floor(total / daySeconds)
  if (!Number.isSafeInteger(total) || Math.abs(days) > 366_000_000_000) return undefined
  return new FeelDateTime(
    days,
    total - Math.floor(total / daySeconds) * daySeconds,
    nextNanos - carry * 1_000_000_000,
    value.zone,
  )
}

/** Moved by real time: where the zone changes its offset in between, the wall clock jumps with it. */
export function addElapsed(value: FeelDateTime, duration: DayDuration): FeelDateTime | undefined {
  const moved = addDuration(value, duration)
  if (!moved || typeof value.zone !== 'string') return moved
  const before = offsetAt(value.days, value.seconds, value.zone) ?? 0
  const utc = addDuration(moved, new DayDuration(-before, 0))
  if (!utc || Math.abs(utc.days) > zoneDays) return moved
  const offset = zoneOffsetMs(value.zone, (utc.days * daySeconds + utc.seconds) * 1000) / 1000
  return addDuration(utc, new DayDuration(offset, 0))
}
