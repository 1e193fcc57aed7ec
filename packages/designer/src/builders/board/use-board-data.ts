import { useQueries } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import {
  type BoardDefinition,
  defaultChoices,
  type MetricDefinition,
  type QueryWidget,
  widgetQuery,
} from '@tenon/reports'
import type { QueryAnswer } from '@tenon/runtime/contract'
import { client } from '@tenon/runtime/page'
import { useUi } from '@tenon/runtime/ui'

export type WidgetAnswer = { readonly answer: QueryAnswer | undefined; readonly error: unknown }

/** What each widget shows of the live data, under my own rights; a widget asks anew only when its question changes. */
export function useBoardData(
  board: BoardDefinition,
  metrics: ReadonlyMap<string, MetricDefinition>,
): ReadonlyMap<string, WidgetAnswer> {
  const { app } = useParams({ from: '/$app' })
  const { zone } = useUi()
  const choices = defaultChoices(board)
  const widgets = board.widgets.filter((widget): widget is QueryWidget => widget.type !== 'text')
  return useQueries({
    queries: widgets.map((widget) => {
      const { compare: _compare, ...query } = widgetQuery(widget, board, choices, {
        zone,
        metrics: (id) => metrics.get(id),
      })
      return {
        queryKey: ['board-query', app, query],
        queryFn: ({ signal }: { signal: AbortSignal }) => client.apps.query(app, query, signal),
        placeholderData: (before: QueryAnswer | undefined) => before,
        retry: false,
        staleTime: 60_000,
      }
    }),
    combine: (results) =>
      new Map(
        widgets.map((widget, at) => [widget.id, { answer: results[at]?.data, error: results[at]?.error ?? undefined }]),
      ),
  })
}
