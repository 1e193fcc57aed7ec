import { addDays } from '../kernel/instant.ts'
import { warning } from '../kernel/problem.ts'
import type { Check } from './context.ts'

const soonDays = 60

/** Calendars end where the published holidays end; who keeps them is told in time. */
export const calendarValidity: Check = ({ app, today }) =>
  [...app.calendars.values()].flatMap(({ id, label, validUntil }) => {
    if (validUntil === undefined || today === undefined || validUntil >= addDays(today, soonDays)) return []
    const code = validUntil < today ? 'calendar.expired' : 'calendar.expiring'
    return [warning(code, `/calendars/${id}.json/validUntil`, { calendar: label, day: validUntil })]
  })
