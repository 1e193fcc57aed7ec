import { type Condition, type FieldValue, type FormModel, fieldsReadBy, type Principal, recompute } from '@tenon/engine'
import { type ListPlan, type ListRequest, planList, resolveField, withPage } from '@tenon/reports'
import { compileList, type ListItem, type ListPage } from '@tenon/reports/sql'
import type { ListParameters, RecordItem, RecordPage, WireValue } from '@tenon/runtime/contract'
import { readRecords } from '../store/rows/records.ts'
import { notFound, TenonError } from '../tenon-error.ts'
import { mustCompare, readCondition } from './conditions.ts'
import { linkedFacts } from './linked-facts.ts'
import { formFor, type QueryPorts, type Reading, readingFor } from './reading.ts'
import { countOf, pageOf, readyList } from './ready-lists.ts'
import { Refs } from './refs.ts'

const exportPage = 500
/** Part of every row, whatever was asked for. */
const always = ['title', 'created_at', 'created_by', 'updated_at', 'updated_by'] as const
const isAlways: ReadonlySet<string> = new Set(always)

/** A page of a form's records as the principal may see them. */
export async function listRecords(
  principal: Principal,
  ports: QueryPorts,
  app: string,
  formId: string,
  parameters: ListParameters,
): Promise<RecordPage> {
  const reading = readingFor(principal, ports, app)
  const form = formFor(reading, formId)
  const ready = readyList(reading, `${formId} ${JSON.stringify(parameters)}`, () => planOf(reading, form, parameters))
  const [page, total] = await Promise.all([
    pageOf(reading, ready).then((found) => shownPage(reading, form, ready.plan, fieldsOf(form, parameters), found)),
    parameters.count === false ? null : countOf(reading, ready),
  ])
  return { ...page, total }
}

/** Page after page, only rows with the right `export`. */
export async function* exportPages(
  principal: Principal,
  ports: QueryPorts,
  app: string,
  formId: string,
  parameters: ListParameters,
): AsyncGenerator<RecordPage> {
  const reading = readingFor(principal, ports, app, 'export')
  const form = formFor(reading, formId)
  const plan = planOf(reading, form, { ...parameters, page: 1, size: exportPage })
  let cursor: string | undefined
  do {
    // Every page reads the rights anew: what was taken away meanwhile is gone from the next page on.
    const part = withPage(plan, { size: exportPage, cursor })
    const list = compileList(part, reading.database)
    const found = list.page(await reading.run(list.statement))
    const page = await shownPage(reading, form, part, fieldsOf(form, parameters), found)
    yield { ...page, total: null }
    cursor = page.nextCursor
  } while (cursor !== undefined)
}

/** Ids of at most `limit` records that a condition and a text find. */
export async function findIds(
  principal: Principal,
  ports: QueryPorts,
  app: string,
  formId: string,
  by: { where?: Condition | undefined; q?: string | undefined },
  limit: number,
): Promise<readonly string[]> {
  const reading = readingFor(principal, ports, app)
  const form = formFor(reading, formId)
  return visibleIds(reading, form, { where: by.where, q: by.q, sort: ['id'] }, limit, () =>
    mustCompare(by.where, form, reading),
  )
}

/** Ids of at most `limit` records the reader may see. `check`: asked after the plan. */
export async function visibleIds(
  reading: Reading,
  form: FormModel,
  request: Pick<ListRequest, 'where' | 'q' | 'sort'>,
  limit: number,
  check: () => void = () => {},
): Promise<readonly string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const size = Math.min(500, limit - ids.length)
    const plan = mustPlan(planList({ ...request, form: form.id, fields: [], size, cursor }, reading.env))
    check()
    const list = compileList(plan, reading.database)
    const page = list.page(await reading.run(list.statement))
    ids.push(...page.items.map((item) => item.id))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined && ids.length < limit)
  return ids
}

/** The plan, or its problems thrown; a form that is not there for the reader is not there. */
export function mustPlan<T>(
  planned: { ok: true; value: T } | { ok: false; error: readonly { code: string; path: string }[] },
): T {
  if (planned.ok) return planned.value
  if (planned.error.some((one) => one.code === 'form.unknown')) throw notFound()
  throw new TenonError('query.invalid', undefined, planned.error)
}

