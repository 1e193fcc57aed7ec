import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type CalendarDefinition, chineseHolidays, compileCalendar, type HolidayDay, parseInstant } from '@tenon/engine'
import { describe, expect, test } from 'vitest'

/**
 * Business time against a real service desk: 500 tickets of a published incident log, whose minutes to first response
 * and to resolution, and due moments, were computed elsewhere under four calendars (see the README beside the file).
 */
const shared = resolve(process.env.TENON_SHARED ?? '../shared', 'data')
const samplePath = resolve(shared, 'incident-log/business_time_sample.csv')
const truthPath = resolve(shared, 'incident-log/expected.json')
const holidayPath = (year: number) => resolve(shared, `cn-holidays/${year}.json`)
const years = [2015, 2016, 2017]
const isPresent = [samplePath, truthPath, ...years.map(holidayPath)].every((path) => existsSync(path))

type Truth = {
  readonly business_time: {
    readonly policy_minutes_response_resolution: { readonly [priority: string]: readonly [number, number] }
  }
}
const minute = 60_000
const read = (path: string) => readFileSync(path, 'utf8')

const week = (days: string, periods: string[][]) => Object.fromEntries(days.split(' ').map((day) => [day, periods]))
const workdays = 'mon tue wed thu fri'
function calendars(zone: string): { readonly [name: string]: CalendarDefinition } {
  const calendar = (
    weekly: CalendarDefinition['weekly'],
    days: NonNullable<CalendarDefinition['days']> = [],
  ): CalendarDefinition => ({ id: 'c', kind: 'calendar', schemaVersion: 1, label: 'c', zone, weekly, days })
  const holidays = chineseHolidays(
    ...years.map((year) => (JSON.parse(read(holidayPath(year))) as { days: HolidayDay[] }).days),
  )
  return {
    A_24x7: calendar(week(`${workdays} sat sun`, [['00:00', '24:00']])),
    B_mon_fri_0900_1800: calendar(week(workdays, [['09:00', '18:00']])),
    C_cn_workdays_0900_1200_1330_1800: calendar(
      week(workdays, [
        ['09:00', '12:00'],
        ['13:30', '18:00'],
      ]),
      holidays,
    ),
    D_mon_sat_0800_2000: calendar(week(`${workdays} sat`, [['08:00', '20:00']])),
  }
}

type Row = { readonly [column: string]: string }
function sampleRows(): readonly Row[] {
  const [head = '', ...lines] = read(samplePath).trim().split(/\r?\n/)
  const columns = head.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [columns[index] ?? '', cell])))
}

describe.skipIf(!isPresent)('business time of 500 tickets', () => {
  // The log's wall clock has no zone: read in two of them, the answers must be the same.
  test.each([
    ['UTC', 'Z'],
    ['Asia/Shanghai', '+08:00'],
  ])('under four calendars in %s', (zone, offset) => {
    const moment = (text: string) => parseInstant(`${text.replace(' ', 'T')}${offset}`) ?? Number.NaN
    const allowed = (JSON.parse(read(truthPath)) as Truth).business_time.policy_minutes_response_resolution
    const rows = sampleRows()
    let compared = 0
    for (const [name, definition] of Object.entries(calendars(zone))) {
      const calendar = compileCalendar(definition)
      // A response noted before the ticket was opened took no time.
      const minutes = (from: string, to: string) => Math.max(0, calendar.between(moment(from), moment(to))) / minute
      for (const row of rows) {
        const cell = (column: string) => row[column] ?? ''
        const where = `${cell('number')} ${name}`
        if (cell('first_response_at'))
          expect(minutes(cell('opened_at'), cell('first_response_at')), where).toBe(Number(cell(`resp_${name}`)))
        if (cell('resolved_at'))
          expect(minutes(cell('opened_at'), cell('resolved_at')), where).toBe(Number(cell(`resol_${name}`)))
        const due = calendar.add(moment(cell('opened_at')), (allowed[cell('priority')]?.[1] ?? Number.NaN) * minute)
        expect(due, where).toBe(moment(cell(`resolution_due_${name}`)))
        compared++
      }
    }
    expect([rows.length, compared]).toEqual([500, 2000])
  })
})

if (!isPresent) console.log('skipped: 4 tests of business time, the shared data is not here (TENON_SHARED)')

describe.skipIf(!isPresent)('Chinese holidays as published', () => {
  const template = JSON.parse(read(resolve('templates/after-sales/calendars/service_hours.json'))) as CalendarDefinition

  test('every day 2007–2026 works exactly when it should', () => {
    let makeUpDays = 0
    for (let year = 2007; year <= 2026; year++) {
      const days = (JSON.parse(read(holidayPath(year))) as { days: HolidayDay[] }).days
      const definition: CalendarDefinition = { ...template, days: chineseHolidays(days) }
      const calendar = compileCalendar(definition)
      const listed = new Map(days.map((day) => [day.date, day.isOffDay]))
      for (
        let at = parseInstant(`${year}-01-01T10:00:00+08:00`) ?? 0;
        at < (parseInstant(`${year + 1}-01-01T00:00:00+08:00`) ?? 0);
        at += 86_400_000
      ) {
        const date = new Date(at).toISOString().slice(0, 10)
        const isWeekend = [0, 6].includes(new Date(at).getUTCDay())
        expect([date, calendar.isWorking(at)]).toEqual([date, listed.has(date) ? !listed.get(date) : !isWeekend])
        if (listed.get(date) === false && isWeekend) makeUpDays++
      }
    }
    expect(makeUpDays).toBeGreaterThan(100)
  })

  test('the template keeps the published days of 2024 to 2026', () => {
    const published = chineseHolidays(
      ...[2024, 2025, 2026].map((year) => (JSON.parse(read(holidayPath(year))) as { days: HolidayDay[] }).days),
    )
    expect(template.days).toEqual(published)
    expect(template.validUntil).toBe('2026-12-31')
  })
})
