import { namedCalendarsOf } from '../calendars/calendars-of.ts'
import type { Facts } from '../facts.ts'
import type { AppModel } from '../model.ts'

/** What holds in an app whatever the record: its zone, its calendars, what its variables are set to here. */
export const appFacts = (app: AppModel): Pick<Facts, 'zone' | 'calendars' | 'env'> => ({
  zone: app.definition.zone ?? 'Asia/Shanghai',
  calendars: namedCalendarsOf(app),
  env: Object.fromEntries(app.variables),
})
