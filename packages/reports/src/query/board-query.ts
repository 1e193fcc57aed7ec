import { type Condition, endOfDay, formatInstant, parseInstant, startOfDay } from '@tenon/engine'
import type { BoardDefinition, BoardFilter, QueryWidget } from '../definitions/board.ts'
import type { MetricLookup } from '../definitions/metric.ts'
import type { QueryDefinition } from '../definitions/query.ts'

/** What somebody chose above a board: a period (`P30D` back from now, or days from … to, inclusive) or values of a field. */
export type FilterChoice =
  | { readonly within: string }
  | { readonly from?: string; readonly to?: string }
  | { readonly values: readonly (string | null)[] }
export type FilterChoices = { readonly [filter: string]: FilterChoice }

/** The choices a board opens with. */
export const defaultChoices = ({ filters = [] }: BoardDefinition): FilterChoices =>
  Object.fromEntries(
    filters.flatMap((filter): [string, FilterChoice][] => {
      if (filter.default === undefined) return []
      return [[filter.id, filter.type === 'period' ? { within: filter.default } : { values: filter.default }]]
    }),
  )

/** Whose days count, and the metrics of the app. */
export type BoardContext = { readonly zone: string; readonly metrics?: MetricLookup }

/** The question of a widget under the choices made for its board. A filter that names no field of its form leaves it alone. */
export function widgetQuery(
  widget: QueryWidget,
  board: BoardDefinition,
  choices: FilterChoices,
  { zone, metrics }: BoardContext,
): QueryDefinition {
  const made = (board.filters ?? []).flatMap((filter) => {
    const choice = choices[filter.id]
    return choice === undefined ? [] : [{ filter, choice }]
  })
  const chosen = made.flatMap(({ filter, choice }) =>
    filterCondition(filter, choice, widget, { zone, ...(metrics ? { metrics } : {}) }),
  )
  if (chosen.length === 0) return { ...widget.query, zone }
  // One flat list: bounds on time stay where backlogs look for them.
  const own =
    widget.query.where === undefined ? [] : 'all' in widget.query.where ? widget.query.where.all : [widget.query.where]
  const length = made.flatMap(({ filter, choice }) => (filter.type === 'period' ? (lengthOf(choice) ?? []) : []))[0]
  const compare = widget.query.compare !== undefined && length !== undefined ? { compare: { previous: length } } : {}
  return { ...widget.query, zone, where: { all: [...own, ...chosen] }, ...compare }
}

/** A period is compared with the one of the same length before it. */
function lengthOf(choice: FilterChoice): string | undefined {
  if ('within' in choice) return choice.within
  if ('values' in choice || choice.from === undefined || choice.to === undefined) return undefined
  const [from, to] = [choice.from, choice.to].map((day) => parseInstant(`${day}T00:00:00Z`) ?? 0)
  return `P${Math.round(((to ?? 0) - (from ?? 0)) / 86_400_000) + 1}D`
}

function filterCondition(
  filter: BoardFilter,
  choice: FilterChoice,
  widget: QueryWidget,
  { zone, metrics }: BoardContext,
): readonly Condition[] {
  const { form } = widget.query
  if (filter.type === 'period')
    return 'values' in choice ? [] : periodConditions(filter.at?.[form] ?? timeOf(widget, metrics), choice, zone)
  const field = filter.fields[form]
  if (field === undefined || !('values' in choice) || choice.values.length === 0) return []
  const values = choice.values.filter((value) => value !== null)
  const blank: Condition[] = choice.values.includes(null) ? [leaf(field, 'isEmpty')] : []
  return [{ any: [leaf(field, 'in', values), ...blank] }]
}

/** The time by which a widget's records belong to a period: that of its dimension, else of its metric. */
export function timeOf({ query }: QueryWidget, metrics: MetricLookup | undefined): string {
  const metric = query.measures.flatMap((measure) => ('metric' in measure ? (metrics?.(measure.metric) ?? []) : []))[0]
  return metric?.at ?? query.by?.find(({ bucket }) => bucket !== undefined)?.field ?? 'created_at'
}

const leaf = (field: string, operator: string, value?: unknown): Condition =>
  ({ fact: 'record', path: `$.${field}`, operator, ...(value === undefined ? {} : { value }) }) as Condition

function periodConditions(
  field: string,
  choice: Exclude<FilterChoice, { values: unknown }>,
  zone: string,
): readonly Condition[] {
  if ('within' in choice) return [leaf(field, 'within', choice.within)]
  return [
    ...(choice.from === undefined
      ? []
      : [leaf(field, 'greaterThanInclusive', formatInstant(startOfDay(zone, choice.from)))]),
    ...(choice.to === undefined ? [] : [leaf(field, 'lessThan', formatInstant(endOfDay(zone, choice.to)))]),
  ]
}
