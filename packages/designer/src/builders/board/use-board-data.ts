import { useQueries } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import {
  type BoardDefinition,
  type FilterChoices,
  type MetricDefinition,
  type QueryDefinition,
  type QueryWidget,
  widgetQuery,
} from '@tenon/reports'
import type { QueryAnswer } from '@tenon/runtime/contract'
import { client } from '@tenon/runtime/page'
import { useUi } from '@tenon/runtime/ui'

export type WidgetAnswer = { readonly answer: QueryAnswer | undefined; readonly error: unknown }

/** What each widget shows of the live data, under my own rights, by the metrics of the draft; it asks anew only when its question changes. */
export function useBoardData(
  board: BoardDefinition,
  metrics: ReadonlyMap<string, MetricDefinition>,
  choices: FilterChoices,
): ReadonlyMap<string, WidgetAnswer> {
  const { app } = useParams({ from: '/$app' })
  const { zone } = useUi()
  const widgets = board.widgets.filter((widget): widget is QueryWidget => widget.type !== 'text')
  return useQueries({
    queries: widgets.map((widget) => {
      const { compare: _compare, ...query } = widgetQuery(widget, board, choices, {
        zone,
        metrics: (id) => metrics.get(id),
      })
      return {
        queryKey: ['board-query', app, query, metricsOf(query, metrics)],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          client.design.query(app, { query, metrics: metricsOf(query, metrics) }, signal),
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

/** The metrics of the draft that a question names. */
const metricsOf = (query: QueryDefinition, metrics: ReadonlyMap<string, MetricDefinition>): MetricDefinition[] =>
  query.measures.flatMap((measure) => ('metric' in measure ? (metrics.get(measure.metric) ?? []) : []))
