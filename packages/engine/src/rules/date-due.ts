import { calendarsOf } from '../calendars/calendars-of.ts'
import type { RuleDefinition } from '../definitions/rule.ts'
import { parseDurationMs } from '../kernel/duration.ts'
import { type Instant, parseInstant } from '../kernel/instant.ts'
import type { FieldValue } from '../kernel/value-kind.ts'
import { instantOfWall } from '../kernel/zone.ts'
import type { AppModel } from '../model.ts'
import type { RecordRow, TimerRow } from '../pipeline/rows.ts'

/** Names the timer of a rule's date for a record. */
export const dateTimerKey = (rule: string, { app, form, id }: Pick<RecordRow, 'app' | 'form' | 'id'>): string =>
  `rule/${app}/${rule}/${form}/${id}`

/**
 * The timer of a rule that waits for a date of this record; undefined: there is no date, or it is over. A date that is
 * already past when it is entered does nothing; only a lead time that has begun already acts at once.
 */
export function dateTimer(app: AppModel, rule: RuleDefinition, row: RecordRow, now: Instant): TimerRow | undefined {
  const trigger = rule.on.date
  const moment =
    trigger && momentOf(row.data[trigger.field] ?? null, trigger.at, app.definition.zone ?? 'Asia/Shanghai')
  if (!trigger || moment === undefined) return undefined
  const calendar = calendarsOf(app)(trigger.calendar ?? null)
  const later = calendar.add(moment, parseDurationMs(trigger.after ?? 'PT0S') ?? 0)
  const due = calendar.add(later, -(parseDurationMs(trigger.before ?? 'PT0S') ?? 0))
  if (Math.max(due, moment) < now) return undefined
  return {
    key: dateTimerKey(rule.id, row),
    dueAt: Math.max(due, now),
    app: app.id,
    payload: { kind: 'rule', app: app.id, rule: rule.id, why: 'dateReached', record: { form: row.form, id: row.id } },
  }
}

/** A day begins at its time of day in the zone; a moment is itself. */
function momentOf(value: FieldValue, at: string | undefined, zone: string): Instant | undefined {
  if (typeof value !== 'string') return undefined
  if (value.length > 10) return parseInstant(value)
  const wall = parseInstant(`${value}T00:00:00Z`)
  const [hour = 0, minute = 0] = (at ?? '00:00').split(':').map(Number)
  return wall === undefined ? undefined : instantOfWall(zone, wall + (hour * 60 + minute) * 60_000)
}
