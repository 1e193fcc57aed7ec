import { useQueries } from '@tanstack/react-query'
import type { AppView } from '../../contract/index.ts'
import { client } from './client.ts'

/** Counts beside navigation entries (`app/entry`) and my unread notifications. */
export function useBadges(apps: readonly AppView[]): {
  readonly counts: ReadonlyMap<string, number>
  readonly unread: number
} {
  const answers = useQueries({
    queries: apps.map(({ id }) => ({
      queryKey: ['badges', id],
      queryFn: () => client.apps.badges(id),
      refetchInterval: 120_000,
    })),
  })
  const counts = new Map<string, number>()
  apps.forEach(({ id }, index) => {
    for (const [entry, count] of Object.entries(answers[index]?.data?.items ?? {})) counts.set(`${id}/${entry}`, count)
  })
  return { counts, unread: Math.max(0, ...answers.map(({ data }) => data?.notifications ?? 0)) }
}
