import type { TaskView } from '../../../contract/index.ts'

/** The task to be shown: the asked one, else one I can complete, else one I can take. */
export function pickTask(tasks: readonly TaskView[], wanted: string | undefined): TaskView | undefined {
  const open = tasks.filter(({ state }) => state === 'open')
  return (
    open.find(({ id, can }) => id === wanted && can.length > 0) ??
    open.find(({ can, assignee }) => can.includes('complete') && assignee !== null) ??
    open.find(({ can }) => can.includes('claim')) ??
    open.find(({ can }) => can.length > 0)
  )
}
