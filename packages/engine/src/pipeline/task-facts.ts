import { variablesIn } from '../flow/variables.ts'
import { resolveText, type TextValue } from '../kernel/text.ts'
import type { TaskRow } from './rows.ts'
import type { Work } from './work.ts'

/** The values of the level of its flow in which a task is open: the item of a multi-instance activity, among others. */
export async function flowFacts(work: Work, task: TaskRow): Promise<{ readonly [key: string]: unknown }> {
  const instance = await work.instance(task.instance)
  const activity = instance?.snapshot.activities.find((one) => one.tasks.some((open) => open.task === task.task))
  const token = instance?.snapshot.tokens.find((one) => one.id === activity?.token)
  const values = instance && token ? variablesIn(instance.snapshot.scopes, token.scope) : {}
  return { ...values, id: task.flow, instance: task.instance }
}

/** A task as conditions and messages see it. The label is that of the flow as published now. */
export function taskFacts(work: Work, task: TaskRow, locale = 'zh-CN'): { readonly [key: string]: unknown } {
  const app = work.world.app(task.app)
  const node = app?.flows.get(task.flow)?.nodes.find((one) => one.id === task.node)
  const label: TextValue | undefined = node?.label
  return {
    id: task.task,
    node: task.node,
    flow: task.flow,
    assignee: task.assignee,
    label: resolveText(label ?? task.node, locale),
  }
}
