import type { CalendarDefinition } from '../definitions/calendar.ts'
import type { AppModel } from '../model.ts'
import { type Calendar, compileCalendar, everyMinute } from './calendar.ts'

const compiled = new WeakMap<CalendarDefinition, Calendar>()

/** A definition's calendar, compiled once for as long as the definition lives. */
export function calendarFrom(definition: CalendarDefinition): Calendar {
  const known = compiled.get(definition)
  if (known) return known
  const calendar = compileCalendar(definition)
  compiled.set(definition, calendar)
  return calendar
}

/** The calendars that formulas of an app may name; no id: the app's own. */
export const namedCalendarsOf =
  (app: { readonly calendars: AppModel['calendars']; readonly definition: { readonly calendar?: string } }) =>
  (id = app.definition.calendar): Calendar | undefined => {
    const definition = id === undefined ? undefined : app.calendars.get(id)
    return definition && calendarFrom(definition)
  }

/**
 * Finds the calendars of an app by id. null: every minute counts. An id the app no longer has (an old clock may still
 * name it) is answered by the app's own calendar, else by every minute.
 */
export const calendarsOf =
  (app: AppModel) =>
  (id: string | null): Calendar => {
    if (id === null) return everyMinute
    const definition = app.calendars.get(id) ?? app.calendars.get(app.definition.calendar ?? '')
    return definition ? calendarFrom(definition) : everyMinute
  }
