import {
  type FieldModel,
  type FormModel,
  fieldOptions,
  fieldToText,
  formatInstant,
  isLocale,
  isObject,
  mayUseApp,
  type Principal,
  renderProblem,
  rolesIn,
} from '@tenon/engine'
import {
  type BoardDefinition,
  defaultChoices,
  type FilterChoices,
  type MetricDefinition,
  planList,
  planQuery,
  type QueryDefinition,
  type QueryWidget,
  resolveField,
  widgetQuery,
} from '@tenon/reports'
import { type QueryAnswer as Answer, compileList, compileQuery, runQuery } from '@tenon/reports/sql'
import type { Badges, BoardData, QueryAnswer, QueryColumn, SearchResult } from '@tenon/runtime/contract'
import { notFound, TenonError } from '../tenon-error.ts'
import { shapedQuery } from './conditions.ts'
import { mustPlan } from './list-records.ts'
import { metricsOf, type QueryPorts, type Reading, readingFor, zoneOf } from './reading.ts'
import { Refs } from './refs.ts'
import { worklist } from './tasks.ts'

const searchHits = 20
const hitsPerForm = 6

/**
 * Answers one question about many records, under the principal's own rights. `drafted`: metrics that take the place of
 * published ones; what they look at goes through the same rights.
 */
export async function queryReport(
  principal: Principal,
  ports: QueryPorts,
  app: string,
  query: unknown,
  drafted: readonly MetricDefinition[] = [],
): Promise<QueryAnswer> {
  const reading = readingFor(principal, ports, app)
  const metrics = new Map([...metricsOf(reading.app), ...drafted.map((metric) => [metric.id, metric] as const)])
  return answerOf({ ...reading, env: { ...reading.env, metrics: (id) => metrics.get(id) } }, shapedQuery(query))
}

async function answerOf(
  reading: Reading,
  query: QueryDefinition,
): Promise<QueryAnswer & { previous?: Omit<Answer, 'previous'> }> {
  const plan = mustPlan(planQuery(query, reading.env))
  const { columns, rows, matched, previous } = await runQuery(compileQuery(plan, reading.database), reading.run)
  const refs = new Refs(reading)
  plan.dimensions.forEach(({ ref }, index) => {
    for (const row of rows) refs.value(ref.form, ref.field, row[index])
  })
  return {
    columns: columns.map((column, index) => withLabels(column, plan.dimensions[index]?.ref, rows, index)),
    rows: rows.map((row) => [...row]),
    matched,
    refs: await refs.views(),
    ...(previous ? { previous } : {}),
  }
}

type Dimension = { readonly field: FieldModel; readonly form: FormModel }

/** Options are answered by their id, which never changes, with their names beside it for those who show or compare names. */
function withLabels(
  column: QueryColumn,
  dimension: Dimension | undefined,
  rows: Answer['rows'],
  index: number,
): QueryColumn {
  const options = dimension ? fieldOptions(dimension.field, dimension.form) : []
  if (options.length === 0) return column
  const seen = new Set(rows.map((row) => row[index]))
  return {
    ...column,
    labels: Object.fromEntries(
      options.filter((option) => seen.has(option.id)).map((option) => [option.id, option.label]),
    ),
  }
}

const boardFiles = new WeakMap<Reading['app']['sources'], readonly BoardDefinition[]>()
function boardsIn({ sources }: Reading['app']): readonly BoardDefinition[] {
  const known = boardFiles.get(sources)
  if (known) return known
  const made = sources.filter((file) => file.path.startsWith('boards/')).map((file) => file.json as BoardDefinition)
  boardFiles.set(sources, made)
  return made
}

function mayOpen({ roles }: BoardDefinition, app: string, principal: Principal): boolean {
  if (!mayUseApp(app, principal)) return false
  return (
    roles === undefined || principal.kind === 'system' || rolesIn(app, principal).some((role) => roles.includes(role))
  )
}

/** A board with all its data; a widget that cannot be answered says so and leaves the others alone. */
export async function boardData(
  principal: Principal,
  ports: QueryPorts,
  app: string,
  id: string,
  filters: unknown,
): Promise<BoardData> {
  const reading = readingFor(principal, ports, app)
  const board = boardsIn(reading.app).find((one) => one.id === id)
  if (!board || !mayOpen(board, app, principal)) throw notFound()
  const choices = filters === undefined ? defaultChoices(board) : shapedChoices(filters)
  const widgets: BoardData['widgets'] = []
  for (const widget of board.widgets)
    if (widget.type !== 'text')
      widgets.push(await widgetData(reading, board, widget, choices, zoneOf(principal, reading.app.model)))
  const metrics = [...metricsOf(reading.app).values()].filter((metric) => usesMetric(board, metric))
  return {
    board: board as unknown as Record<string, unknown>,
    metrics: metrics as unknown as Record<string, unknown>[],
    widgets,
    asOf: formatInstant(reading.facts.now),
  }
}