function planOf(reading: Reading, form: FormModel, parameters: ListParameters): ListPlan {
  const view =
    parameters.view === undefined ? undefined : form.definition.views?.find((one) => one.id === parameters.view)
  if (parameters.view !== undefined && !view) throw notFound()
  const asked = readCondition(parameters.where)
  const conditions = [view?.where, asked].filter((one) => one !== undefined)
  const plan = mustPlan(
    planList(
      {
        form: form.id,
        where: conditions.length > 1 ? { all: conditions } : conditions[0],
        sort: split(parameters.sort) ?? view?.sort,
        fields: [...new Set([...fieldsOf(form, parameters, reading), ...always])],
        q: parameters.q,
        page: parameters.page,
        size: parameters.size,
        cursor: parameters.cursor,
      },
      reading.env,
    ),
  )
  mustCompare(asked, form, reading)
  return plan
}

const split = (text: string | undefined): readonly string[] | undefined => {
  const parts = text
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  return parts && parts.length > 0 ? parts : undefined
}

/** Which fields a row shows: those asked for, else the view's, else all of the form's own that the reader may see. */
function fieldsOf(form: FormModel, parameters: ListParameters, reading?: Reading): readonly string[] {
  const asked = split(parameters.fields)
  if (asked) return asked
  const isSeen = (path: string) =>
    reading === undefined || planList({ form: form.id, fields: [path], sort: ['id'] }, reading.env).ok
  const view = form.definition.views?.find((one) => one.id === parameters.view)
  // A view's column that this reader may not see is left out of his view; only what he asks for himself is refused.
  if (view) return [...(view.columns ?? []), ...fieldsReadBy(view)].filter(isSeen)
  return form.definition.fields
    .filter(
      (field) =>
        form.fields.has(field.id) &&
        (reading === undefined || resolveField([field.id], form, reading.env) !== undefined),
    )
    .map((field) => field.id)
}

async function shownPage(
  reading: Reading,
  form: FormModel,
  plan: ListPlan,
  shown: readonly string[],
  { items, nextCursor }: ListPage,
): Promise<Omit<RecordPage, 'total'>> {
  const computed = plan.computed.length > 0 ? await computedValues(reading, form, plan, items) : nothingComputed
  const refs = new Refs(reading)
  const own = shown.filter((path) => !isAlways.has(path))
  const rows = items.map((item) => recordItem(form, item, own, computed.get(item.id)))
  for (const { path, field, form: owner } of plan.fields) {
    if (field.target === undefined && field.rows === undefined) continue
    const name = path.join('.')
    for (const item of items) refs.value(owner, field, item.values[name])
  }
  for (const row of rows) {
    refs.person(row.created_by)
    refs.person(row.updated_by)
  }
  return { items: rows, refs: await refs.views(), ...(nextCursor === null ? {} : { nextCursor }) }
}

function recordItem(
  form: FormModel,
  { id, version, values }: ListItem,
  shown: readonly string[],
  computed: Readonly<Record<string, FieldValue>> = {},
): RecordItem {
  const own: Record<string, WireValue> = {}
  for (const path of shown) {
    const value = computed[path] ?? values[path]
    if (value !== undefined) own[path] = value as WireValue
  }
  return {
    app: form.app,
    form: form.id,
    id,
    version,
    title: String(values.title ?? ''),
    created_at: String(values.created_at),
    created_by: (values.created_by as string | undefined) ?? null,
    updated_at: String(values.updated_at),
    updated_by: (values.updated_by as string | undefined) ?? null,
    values: own,
  }
}

const nothingComputed: ReadonlyMap<string, Readonly<Record<string, FieldValue>>> = new Map()

/** Values that are calculated when they are shown: formulas of now() and today(). */
async function computedValues(
  reading: Reading,
  form: FormModel,
  plan: ListPlan,
  items: readonly ListItem[],
): Promise<ReadonlyMap<string, Readonly<Record<string, FieldValue>>>> {
  const storage = reading.memory.apps.storage(form.app, form.id)
  const wanted = plan.computed.filter((ref) => ref.path.length === 1).map((ref) => ref.field.id)
  if (!storage || wanted.length === 0) return nothingComputed
  const rows = await readRecords(
    reading.db,
    storage,
    items.map((item) => item.id),
  )
  const values = new Map<string, Readonly<Record<string, FieldValue>>>()
  for (const row of rows) {
    const data = recompute(form, row.data, 'all', await linkedFacts(reading, row), reading.env.lookup)
    values.set(row.id, Object.fromEntries(wanted.flatMap((id) => (data[id] === undefined ? [] : [[id, data[id]]]))))
  }
  return values
}
