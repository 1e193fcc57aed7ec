import { type Condition, type FieldModel, type FormModel, fieldOptions, viewFields } from '@tenon/engine'
import type { BoardReads, FigureReads } from '@tenon/reports'
import type { DatabaseKind } from '../database.ts'
import type { FormStorage } from '../form-storage.ts'
import { quoted } from '../statement.ts'
import { indexName } from './names.ts'
import { isUnique } from './plan.ts'

/** What others ask of the form's records. */
export type Asked = { readonly boards?: readonly BoardReads[]; readonly figures?: readonly FigureReads[] }
export type Index = { readonly name: string; readonly create: string }

/**
 * The indexes a form's definitions ask for: uniqueness, links, fields marked so, and for each view what it filters by
 * followed by what it sorts by, and what its lanes, days or bars are by; what access rules ask comes first in the order lists have of themselves. Every one ends in `id`, so that paging has a place to go on from.
 * For boards there is one that holds all their widgets read, so that a report never touches the records themselves.
 * Figures that rules ask for are found by their records' link, or by the time they count by.
 */
export function indexesOf(
  form: FormModel,
  storage: FormStorage,
  kind: DatabaseKind,
  { boards = [], figures = [] }: Asked = {},
): readonly Index[] {
  const wanted = new Map<string, readonly string[]>()
  const want = (columns: readonly (string | undefined)[]) => {
    const known = columns.filter((column) => column !== undefined)
    if (known.length > 0 && known.length === columns.length) wanted.set(known.join(','), known)
  }
  const column = (field: string): string | undefined =>
    storage.columns.get(field)?.column ?? (systemSortable.has(field) ? field : undefined)
  want(['created_at'])
  want(['updated_at'])
  for (const field of form.fields.values()) {
    if (field.system || !field.stored || !column(field.id)) continue
    if (field.target?.kind === 'record' || isIndexed(field.definition)) want([column(field.id)])
  }
  for (const view of form.definition.views ?? []) {
    const sorted = (view.sort ?? ['-created_at']).map((sort) => sort.replace(/^-/, '')).slice(0, 2)
    for (const filtered of equalFields(view.where).slice(0, 2)) want([column(filtered), ...sorted.map(column)])
    want(sorted.map(column))
    // A lane is its value in the view's order; days and bars are a stretch of time.
    for (const { property, rule } of viewFields(view.type)) {
      const field = (view as { readonly [property: string]: unknown })[property]
      if (typeof field !== 'string') continue
      if (rule.fits === 'lanes') want([column(field), ...sorted.map(column)])
      if (rule.fits === 'moment') want([column(field)])
    }
  }
  for (const entry of form.definition.access ?? [])
    for (const field of equalFields(entry.rows).slice(0, 3)) want([column(field), 'created_at'])
  // An index for boards begins with the time they count by.
  const times = new Set(boards.filter((reads) => reads.form === form.id).map(({ time }) => time))
  for (const { form: of, time, by } of figures)
    if (of === form.id && !times.has(time) && !by.some((path) => form.fields.get(path)?.target?.kind === 'record'))
      want([column(time)])
  const unique = [...form.fields.values()].filter(isUnique).flatMap((field) => column(field.id) ?? [])
  return [
    ...[...wanted.values()].map((columns) => plain(storage.table, columns, kind)),
    ...boards.filter((reads) => reads.form === form.id).flatMap((reads) => covering(form, storage, reads)),
    ...unique.map((name) => partialUnique(storage.table, name)),
    batchIndex(storage.table),
  ]
}

const systemSortable: ReadonlySet<string> = new Set(['created_at', 'updated_at', 'created_by', 'updated_by', 'title'])
const isIndexed = (definition: object | undefined): boolean =>
  definition !== undefined && 'indexed' in definition && definition.indexed === true

/** Fields of the record itself that must have one of some values for the condition to hold. */
function equalFields(condition: Condition | undefined): readonly string[] {
  if (!condition) return []
  if ('all' in condition) return condition.all.flatMap(equalFields)
  if ('any' in condition) return condition.any.flatMap(equalFields)
  if (
    !('fact' in condition) ||
    condition.fact !== 'record' ||
    (condition.operator !== 'equal' && condition.operator !== 'in')
  )
    return []
  const [field, ...further] = (condition.path ?? '').slice(2).split('.')
  return field && further.length === 0 ? [field] : []
}

/** Columns that are never blank; lists order all others with blanks as the smallest value, on both databases. */
const neverBlank: ReadonlySet<string> = new Set(['id', 'created_at', 'updated_at', 'title', 'batch'])

function plain(table: string, columns: readonly string[], kind: DatabaseKind): Index {
  const all = columns.at(-1) === 'id' ? columns : [...columns, 'id']
  const name = indexName('i', table, all)
  // PostgreSQL takes blanks for the largest value and uses no index for the other order; SQLite has no choice and needs none.
  const ordered = all.map(
    (column) => quoted(column) + (kind === 'postgres' && !neverBlank.has(column) ? ' NULLS FIRST' : ''),
  )
  return {
    name,
    create: `CREATE INDEX IF NOT EXISTS ${quoted(name)} ON ${quoted(table)} (${ordered.join(', ')})`,
  }
}

/** Beyond these an index is hardly smaller than the table. */
const mostCovered = 16

/**
 * It begins with a time, which hardly two records share: begun with what many share it would draw SQLite's planner away
 * from the order of lists (measured: a page filtered by priority, 8 ms → 120 ms). None where a field is not kept or may
 * be long: an entry of an index must fit into a page.
 */
function covering(form: FormModel, storage: FormStorage, { time, others }: BoardReads): readonly Index[] {
  const columns = [time, ...others].map((name) => {
    const field = form.fields.get(name)
    if (!field || !isShort(field, form)) return undefined
    return field.system ? field.id : storage.columns.get(name)?.column
  })
  const known = columns.filter((column) => column !== undefined)
  if (known.length < 2 || known.length > mostCovered || known.length < columns.length) return []
  const name = indexName('i', storage.table, known)
  const create = `CREATE INDEX IF NOT EXISTS ${quoted(name)} ON ${quoted(storage.table)} (${known.map(quoted).join(', ')})`
  return [{ name, create }]
}

const isShort = (field: FieldModel, form: FormModel): boolean =>
  (field.value.kind !== 'text' && field.value.kind !== 'list') ||
  (field.value.kind === 'text' && !field.system && fieldOptions(field, form).length > 0)

/** Blanks do not count: two records without a number are not in each other's way. */
function partialUnique(table: string, column: string): Index {
  const name = indexName('u', table, [column])
  return {
    name,
    create: `CREATE UNIQUE INDEX IF NOT EXISTS ${quoted(name)} ON ${quoted(table)} (${quoted(column)}) WHERE ${quoted(column)} IS NOT NULL`,
  }
}

function batchIndex(table: string): Index {
  const name = indexName('i', table, ['batch'])
  return {
    name,
    create: `CREATE INDEX IF NOT EXISTS ${quoted(name)} ON ${quoted(table)} (batch) WHERE batch IS NOT NULL`,
  }
}
