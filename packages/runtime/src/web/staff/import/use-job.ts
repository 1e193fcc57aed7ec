import { useQuery } from '@tanstack/react-query'
import type { ImportResult, JobView } from '../../../contract/index.ts'
import { client } from '../../shell/client.ts'

export const isOver = (job: JobView | undefined): boolean => job?.state === 'done' || job?.state === 'failed'

/** A job as it goes on; asked every second until it is over. */
export const useJob = (id: string | undefined) =>
  useQuery({
    queryKey: ['job', id],
    enabled: id !== undefined,
    queryFn: () => client.jobs.get(id ?? ''),
    refetchInterval: ({ state }) => (isOver(state.data) ? false : 1000),
  })

export const importResult = (job: JobView | undefined): ImportResult | undefined =>
  (job?.result ?? undefined) as ImportResult | undefined
