import type { Changes, Id, InstanceRow, RecordChange, TaskRow } from '@tenon/engine'
import type { Outbox } from '../outbox/outbox.ts'
import { forgetRecord, indexRecord } from '../search/index-record.ts'
import type { Tx } from '../store/database.ts'
import { type FaultPoint, faults } from '../store/faults.ts'
import type { Memory } from '../store/live-memory.ts'
import { saveAlerts } from '../store/rows/alerts.ts'
import { saveClocks } from '../store/rows/clocks.ts'
import { appendEvents, type EventHead } from '../store/rows/events.ts'
import { saveMessages, saveMutexes, saveWaits } from '../store/rows/flow-waits.ts'
import { saveInstances } from '../store/rows/instances.ts'
import { insertAssignments, insertNotifications } from '../store/rows/notices.ts'
import { insertRuleRuns } from '../store/rows/rule-runs.ts'
import { saveTasks } from '../store/rows/tasks.ts'
import { cancelTimers, setTimers } from '../store/rows/timers.ts'
import { together } from '../store/statement.ts'
import { writeRecordRow } from './write-record-row.ts'

/** What deciding has read, so that writing need not read it again. */
type Read = {
  /** Where trails stand. */
  readonly heads: ReadonlyMap<string, EventHead>
  /** Instances and tasks that were there before, as they were; all others are new. */
  readonly instances: ReadonlyMap<Id, InstanceRow>
  readonly tasks: ReadonlyMap<Id, TaskRow>
}

/** Writes all that one command changes, in the order the tables refer to each other. */
export async function writeChanges(
  tx: Tx,
  memory: Memory,
  outbox: Outbox,
  changes: Changes,
  read: Read,
): Promise<void> {
  // None waits for another's answer; they reach the database in this order.
  const written: Promise<void>[] = changes.records.map((change) => writeRecord(tx, memory, change))
  written.push(reached('after-records'), appendEvents(tx, changes.events, read.heads), reached('after-events'))
  written.push(
    saveInstances(tx, changes.instances, read.instances),
    saveWaits(tx, changes.instances, read.instances),
    saveMessages(tx, changes.messages),
    saveMutexes(tx, changes.mutexesSet, changes.mutexesDropped),
    saveTasks(tx, changes.tasks, read.tasks),
    saveClocks(tx, changes.clocks),
    cancelTimers(tx, changes.timersCancelled),
    setTimers(tx, changes.timersSet),
    insertAssignments(tx, changes.assignments),
    insertNotifications(tx, changes.notifications),
    saveAlerts(tx, changes.alerts),
    insertRuleRuns(tx, changes.ruleRuns),
    outbox.add(tx, changes.effects),
  )
  await together(written)
  faults.at('after-work')
}

/** A fault here is one of the statements given together: the others come to their end first. */
const reached = async (point: FaultPoint): Promise<void> => faults.at(point)

async function writeRecord(tx: Tx, memory: Memory, change: RecordChange): Promise<void> {
  const ref = change.kind === 'delete' ? change.before : change.row
  const form = memory.apps.app(ref.app)?.model.forms.get(ref.form)
  if (!form) throw new Error(`there is no form ${ref.app}/${ref.form}`)
  const found =
    change.kind === 'delete'
      ? () => forgetRecord(tx, form, ref)
      : () => indexRecord(tx, form, change.row, change.kind === 'update' ? change.before : undefined)
  await together([writeRecordRow(tx, memory, change), found()])
}
