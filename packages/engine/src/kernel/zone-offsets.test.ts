import { expect, test } from 'vitest'
import { formatInstant, parseInstant } from './instant.ts'
import { zoneOffsetMs } from './zone.ts'
import { zoneOffsets, zoneSegments } from './zone-offsets.ts'

const at = (text: string): number => parseInstant(text)!
const segmentsOf = (zone: string, from: string, to: string) =>
  zoneSegments(zone, at(from), at(to)).map(({ from: moment, offsetMs }) => [
    formatInstant(moment).slice(0, 16),
    offsetMs / 3_600_000,
  ])

test('a zone in segments of one offset, without asking the clock', () => {
  expect(segmentsOf('Europe/Berlin', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z')).toEqual([
    ['2026-01-01T00:00', 1],
    ['2026-03-29T01:00', 2],
    ['2026-10-25T01:00', 1],
  ])
  expect(segmentsOf('Asia/Shanghai', '1995-01-01T00:00:00Z', '2100-01-01T00:00:00Z')).toEqual([['1995-01-01T00:00', 8]])
})

// Morocco interrupts summer time for Ramadan; Apia skipped a day; Lord Howe moves by half an hour.
test.each(['Africa/Casablanca', 'Pacific/Apia', 'Australia/Lord_Howe', 'America/Caracas', 'UTC', '+05:45'])(
  '%s: every moment has the offset of its segment',
  (zone) => {
    const [from, to] = [at('2005-01-01T00:00:00Z'), at('2030-01-01T00:00:00Z')]
    const segments = zoneSegments(zone, from, to)
    for (let moment = from; moment < to; moment += 11.3 * 86_400_000) {
      const segment = segments.findLast((one) => one.from <= moment)
      expect(segment?.offsetMs).toBe(zoneOffsetMs(zone, moment))
    }
    for (const { from: edge, offsetMs } of segments.slice(1)) {
      expect(zoneOffsetMs(zone, edge)).toBe(offsetMs)
      expect(zoneOffsetMs(zone, edge - 1)).not.toBe(offsetMs)
    }
  },
)

test('a zone given as an offset is one stretch of it', () =>
  expect(zoneOffsets('+08:00')(at('2026-03-02T00:00:00Z')).offset).toBe(8 * 3_600_000))
