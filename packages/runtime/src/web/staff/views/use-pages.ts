import { useInfiniteQuery } from '@tanstack/react-query'
import type { Condition, FormModel } from '@tenon/engine'
import { useMemo } from 'react'
import type { ListOptions, RecordItem } from '../../../contract/index.ts'
import type { Refs } from '../../../ui/environment.tsx'
import { client } from '../../shell/client.ts'
import { both } from '../list/where.ts'

type Ask = {
  readonly app: string
  readonly form: FormModel
  /** The filter, order and fields of the whole view. */
  readonly options: ListOptions
  /** What of it belongs here: a lane, a stretch of time. */
  readonly where?: Condition | undefined
  readonly size: number
  readonly enabled?: boolean
}

/** Some records of a view, a page at a time: the ordinary list query, narrowed. The first page tells how many there are. */
export function usePages({ app, form, options, where, size, enabled = true }: Ask) {
  const narrowed: ListOptions = { ...options, where: both(options.where as Condition | undefined, where), size }
  const answer = useInfiniteQuery({
    queryKey: ['records', app, form.id, 'pages', narrowed],
    queryFn: ({ pageParam, signal }) =>
      client.records.list(
        app,
        form.id,
        pageParam === undefined ? narrowed : { ...narrowed, cursor: pageParam, count: false },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor,
    enabled,
  })
  const { pages } = answer.data ?? {}
  return useMemo(
    () => ({
      items: (pages ?? []).flatMap((page) => page.items) as readonly RecordItem[],
      refs: Object.assign({}, ...(pages ?? []).map(({ refs }) => refs)) as Refs,
      total: pages?.[0]?.total ?? null,
      answer,
    }),
    [pages, answer],
  )
}
export type Pages = ReturnType<typeof usePages>
