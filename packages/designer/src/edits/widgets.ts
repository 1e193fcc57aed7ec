import type { TextValue } from '@tenon/engine'
import {
  type BoardDefinition,
  type Dimension,
  type Measure,
  type QueryWidget,
  type Widget,
  type WidgetType,
  widgetSchemas,
} from '@tenon/reports'
import { freshId } from './fresh-id.ts'
import { bottomOf } from './grid.ts'

type Query = QueryWidget['query']
const sizes: { readonly [T in WidgetType]: readonly [w: number, h: number] } = {
  number: [3, 2],
  line: [6, 4],
  bar: [6, 4],
  pie: [4, 4],
  table: [6, 5],
  text: [12, 1],
}

/** Whether a kind of widget asks a question; the others show a text. */
export const asks = (type: WidgetType): boolean => 'query' in widgetSchemas[type].properties

/** A widget of a kind, below all others, that counts the records of a form. */
export function newWidget(board: BoardDefinition, type: WidgetType, form: string, label: TextValue): Widget {
  const [w, h] = sizes[type]
  const head = {
    id: freshId('', type, (id) => board.widgets.some((widget) => widget.id === id)),
    label,
    at: { x: 0, y: bottomOf(board.widgets), w, h },
  }
  if (!asks(type)) return { ...head, type, text: label } as Widget
  return { ...head, type, query: newQuery(type, form) } as Widget
}

const counted: Measure = { id: 'count', agg: 'count' }

function newQuery(type: WidgetType, form: string): Query {
  const query: Query = { form, measures: [counted] }
  if (type === 'line' || type === 'bar') return { ...query, by: [{ field: 'created_at', bucket: 'month' }] }
  return query
}

/** The same question asked of another kind of chart; options that only the old kind knew go. */
export function withType(widget: Widget, type: WidgetType): Widget {
  if (widget.type === type) return widget
  const { id, label, at } = widget
  const head = { id, label, at }
  if (!asks(type)) return { ...head, type, text: label } as Widget
  const query = 'query' in widget ? widget.query : undefined
  return { ...head, type, query: query ?? newQuery(type, '') } as Widget
}

/** The question of a widget asked of another form: what named the old one's fields goes. */
export const withForm = (widget: QueryWidget, form: string): QueryWidget =>
  widget.query.form === form ? widget : ({ ...widget, query: newQuery(widget.type, form) } as QueryWidget)

/** What a widget measures, by the keys of `measureKey`; measures that are there keep what else they say. */
export function withMeasures(query: Query, keys: readonly string[]): Query {
  if (keys.length === 0) return query
  const measures = keys.map((key): Measure => {
    const known = query.measures.find((measure) => measureKey(measure) === key)
    if (known) return known
    const metric = /^metric:(.+)$/.exec(key)?.[1]
    return metric === undefined ? counted : { id: metric, metric }
  })
  const ids = new Set(measures.map(({ id }) => id))
  const paths = new Set((query.by ?? []).map(({ field }) => field))
  const { sort, ...rest } = query
  const kept = sort?.filter((name) => ids.has(name.replace(/^-/, '')) || paths.has(name.replace(/^-/, '')))
  return { ...rest, measures, ...(kept && kept.length > 0 ? { sort: kept } : {}) }
}

/** A measure among the choices of a widget: the number of records, a metric of the dictionary, or one of its own. */
export const measureKey = (measure: Measure): string => {
  if ('metric' in measure) return `metric:${measure.metric}`
  return measure.agg === 'count' && measure.where === undefined ? 'count' : `own:${measure.id}`
}

/** The dimension at a place (first, second); undefined takes it away, and what comes behind moves up. */
export function withDimension(query: Query, at: number, dimension: Dimension | undefined): Query {
  const before = query.by ?? []
  const by = dimension === undefined ? before.filter((_, index) => index !== at) : before.toSpliced(at, 1, dimension)
  const { by: _by, ...rest } = query
  return by.length === 0 ? rest : { ...rest, by }
}

/** Largest first, and so many of them; undefined: as the dimensions come. */
export function withTop(query: Query, isTop: boolean, limit: number | undefined): Query {
  const { sort: _sort, limit: _limit, ...rest } = query
  const first = query.measures[0]?.id
  return { ...rest, ...(isTop && first ? { sort: [`-${first}`] } : {}), ...(limit === undefined ? {} : { limit }) }
}
