import { useQuery } from '@tanstack/react-query'
import type { ApprovalView, TaskView } from '../../../contract/index.ts'
import { client } from '../../shell/client.ts'

/** How the people asked stand at a task, where it can be returned to, and my draft; read again when the task changes. */
export function useApproval(task: TaskView | undefined): ApprovalView | undefined {
  const asked = useQuery({
    queryKey: ['tasks', 'approval', task?.id ?? '', task?.version ?? 0],
    enabled: task !== undefined,
    queryFn: ({ signal }) => client.tasks.approval(task?.id ?? '', signal),
  })
  return asked.data
}

/** My answer, where it is the newest of the record and can still be taken back. */
export function useMyAnswer(record: string, me: string): TaskView | undefined {
  const done = useQuery({
    queryKey: ['tasks', 'record', record, 'completed'],
    queryFn: ({ signal }) => client.tasks.list({ record, state: 'completed', size: 1 }, signal),
  })
  const [last] = done.data?.items ?? []
  return last?.completedBy === me && last.can.includes('withdraw') ? last : undefined
}