async function widgetData(
  reading: Reading,
  board: BoardDefinition,
  widget: QueryWidget,
  choices: FilterChoices,
  zone: string,
): Promise<BoardData['widgets'][number]> {
  try {
    const query = widgetQuery(widget, board, choices, { zone, metrics: (id) => metricsOf(reading.app).get(id) })
    const { previous, ...answer } = await answerOf(reading, query)
    return {
      id: widget.id,
      answer,
      problem: null,
      ...(previous
        ? {
            previous: {
              columns: [...previous.columns],
              rows: previous.rows.map((row) => [...row]),
              matched: previous.matched,
            },
          }
        : {}),
    }
  } catch (error) {
    if (!(error instanceof TenonError)) throw error
    const [first = { code: error.code, path: '' }] = error.problems
    return {
      id: widget.id,
      answer: null,
      problem: { code: first.code, message: renderProblem(first, localeOf(reading)) },
    }
  }
}

const localeOf = ({ principal }: Reading) =>
  principal.kind === 'user' && isLocale(principal.user.locale) ? principal.user.locale : 'zh-CN'

const usesMetric = (board: BoardDefinition, { id }: MetricDefinition): boolean =>
  board.widgets.some(
    (widget) =>
      widget.type !== 'text' && widget.query.measures.some((measure) => 'metric' in measure && measure.metric === id),
  )

const dayPattern = /^\d{4}-\d{2}-\d{2}$/
const spanPattern = /^P\d{1,4}[DWMY]$/

/** Choices come from a query string: only what a choice may be goes on. */
function shapedChoices(filters: unknown): FilterChoices {
  if (!isObject(filters)) throw new TenonError('request.malformed', { reason: 'filters' })
  return Object.fromEntries(
    Object.entries(filters)
      .slice(0, 20)
      .map(([id, choice]) => {
        const shaped = isObject(choice) ? shapedChoice(choice) : undefined
        if (!shaped) throw new TenonError('request.malformed', { reason: `filters.${id}` })
        return [id, shaped]
      }),
  )
}

function shapedChoice({ within, from, to, values }: Record<string, unknown>): FilterChoices[string] | undefined {
  if (
    Array.isArray(values) &&
    values.length <= 200 &&
    values.every((value) => value === null || typeof value === 'string')
  )
    return { values }
  if (typeof within === 'string') return spanPattern.test(within) ? { within } : undefined
  const isDay = (day: unknown) => day === undefined || (typeof day === 'string' && dayPattern.test(day))
  if (!isDay(from) || !isDay(to)) return undefined
  return { ...(from === undefined ? {} : { from: from as string }), ...(to === undefined ? {} : { to: to as string }) }
}

/** Numbers beside navigation entries: open tasks that are mine or that I may take, and unread notifications. */
export async function badgesOf(principal: Principal, ports: QueryPorts, app: string): Promise<Badges> {
  const loaded = ports.memory.now.apps.app(app)
  if (!loaded) throw notFound()
  if (principal.kind !== 'user') return { items: {}, notifications: 0 }
  const entries = loaded.model.definition.navigation.filter((item) => item.page === 'workbench')
  const open =
    entries.length > 0 ? (await worklist(principal, ports, { app, mine: true, pool: true, size: 1 })).total : 0
  const unread = await ports.store.read
    .selectFrom('notifications')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('user_id', '=', principal.user.id)
    .where('read_at', 'is', null)
    .executeTakeFirst()
  return { items: Object.fromEntries(entries.map(({ id }) => [id, open])), notifications: Number(unread?.n ?? 0) }
}

/** Records of all apps that a text finds, newest of each form first. */
export async function searchEverything(principal: Principal, ports: QueryPorts, q: string): Promise<SearchResult> {
  const items: SearchResult['items'] = []
  for (const { model } of ports.memory.now.apps.all()) {
    const reading = readingFor(principal, ports, model.id)
    for (const form of model.forms.values()) {
      if (reading.env.scopes(form).rows === 'none' || items.length >= searchHits) continue
      items.push(...(await hitsIn(reading, form, q)))
    }
  }
  return { items: items.slice(0, searchHits) }
}

async function hitsIn(reading: Reading, form: FormModel, q: string): Promise<SearchResult['items']> {
  const columns = (form.definition.views?.[0]?.columns ?? [])
    .filter((id) => !form.fields.get(id)?.system && resolveField([id], form, reading.env)?.field.stored)
    .slice(0, 4)
  const plan = planList(
    { form: form.id, q, fields: ['title', ...columns], sort: ['-updated_at'], size: hitsPerForm },
    reading.env,
  )
  if (!plan.ok) return []
  const list = compileList(plan.value, reading.database)
  return list.page(await reading.run(list.statement)).items.map(({ id, values }) => ({
    app: form.app,
    form: form.id,
    id,
    title: String(values.title ?? ''),
    snippet: columns
      .flatMap((column) => {
        const field = form.fields.get(column)
        const value = values[column]
        return field && value !== undefined && field.target === undefined
          ? [fieldToText(value, field, { locale: 'zh-CN', zone: reading.facts.zone, form })]
          : []
      })
      .filter((text) => text !== '' && !String(values.title ?? '').includes(text))
      .join(' · '),
  }))
}
