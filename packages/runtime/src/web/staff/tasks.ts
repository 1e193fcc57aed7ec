import { useQuery } from '@tanstack/react-query'
import type { ClockView, TaskPage, TaskView } from '../../contract/index.ts'
import type { ShownClock } from '../../ui/show/Countdown.tsx'
import { client } from '../shell/client.ts'

export type Queue = 'mine' | 'pool'

/** Sooner due first, then older first; what has no limit waits behind what has one. */
function byUrgency(a: TaskView, b: TaskView): number {
  const due = (task: TaskView) => Date.parse(task.nearest?.dueAt ?? task.dueAt ?? '9999-12-31')
  return due(a) - due(b) || a.createdAt.localeCompare(b.createdAt)
}

const mostShown = 200

/** Open tasks of a queue, most urgent first; `total` counts those beyond the shown ones too. */
export function useQueue(queue: Queue) {
  return useQuery({
    queryKey: ['tasks', queue],
    queryFn: ({ signal }): Promise<TaskPage> =>
      client.tasks.list({ state: 'open', [queue]: true, size: mostShown }, signal),
    select: (page) => ({ ...page, items: [...page.items].sort(byUrgency) }),
  })
}

export const shownClock = (clock: ClockView): ShownClock => ({
  state: clock.state,
  targetMs: clock.targetMs,
  elapsedMs: clock.elapsedMs,
  dueAt: clock.dueAt === null ? null : Date.parse(clock.dueAt),
  met: clock.met,
})
