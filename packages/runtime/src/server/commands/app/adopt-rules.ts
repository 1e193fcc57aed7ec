import {
  type AppModel,
  dateRules,
  dateTimer,
  groupShapes,
  type Instant,
  type RuleDefinition,
  scheduledRules,
  scheduleTimer,
} from '@tenon/engine'
import { type LoadedApp, loadApps } from '../../store/apps.ts'
import type { Tx } from '../../store/database.ts'
import { standOnAnyGroup } from '../../store/rows/alerts.ts'
import { recordsAfter } from '../../store/rows/records.ts'
import { cancelTimers, cancelTimersUnder, setTimers } from '../../store/rows/timers.ts'
import type { Unit } from '../execute.ts'

const pageSize = 500

/**
 * Sets the timers of the version just published: rules by the clock, and rules that wait for a date of records there
 * are already. Rules whose trigger is as it was keep the timers they have.
 */
export async function adoptRules(unit: Unit, current: LoadedApp | undefined, next: AppModel): Promise<void> {
  const before = current?.model
  await adoptSchedules(unit.tx, before, next, unit.now)
  const regrouped = (before?.rules ?? []).filter((rule) => {
    const same = next.rules.find(({ id }) => id === rule.id)
    return same && JSON.stringify(groupShapes(same)) !== JSON.stringify(groupShapes(rule))
  })
  await standOnAnyGroup(
    unit.tx,
    next.id,
    regrouped.map(({ id }) => id),
  )
  const apps = await loadApps(unit.tx, unit.memory.apps)
  for (const rule of before?.rules ?? [])
    if (rule.on.date && !isSame(rule, next, 'date')) await cancelTimersUnder(unit.tx, prefixOf(next, rule))
  for (const form of next.forms.values()) {
    const rules = dateRules(next, form.id).filter((rule) => !before || !isSame(rule, before, 'date'))
    const storage = apps.storage(next.id, form.id)
    if (rules.length === 0 || !storage) continue
    for (let after = ''; ; ) {
      const rows = await recordsAfter(unit.tx, storage, after, pageSize)
      await setTimers(
        unit.tx,
        rows.flatMap((row) => rules.flatMap((rule) => dateTimer(next, rule, row, unit.now) ?? [])),
      )
      const last = rows.at(-1)
      if (!last || rows.length < pageSize) break
      after = last.id
    }
  }
}

async function adoptSchedules(tx: Tx, before: AppModel | undefined, next: AppModel, now: Instant): Promise<void> {
  const gone = before ? scheduledRules(before).filter((rule) => !isSame(rule, next, 'schedule')) : []
  await cancelTimers(
    tx,
    gone.map((rule) => `rule/${next.id}/${rule.id}`),
  )
  const fresh = scheduledRules(next).filter((rule) => !before || !isSame(rule, before, 'schedule'))
  await setTimers(
    tx,
    fresh.flatMap((rule) => scheduleTimer(next, rule, now) ?? []),
  )
}

const prefixOf = (app: AppModel, rule: RuleDefinition): string => `rule/${app.id}/${rule.id}/${rule.form}/`

/** Whether the other version has the rule with the same trigger, switched on. */
function isSame(rule: RuleDefinition, other: AppModel, trigger: 'date' | 'schedule'): boolean {
  const same = other.rules.find(({ id }) => id === rule.id)
  return (
    same !== undefined &&
    same.enabled !== false &&
    rule.enabled !== false &&
    same.form === rule.form &&
    JSON.stringify(same.on[trigger]) === JSON.stringify(rule.on[trigger])
  )
}
