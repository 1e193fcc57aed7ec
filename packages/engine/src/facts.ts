import type { Calendar } from './calendars/calendar.ts'
import type { Instant } from './kernel/instant.ts'
import type { FieldValue, RecordData } from './kernel/value-kind.ts'

/** A record as conditions and formulas see it: system fields beside the authored ones. */
export type RecordFacts = RecordData & { readonly id?: string }

/** The person who acts, as conditions see them. */
export type UserFacts = {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly department: string | null
  readonly superior: string | null
  /** Ids of the department and all below it that the person belongs to or leads. */
  readonly departments: readonly string[]
  readonly roles: readonly string[]
  readonly locale: string
  readonly zone: string
}

/**
 * Everything a condition or formula may look at. `linked` answers links: the linked record's data, or undefined when
 * there is none or it may not be seen; it was loaded before, so evaluation stays pure and synchronous.
 */
export type Facts = {
  readonly now: Instant
  readonly zone: string
  readonly record?: RecordFacts | undefined
  readonly previous?: RecordFacts | undefined
  readonly user?: UserFacts | undefined
  readonly task?: { readonly [key: string]: unknown } | undefined
  readonly flow?: { readonly [key: string]: unknown } | undefined
  readonly params?: { readonly [key: string]: unknown } | undefined
  /** The app's variables with their values on this installation. */
  readonly env?: { readonly [variable: string]: string } | undefined
  readonly candidate?: { readonly [key: string]: unknown } | undefined
  readonly event?: { readonly [key: string]: unknown } | undefined
  /** The app's calendars by id; undefined: its own. Absent, or no such calendar: functions of workdays give null. */
  readonly calendars?: ((id: string | undefined) => Calendar | undefined) | undefined
  readonly linked?: (form: string, id: string) => RecordFacts | undefined
  /** Answers the figures that conditions ask for; they were read before. Null: there is none. */
  readonly metric?: (request: MetricRequest) => FieldValue
}

/** A figure that a condition asks for: a metric of records with these values, in this window. */
export type MetricRequest = {
  readonly metric: string
  /** By path below the metric's form. */
  readonly by: { readonly [path: string]: string | number | boolean }
  readonly window: { readonly last: string } | { readonly calendar: CalendarPeriod } | undefined
  readonly value: 'value' | 'change' | 'ratio'
  readonly minimumSample: number
}
type CalendarPeriod = 'day' | 'week' | 'month' | 'quarter' | 'year'
