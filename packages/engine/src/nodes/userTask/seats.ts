import type { NodeOf } from '../../definitions/flow.ts'
import { completeActivity } from '../../flow/activities.ts'
import type { Run } from '../../flow/run.ts'
import { closeActivity } from '../../flow/scopes.ts'
import type { Activity, Seat, Sent, TaskCreated, Token, Upcoming } from '../../flow/types.ts'
import type { Id } from '../../kernel/ids.ts'
import { consent, done, seatsOf, verdictOf, voteOf } from './verdict.ts'

type UserTask = NodeOf<'userTask'>

/** The activity with a seat for each; those who have agreed before have given their vote. Nobody has a task yet. */
export function takeSeats(
  run: Run,
  node: UserTask,
  activity: Activity,
  people: readonly Seat[],
  agreed: readonly Id[],
  sent: Sent | undefined,
): Activity {
  const tasks: Activity['tasks'][number][] = []
  const next: Upcoming[] = []
  for (const [seat, { person, outcome }] of people.entries()) {
    const passes = outcome === null && person !== null && agreed.includes(person)
    const vote = passes ? consent(node) : outcome
    if (vote === null) next.push(sent?.via ? { person, seat, via: sent.via } : { person, seat })
    else tasks.push({ task: run.context.newId(), person, outcome: vote, seat })
    if (passes) run.emit({ type: 'task.passed', node: node.id, visit: activity.visit, person, why: 'agreedBefore' })
  }
  return sent?.back ? { ...activity, tasks, next, back: sent.back } : { ...activity, tasks, next }
}

/** Gives a task to whoever is to be asked now: in each seat one after the other, in mode sequential seat by seat. */
export function openNext(run: Run, node: UserTask, activity: Activity): Activity {
  const unsettled = seatsOf(activity).filter((seat) => voteOf(node, activity, seat) === undefined)
  const asked = node.mode === 'sequential' ? unsettled.slice(0, 1) : unsettled
  const opened = asked.reduce((now, seat) => openSeat(run, node, now, seat), activity)
  if (opened !== activity) run.replaceActivity(opened)
  return opened
}

function openSeat(run: Run, node: UserTask, activity: Activity, seat: number): Activity {
  const isBusy = activity.tasks.some((task) => task.seat === seat && task.outcome === null)
  const first = activity.next?.find((one) => one.seat === seat)
  return isBusy || !first ? activity : openTask(run, node, activity, first)
}

/** A task for one person of a seat, who was asked later until now, or is asked besides. */
export function openTask(run: Run, node: UserTask, activity: Activity, asked: Upcoming): Activity {
  const { person, seat, via } = asked
  const task = run.context.newId()
  const created: TaskCreated = {
    type: 'task.created',
    task,
    node: node.id,
    visit: activity.visit,
    person,
    assign: node.assign ?? [],
    limit: node.limit ?? null,
  }
  run.emit(via ? { ...created, via } : created)
  const open = { task, person, outcome: null, seat }
  const next = activity.next?.filter((other) => other !== asked)
  const tasks = [...activity.tasks, via?.kind === 'signer' ? { ...open, by: via.of } : open]
  return next ? { ...activity, tasks, next } : { ...activity, tasks }
}

/** After a vote, or a change of who is asked: the activity ends by its verdict, or the next are asked. */
export function settle(run: Run, node: UserTask, activity: Activity): void {
  const votes = seatsOf(activity).map((seat) => voteOf(node, activity, seat))
  const outcome = verdictOf(node, votes)
  if (outcome === undefined) openNext(run, node, closeSettled(run, node, activity))
  else finish(run, node, activity, outcome === done ? null : outcome)
}

/** A seat whose vote is certain asks nobody further. */
function closeSettled(run: Run, node: UserTask, activity: Activity): Activity {
  const isOver = (seat: number) => voteOf(node, activity, seat) !== undefined
  const dropped = activity.tasks.filter((task) => task.outcome === null && isOver(task.seat))
  const next = (activity.next ?? []).filter(({ seat }) => !isOver(seat))
  if (dropped.length === 0 && next.length === (activity.next ?? []).length) return activity
  for (const { task } of dropped) run.emit({ type: 'task.cancelled', task, node: activity.node, why: 'answered' })
  const left = { ...activity, tasks: activity.tasks.filter((task) => !dropped.includes(task)), next }
  run.replaceActivity(left)
  return left
}

function finish(run: Run, node: UserTask, activity: Activity, outcome: string | null): void {
  const token = run.token(activity.token)
  if (!token) return
  if (node.copyTo) run.emit({ type: 'task.copied', node: node.id, visit: activity.visit, to: node.copyTo, outcome })
  const known = node.outcomes?.some(({ id }) => id === outcome) === true
  if (activity.back) goBack(run, activity, token, activity.back)
  else completeActivity(run, token, known ? outcome : null)
}

/** Straight back to where it was returned from, by no edge. */
function goBack(run: Run, activity: Activity, token: Token, { node, person }: NonNullable<Activity['back']>): void {
  closeActivity(run, activity, 'answered')
  run.leave(token, [])
  run.arrive(node, token.scope, undefined, { person })
}
