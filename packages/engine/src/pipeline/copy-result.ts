import type { FlowEvent } from '../flow/types.ts'
import { factsOf, lookupFrom } from './facts-of.ts'
import { builtInMessage, send } from './messages.ts'
import { resolvePeople } from './people.ts'
import { thoseWhoSee } from './permission.ts'
import type { InstanceRow } from './rows.ts'
import { taskFacts } from './task-facts.ts'
import type { Origin, Work } from './work.ts'

/**
 * 抄送: the people named are told how a task ended, each only if they may see the record. Being copied gives no right
 * to it: what somebody may read is said in one place, the form's access rules.
 */
export async function copyResult(
  work: Work,
  instance: InstanceRow,
  event: Extract<FlowEvent, { type: 'task.copied' }>,
  origin: Origin,
): Promise<undefined> {
  const row = await work.record(instance)
  const task = (await work.tasksOf(instance.instance)).findLast(
    ({ node, visit }) => node === event.node && visit === event.visit,
  )
  if (!row) return undefined
  const facts = await factsOf(work, row, task ? { task: taskFacts(work, task) } : {})
  const named = resolvePeople(event.to, {
    directory: work.world.directory,
    app: row.app,
    form: work.world.app(row.app)?.forms.get(row.form),
    lookup: lookupFrom(work, row.app),
    facts,
    assignee: task?.completedBy ?? null,
    creator: row.createdBy,
  })
  const to = await thoseWhoSee(work, row, named)
  if (to.length === 0) return undefined
  await work.event(instance, 'task.copied', { node: event.node, who: [...to], outcome: event.outcome }, origin)
  await send(work, {
    app: row.app,
    row,
    facts,
    to,
    message: builtInMessage('copied'),
    channels: ['inbox'],
    task,
    origin,
  })
  return undefined
}
