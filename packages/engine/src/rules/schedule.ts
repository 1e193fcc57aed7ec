import type { Schedule } from '../definitions/rule.ts'
import { addDays, type Instant, parseInstant } from '../kernel/instant.ts'
import { instantOfWall, localDay } from '../kernel/zone.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
/** Beyond the longest gap between two occurrences: from one month's day to the next. */
const longestGapDays = 63

/** The first moment of a schedule after `after`, on the wall clock of the zone. */
export function nextOccurrence(schedule: Schedule, after: Instant, zone: string): Instant {
  const today = localDay(zone, after)
  for (let offset = 0; offset <= longestGapDays; offset += 1) {
    const day = addDays(today, offset)
    if (!isDayOf(schedule, day)) continue
    const found = minutesOf(schedule)
      .map((minute) => instantOfWall(zone, startMs(day) + minute * minuteMs))
      .find((moment) => moment > after)
    if (found !== undefined) return found
  }
  throw new Error('a schedule comes round within two months')
}

const startMs = (day: string): number => parseInstant(`${day}T00:00:00Z`) ?? 0

/** ISO 8601 weekday, 1 is Monday. */
const weekdayOf = (day: string): number => ((((startMs(day) / dayMs + 3) % 7) + 7) % 7) + 1

function isDayOf({ every, weekdays, day: dayOfMonth = 1 }: Schedule, day: string): boolean {
  if (every === 'month') return Number(day.slice(8)) === Math.min(dayOfMonth, lastDayOf(day))
  return (weekdays ?? (every === 'week' ? [1] : [1, 2, 3, 4, 5, 6, 7])).includes(weekdayOf(day))
}

function lastDayOf(day: string): number {
  const month = day.slice(0, 7)
  let last = 28
  while (addDays(`${month}-01`, last).startsWith(month)) last += 1
  return last
}

/** Minutes of the day at which it runs, ascending. */
function minutesOf({ every, at = '00:00' }: Schedule): readonly number[] {
  const [hour = 0, minute = 0] = at.split(':').map(Number)
  if (every !== 'hour') return [hour * 60 + minute]
  return Array.from({ length: 24 }, (_, index) => index * 60 + minute)
}
