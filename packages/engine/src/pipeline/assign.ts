import { assignables } from '../assignment/assignables.ts'
import { choosePerson } from '../assignment/choose-person.ts'
import type { AssignmentDefinition } from '../definitions/assignment.ts'
import type { Who } from '../definitions/value-expression.ts'
import { parseDurationMs } from '../kernel/duration.ts'
import type { Id } from '../kernel/ids.ts'
import { calendarOf } from './calendar-of.ts'
import { factsOf, lookupFrom } from './facts-of.ts'
import { builtInMessage, send } from './messages.ts'
import { noteAssignee } from './note-assignee.ts'
import { deputyOf } from './out-of-office.ts'
import { candidatesOf, type PeopleScope, peopleOffered, resolvePeople } from './people.ts'
import { maySee } from './permission.ts'
import type { Candidate, RecordRow, TaskRow } from './rows.ts'
import { userTaskOf } from './task-access.ts'
import { flowFacts, taskFacts } from './task-facts.ts'
import { acceptKey } from './timer-keys.ts'
import { notAccepted, type Origin, refOf, type Work } from './work.ts'

/** Finds a person or a pool for every new task, and tells them. A task is never silently left to nobody. */
export async function assignTasks(work: Work): Promise<void> {
  for (const { task: id, kind, origin } of work.toTell.splice(0)) {
    const task = await work.task(id)
    const row = task && (await work.record(task))
    if (task?.assignee && row) await tell(work, task, row, [task.assignee], kind, { ...origin, source: 'flow' })
  }
  for (const { task: id, origin } of work.unassigned.splice(0)) {
    const task = await work.task(id)
    const row = task && (await work.record(task))
    if (task?.state === 'open' && row) await assignOne(work, task, row, { ...origin, source: 'flow' })
  }
}

async function assignOne(work: Work, task: TaskRow, row: RecordRow, origin: Origin): Promise<void> {
  if (task.assignee !== null) return give(work, task, row, task.assignee, origin)
  const node = await userTaskOf(work, task)
  const who = node?.assign ?? []
  const scope = await peopleScope(work, task, row)
  const strategy = strategyIn(work, task, who)
  const candidates = candidatesOf(who, scope)
  if (strategy) return byStrategy(work, task, row, strategy, scope, origin)
  const [only, ...others] = candidates
  if (only?.kind === 'user' && others.length === 0) return give(work, task, row, only.ref, origin)
  if (candidates.length > 0) return pool(work, task, row, candidates, origin)
  const instead = typeof node?.empty === 'object' ? candidatesOf(node.empty.who, scope) : []
  return nobody(work, task, row, instead, origin)
}

const strategyIn = (work: Work, task: TaskRow, who: readonly Who[]): AssignmentDefinition | undefined => {
  const named = who.find((one) => 'strategy' in one)
  return named && 'strategy' in named ? work.world.app(task.app)?.assignments.get(named.strategy) : undefined
}

async function peopleScope(work: Work, task: TaskRow, row: RecordRow): Promise<PeopleScope> {
  const facts = await factsOf(work, row, { task: taskFacts(work, task), flow: await flowFacts(work, task) })
  const form = work.world.app(row.app)?.forms.get(row.form)
  return {
    directory: work.world.directory,
    app: row.app,
    form,
    lookup: lookupFrom(work, row.app),
    facts,
    assignee: task.assignee,
    creator: row.createdBy,
  }
}

async function byStrategy(
  work: Work,
  task: TaskRow,
  row: RecordRow,
  strategy: AssignmentDefinition,
  scope: PeopleScope,
  origin: Origin,
): Promise<void> {
  const ids = resolvePeople(strategy.pool, scope)
  const turn = await work.turnOf(task.app, strategy.id)
  const workloads = await work.workload(task.app, ids, row)
  const candidates = assignables(ids, {
    directory: work.world.directory,
    workloads,
    isWorking: (shift) => calendarOf(work, task.app, shift).isWorking(work.now),
  })
  const { chosen, ranking } = choosePerson(strategy, {
    candidates,
    turn,
    facts: scope.facts,
    form: scope.form,
    lookup: scope.lookup,
  })
  work.assigned({
    decision: work.context.newId(),
    ...refOf(task),
    task: task.task,
    at: work.now,
    strategy: strategy.id,
    chosen,
    fallback: chosen === null,
    candidates: ranking,
  })
  if (chosen === null) return nobody(work, task, row, candidatesOf(strategy.fallback, scope), origin)
  awaitAcceptance(work, task, strategy)
  return give(work, task, row, chosen, { ...origin, cause: `assignment:${strategy.id}` })
}

