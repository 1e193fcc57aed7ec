import { asUserTask, flowGraph, formatInstant, type Id, needed, returnTargets, type TaskRow } from '@tenon/engine'
import type { ApprovalView } from '@tenon/runtime/contract'
import type { UserPrincipal } from '../auth/identity.ts'
import { pinnedFlow } from '../store/pinned-flows.ts'
import { readInstance } from '../store/rows/instances.ts'
import { readTask, tasksOf } from '../store/rows/tasks.ts'
import { TenonError } from '../tenon-error.ts'
import { type QueryPorts, readingFor } from './reading.ts'
import { Refs } from './refs.ts'
import { managesApp } from './task-rights.ts'
import { readTaskView } from './tasks.ts'

type Asked = ApprovalView['people'][number]

/** How the people asked stand at a task, where it can be returned to, and the caller's own draft. */
export async function approvalOf(principal: UserPrincipal, ports: QueryPorts, id: Id): Promise<ApprovalView> {
  const view = await readTaskView(principal, ports, id)
  const db = ports.store.read
  const task = await readTask(db, id)
  const instance = task && (await readInstance(db, task.instance))
  const flow = instance && (await pinnedFlow(db, instance.flowHash))
  const node = asUserTask(flow?.nodes.find((one) => one.id === task?.node))
  if (!task || !instance || !flow || !node) throw new TenonError('task.notFound')
  const me = principal.user.id
  const reading = readingFor(principal, ports, view.app)
  const tasks = await tasksOf(db, task.instance)
  const activity = instance.snapshot.activities.find((open) => open.tasks.some((one) => one.task === id))
  const isManager = managesApp(principal, reading.app.model)
  const mode = node.mode ?? 'single'
  const rows = tasks.filter((one) => isAsked(one, task, activity?.tasks))
  const people: Asked[] = [
    ...rows.map((row): Asked => {
      const addedBy = activity?.tasks.find((one) => one.task === row.task)?.by ?? null
      return {
        person: row.state === 'completed' ? row.completedBy : row.assignee,
        state: row.state === 'completed' ? 'answered' : 'open',
        outcome: row.outcome,
        at: row.completedAt === null ? null : formatInstant(row.completedAt),
        addedBy,
        removable: row.state === 'open' && row.assignee !== me && (isManager || addedBy === me),
      }
    }),
    ...(activity?.next ?? []).map(({ person, via }): Asked => {
      const addedBy = via?.kind === 'signer' ? via.of : null
      const removable = person !== me && (isManager || addedBy === me)
      return { person, state: 'next', outcome: null, at: null, addedBy, removable }
    }),
  ]
  const seats = new Set([...(activity?.tasks ?? []), ...(activity?.next ?? [])].map(({ seat }) => seat)).size
  const targets = activity ? returnTargets(flowGraph(flow), instance.snapshot, activity) : []
  const refs = new Refs(reading)
  const found = targets.map((target) => {
    const last = tasks.findLast((one) => one.node === target && one.state === 'completed')
    const label = flow.nodes.find((one) => one.id === target)?.label ?? target
    return { node: target, label, person: last?.completedBy ?? null, at: last?.completedAt ?? 0 }
  })
  for (const { person, addedBy } of people) for (const one of [person, addedBy]) refs.person(one)
  for (const { person } of found) refs.person(person)
  const { draft } = task
  return {
    mode,
    needed: mode === 'all' || mode === 'sequential' ? needed(node.quorum, Math.max(seats, 1)) : null,
    people,
    targets: found
      .toSorted((a, b) => b.at - a.at)
      .map(({ node: target, label, person }) => ({ node: target, label, person })),
    draft:
      draft?.by === me
        ? {
            at: formatInstant(draft.at),
            values: draft.values as NonNullable<ApprovalView['draft']>['values'],
            comment: draft.comment,
          }
        : null,
    refs: await refs.views(),
  }
}

/** The tasks of the step that count: those of the open activity; of one that is over, what was answered. */
const isAsked = (one: TaskRow, task: TaskRow, open: readonly { readonly task: Id }[] | undefined): boolean =>
  open
    ? open.some((asked) => asked.task === one.task)
    : one.node === task.node && one.visit === task.visit && one.state === 'completed'
