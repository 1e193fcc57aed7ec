import type { CalendarDefinition } from '../definitions/calendar.ts'
import { addDays } from '../kernel/instant.ts'

/** A day of the published holiday arrangement of a year, as holiday-cn lists it: off, or worked although a weekend. */
export type HolidayDay = { readonly name: string; readonly date: string; readonly isOffDay: boolean }
type SpecialDay = NonNullable<CalendarDefinition['days']>[number]

const english: { readonly [name: string]: string } = {
  元旦: 'New Year’s Day',
  春节: 'Spring Festival',
  清明节: 'Qingming Festival',
  劳动节: 'Labour Day',
  端午节: 'Dragon Boat Festival',
  中秋节: 'Mid-Autumn Festival',
  国庆节: 'National Day',
}

/**
 * Special days of a calendar from the published arrangements: consecutive days off of one holiday become one range,
 * make-up working days (调休) work like a Monday. Days may come in any order and from several years; a day listed twice
 * counts as listed last.
 */
export function chineseHolidays(...years: readonly (readonly HolidayDay[])[]): SpecialDay[] {
  const byDate = new Map(years.flat().map((day) => [day.date, day]))
  const days = [...byDate.values()].sort((a, b) => (a.date < b.date ? -1 : 1))
  const entries: SpecialDay[] = []
  let range: { entry: SpecialDay; name: string; last: string } | undefined
  for (const { name, date, isOffDay } of days) {
    if (isOffDay && range?.name === name && addDays(range.last, 1) === date) {
      range.entry.to = date
      range.last = date
      continue
    }
    const entry: SpecialDay = isOffDay
      ? { date, label: labelOf(name), off: true }
      : { date, label: makeUpLabel(name), like: 'mon' }
    range = isOffDay ? { entry, name, last: date } : undefined
    entries.push(entry)
  }
  return entries.map(({ date, to, ...rest }) => (to === undefined ? { date, ...rest } : { date, to, ...rest }))
}

const translated = (name: string): string | undefined => {
  const parts = name.split('、').map((part) => english[part])
  return parts.every((part) => part !== undefined) ? parts.join(', ') : undefined
}

const texts = (chinese: string, englishText: string | undefined): Record<string, string> =>
  englishText === undefined ? { 'zh-CN': chinese } : { 'zh-CN': chinese, en: englishText }

const labelOf = (name: string) => texts(name, translated(name))
const makeUpLabel = (name: string) => texts(`${name}调休上班`, `Make-up working day (${translated(name) ?? name})`)
