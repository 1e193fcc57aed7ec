import type { FlowDefinition } from '../definitions/flow.ts'
import type { Id } from '../kernel/ids.ts'
import { asUserTask, consent, done } from '../nodes/userTask/verdict.ts'
import type { InstanceRow, TaskRow } from './rows.ts'
import type { Work } from './work.ts'

/**
 * Who has given the first outcome of a step before, in the step answered last or in any of this run; for nodes that do
 * not ask the same person twice. Undefined where no node of the flow wants to know.
 */
export async function agreedBefore(
  work: Work,
  { instance }: InstanceRow,
  flow: FlowDefinition,
): Promise<((where: 'adjacent' | 'all') => readonly Id[]) | undefined> {
  if (!flow.nodes.some((node) => asUserTask(node)?.dedupe !== undefined)) return undefined
  const answered = (await work.tasksOf(instance))
    .filter((task) => task.state === 'completed')
    .toSorted((a, b) => (a.completedAt ?? 0) - (b.completedAt ?? 0))
  const last = answered.at(-1)
  const isAdjacent = (task: TaskRow) => task.node === last?.node && task.visit === last.visit
  return (where) =>
    answered
      .filter((task) => (where === 'all' || isAdjacent(task)) && hasAgreed(flow, task))
      .flatMap(({ completedBy }) => completedBy ?? [])
}

function hasAgreed(flow: FlowDefinition, { node: id, outcome }: TaskRow): boolean {
  const node = asUserTask(flow.nodes.find((one) => one.id === id))
  return node !== undefined && consent(node) === (outcome ?? done)
}