function awaitAcceptance(work: Work, task: TaskRow, strategy: AssignmentDefinition): void {
  const ms = strategy.acceptWithin === undefined ? undefined : parseDurationMs(strategy.acceptWithin)
  if (ms === undefined) return
  const dueAt = calendarOf(work, task.app, null).add(work.now, ms)
  work.setTimer({ key: acceptKey(task.task), dueAt, app: task.app, payload: { kind: 'accept', task: task.task } })
}

async function give(work: Work, task: TaskRow, row: RecordRow, person: Id, origin: Origin): Promise<void> {
  const deputy = deputyOf(work.world.directory, person, work.now)
  // A deputy who may not see the record could not do it: better late than lost.
  const to = deputy && (await maySee(work, row, deputy)) ? deputy.id : person
  const via = to === person ? task.via : ({ kind: 'deputy', of: person } as const)
  const given = work.putTask({ ...task, assignee: to, candidates: [], via })
  await noteAssignee(work, given, origin)
  const instead = to === person ? {} : { of: person }
  await work.event(task, 'task.assigned', { task: task.task, node: task.node, to, ...instead }, origin)
  if (to !== work.actor) await tell(work, given, row, [to], kindOfNews(task), origin)
}

const kindOfNews = ({ via }: TaskRow): Parameters<typeof builtInMessage>[0] =>
  via?.kind === 'returned' ? 'returned' : 'assigned'

async function pool(
  work: Work,
  task: TaskRow,
  row: RecordRow,
  candidates: readonly Candidate[],
  origin: Origin,
): Promise<void> {
  const open = work.putTask({ ...task, candidates })
  // People named one by one are told; a whole role finds the task in its pool, or every bell would ring for every task.
  const named = candidates.flatMap(({ kind, ref }) => (kind === 'user' && ref !== work.actor ? [ref] : []))
  await tell(work, open, row, named, 'pool', origin)
}

/** Fallback: whoever the strategy names, else the managers of the app; they are told that nobody fitted. */
async function nobody(
  work: Work,
  task: TaskRow,
  row: RecordRow,
  candidates: readonly Candidate[],
  origin: Origin,
): Promise<void> {
  const open = work.putTask({ ...task, candidates: candidates.length > 0 ? candidates : managers(work, task) })
  await work.event(task, 'task.assigned', { task: task.task, node: task.node, to: null, fallback: true }, origin)
  await tell(work, open, row, peopleOffered(work.world.directory, open), 'unassigned', origin)
}

const managers = (work: Work, task: TaskRow): readonly Candidate[] =>
  (work.world.app(task.app)?.definition.roles ?? [])
    .filter((role) => role.can?.includes('manage'))
    .map((role) => ({ kind: 'role', ref: role.id }))

async function tell(
  work: Work,
  task: TaskRow,
  row: RecordRow,
  to: readonly Id[],
  kind: Parameters<typeof builtInMessage>[0],
  origin: Origin,
): Promise<void> {
  const facts = await factsOf(work, row, { task: taskFacts(work, task) })
  await send(work, { app: row.app, row, facts, to, message: builtInMessage(kind), channels: ['inbox'], task, origin })
}

/** Not accepted in time: counted as a refusal, the next one is chosen. */
export async function acceptanceDue(work: Work, id: Id, origin: Origin): Promise<void> {
  const task = await work.task(id)
  if (task?.state !== 'open' || task.claimedAt !== null || task.assignee === null) return
  await work.event(
    task,
    'task.transferred',
    { task: id, node: task.node, from: task.assignee, to: null, why: notAccepted },
    origin,
  )
  work.putTask({ ...task, assignee: null, version: task.version + 1 })
  work.unassigned.push({ task: id, origin })
}
