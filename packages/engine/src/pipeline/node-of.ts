import type { FlowNode } from '../definitions/flow.ts'
import type { TaskRow } from './rows.ts'
import type { Work } from './work.ts'

/** The node of the pinned flow a task stands at. */
export async function nodeOf(work: Work, task: TaskRow): Promise<FlowNode | undefined> {
  const instance = await work.instance(task.instance)
  const flow = instance && (await work.world.pinnedFlow(instance.flowHash))
  return flow?.nodes.find((node) => node.id === task.node)
}
