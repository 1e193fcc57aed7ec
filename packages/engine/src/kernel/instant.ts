/** A moment as milliseconds since 1970 UTC. Field values of kind instant are its text form (`formatInstant`). */
export type Instant = number

const rfc3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?(Z|z|[+-]\d{2}:\d{2})$/

/** Reads RFC 3339 with an offset or `Z`; anything else, and days that do not exist, give undefined. */
export function parseInstant(text: string): Instant | undefined {
  const match = rfc3339.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour, minute, second = '0', fraction = '', zone] = match
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  const utc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second))
  if (formatDay(utc) !== `${year}-${month}-${day}`) return undefined
  const fractionMs = fraction === '' ? 0 : Math.floor(Number(`0${fraction}`) * 1000)
  return utc + fractionMs - offsetMs(zone ?? 'Z')
}

let lastInstant = Number.NaN
let lastText = ''

/** Canonical text: RFC 3339, UTC, always milliseconds, so that text order is time order. */
export function formatInstant(instant: Instant): string {
  // A command writes its one moment dozens of times; making the text anew costs more than all the rest of a fact.
  if (instant === lastInstant) return lastText
  lastText = new Date(instant).toISOString()
  lastInstant = instant
  return lastText
}

/** The UTC day of an instant, `YYYY-MM-DD`. */
export const formatDay = (instant: Instant): string => new Date(instant).toISOString().slice(0, 10)

const isoDay = /^(\d{4})-(\d{2})-(\d{2})$/

/** Canonical day, or undefined if the text is no existing day. */
export function parseDay(text: string): string | undefined {
  const match = isoDay.exec(text)
  if (!match) return undefined
  const utc = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]))
  return Number.isNaN(utc) || formatDay(utc) !== text ? undefined : text
}

/** The day `days` after `day`, on the plain calendar. */
export function addDays(day: string, days: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return formatDay(Date.UTC(year, month - 1, date + days))
}

function offsetMs(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0
  const sign = zone.startsWith('-') ? -1 : 1
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))) * 60_000
}
