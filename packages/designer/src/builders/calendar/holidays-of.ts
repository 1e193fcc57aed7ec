import { addDays, type HolidayDay, isObject, parseDay, parseDocument } from '@tenon/engine'
import { datesBetween } from '../../edits/calendar-days.ts'
import { fromCsv } from '../../edits/csv.ts'

/**
 * The days of a holiday arrangement somebody hands over: holiday-cn's JSON, a calendar file (RFC 5545), or a table of
 * date, name and 休 or 班. Empty: nothing of the kind is in it.
 */
export function holidaysOf(text: string): readonly HolidayDay[] {
  const body = text.replace(/^\uFEFF/, '').trim()
  if (body.startsWith('{') || body.startsWith('[')) return fromJson(body)
  return body.startsWith('BEGIN:VCALENDAR') ? fromIcs(body) : fromTable(body)
}

function fromJson(text: string): readonly HolidayDay[] {
  const parsed = parseDocument(text)
  if (!parsed.ok) return []
  const days = isObject(parsed.value) ? parsed.value.days : parsed.value
  if (!Array.isArray(days)) return []
  return days.flatMap((day: unknown) =>
    isObject(day) && typeof day.date === 'string' && parseDay(day.date) && typeof day.isOffDay === 'boolean'
      ? [{ name: typeof day.name === 'string' ? day.name : '', date: day.date, isOffDay: day.isOffDay }]
      : [],
  )
}

const worked = /班|补|\bwork(ing|day)?\b/i
/** A cell that only says whether the day is free. */
const sign = /^(休|班|off|work)$/i

function fromIcs(text: string): readonly HolidayDay[] {
  // A line that begins with a blank goes on from the one before (RFC 5545, 3.1).
  const lines = text.replaceAll(/\r?\n[ \t]/g, '').split(/\r?\n/)
  const days: HolidayDay[] = []
  let event: { [name: string]: string } | undefined
  for (const line of lines) {
    const [, name = '', value = ''] = /^([A-Z-]+)[^:]*:(.*)$/.exec(line) ?? []
    if (name === 'BEGIN' && value === 'VEVENT') event = {}
    else if (name === 'END' && value === 'VEVENT') {
      days.push(...daysOf(event ?? {}))
      event = undefined
    } else if (event) event[name] ??= value
  }
  return days
}

function daysOf(event: { readonly [name: string]: string }): readonly HolidayDay[] {
  const first = icsDay(event.DTSTART)
  if (!first) return []
  const end = icsDay(event.DTEND)
  // The end of an event of whole days is the day after it.
  const last = end && end > first ? addDays(end, -1) : first
  const summary = (event.SUMMARY ?? '').replaceAll('\\,', ',')
  const name = summary.replaceAll(/[（(]?(休|班|假期|补班|调休|上班)[)）]?/g, '').trim()
  return datesBetween(first, last).map((date) => ({ name: name || summary, date, isOffDay: !worked.test(summary) }))
}

const icsDay = (text: string | undefined): string | undefined => {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})/.exec(text ?? '') ?? []
  return year && parseDay(`${year}-${month}-${day}`)
}

function fromTable(text: string): readonly HolidayDay[] {
  return fromCsv(text).flatMap((row) => {
    const dates = row.flatMap((cell) => dayOf(cell) ?? [])
    const [first, last = first] = dates
    if (!first || !last) return []
    const words = row.filter((cell) => dayOf(cell) === undefined && cell.trim() !== '')
    const name = words.find((cell) => !sign.test(cell.trim())) ?? ''
    // What the table says in a column of its own holds, whatever words the name has: Workers' Day, off.
    const said = words.find((cell) => sign.test(cell.trim())) ?? name
    const isOffDay = !worked.test(said)
    return datesBetween(first, last).map((date) => ({ name: name.trim(), date, isOffDay }))
  })
}

/** A date as people write it in tables: 2026-1-4, 2026/1/4, 2026年1月4日. */
function dayOf(cell: string): string | undefined {
  const [, year, month, day] = /^\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\s*$/.exec(cell) ?? []
  return year && month && day && parseDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
}
