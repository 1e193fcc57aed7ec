import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { formatInstant, parseInstant } from './instant.ts'
import { endOfDay, instantOfWall, isZone, localDay, startOfDay, zoneOffsetMs } from './zone.ts'

const at = (text: string): number => parseInstant(text)!

test.each([
  ['Asia/Shanghai', '2026-03-01T16:00:00Z', '2026-03-02'],
  ['America/New_York', '2026-03-02T04:59:59Z', '2026-03-01'],
  ['Pacific/Kiritimati', '2026-03-02T10:00:00Z', '2026-03-03'],
])('the day in %s', (zone, instant, day) => expect(localDay(zone, at(instant))).toBe(day))

test('days of a time change have 23 and 25 hours', () => {
  const hours = (day: string) => (endOfDay('Europe/Berlin', day) - startOfDay('Europe/Berlin', day)) / 3_600_000
  expect([hours('2026-03-29'), hours('2026-10-25'), hours('2026-06-01')]).toEqual([23, 25, 24])
})
test('a time in the gap moves forward, of two times it is the earlier', () => {
  const berlin = (text: string) => formatInstant(instantOfWall('Europe/Berlin', at(`${text}Z`)))
  expect(berlin('2026-03-29T02:30:00')).toBe('2026-03-29T01:30:00.000Z')
  expect(berlin('2026-10-25T02:30:00')).toBe('2026-10-25T00:30:00.000Z')
})
test('names', () =>
  expect(['Asia/Shanghai', '+08:00', 'Mars/Olympus', '', '../etc'].map(isZone)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]))

const zones = [
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/Caracas',
  'Africa/Casablanca',
  'Pacific/Apia',
  'UTC',
]
test('offsets and walls agree with Temporal', () => {
  const moment = fc.integer({ min: at('1990-01-01T00:00:00Z'), max: at('2035-01-01T00:00:00Z') })
  fc.assert(
    fc.property(fc.constantFrom(...zones), moment, (zone, instant) => {
      const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)
      expect(zoneOffsetMs(zone, instant)).toBe(zoned.offsetNanoseconds / 1e6)
      const wall = Temporal.PlainDateTime.from('1970-01-01T00:00').add({ milliseconds: instant })
      expect(instantOfWall(zone, instant)).toBe(wall.toZonedDateTime(zone).epochMilliseconds)
    }),
    { seed: 20260302, numRuns: 600 },
  )
})
