import { type Calendar, everyMinute } from '../calendars/calendar.ts'
import { calendarsOf } from '../calendars/calendars-of.ts'
import type { Work } from './work.ts'

/** The calendar of an app by id; null: the app's own; an app without one counts every minute. */
export function calendarOf(work: Work, app: string, id: string | null): Calendar {
  const model = work.world.app(app)
  return model ? calendarsOf(model)(id ?? model.definition.calendar ?? null) : everyMinute
}
