import { type Calendar, compileCalendar, everyMinute } from '../calendars/calendar.ts'
import type { CalendarDefinition } from '../definitions/calendar.ts'
import type { Work } from './work.ts'

const compiled = new WeakMap<CalendarDefinition, Calendar>()

/** The calendar of an app by id; null: the app's own; an app without one counts every minute. */
export function calendarOf(work: Work, app: string, id: string | null): Calendar {
  const model = work.world.app(app)
  const definition = model?.calendars.get(id ?? model.definition.calendar ?? '')
  if (!definition) return everyMinute
  const known = compiled.get(definition)
  if (known) return known
  const calendar = compileCalendar(definition)
  compiled.set(definition, calendar)
  return calendar
}
