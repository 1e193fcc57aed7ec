import { checkCalendar } from '../calendars/check-calendar.ts'
import type { Check } from './context.ts'

/** Each calendar by itself: zone, periods, special days. */
export const calendarContent: Check = ({ app }) =>
  [...app.calendars.values()].flatMap((calendar) =>
    checkCalendar(calendar).map((found) => ({ ...found, path: `/calendars/${calendar.id}.json${found.path}` })),
  )
