import { resolveText, type TextValue } from '../kernel/text.ts'
import type { TaskRow } from './rows.ts'
import type { Work } from './work.ts'

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
