import { type FieldValue, type FormModel, isBlank, type ValueType } from '@tenon/engine'
import { sql } from 'kysely'
import type { ListPlan, PlannedSort } from '../query/plan-list.ts'
import { writeCursor } from '../query/plan-list.ts'
import { searchGroups, searchKey } from '../query/search-tokens.ts'
import { allOf, always, anyOf, type Clause, clause, expressionOf, isKnown, never } from './clause.ts'
import type { RawRow } from './compile-query.ts'
import type { Database, Dialect, Sql } from './dialect.ts'
import { bucketValue, planned } from './query-inputs.ts'
import { isStorable } from './scalars.ts'
import { type RowSource, rowSource } from './source.ts'
import { decodeValue, encodeValue } from './storage.ts'

/** One record of a list: what its reader may see of it, by the paths that were asked for. Blanks are absent. */
export type ListItem = {
  readonly id: string
  readonly version: number
  readonly values: { readonly [path: string]: FieldValue }
}
export type ListPage = { readonly items: readonly ListItem[]; readonly nextCursor: string | null }
export type CompiledList = {
  readonly statement: Sql
  /**
   * The same page, looked for among the first rows of the order only: right when it comes back full. For a database that
   * would sort all that a filter lets through, which for a filter of few values is half the table.
   */
  readonly ahead: Sql | undefined
  /** Whether these rows fill the page and one more. */
  isFull(rows: readonly RawRow[]): boolean
  page(rows: readonly RawRow[]): ListPage
}

/** So many rows in the order of the list are looked at before the filter's own index is asked. */
const rowsAhead = 2000

/**
 * Compiles one page of a list. One row more than the page is read, to know whether there is a next one. `most`: how many
 * rows are looked at ahead.
 */
export function compileList(plan: ListPlan, database: Database, most = rowsAhead): CompiledList {
  const { dialect } = database
  const { source, where } = listRows(plan, database)
  const context = { source, dialect, facts: plan.env.facts }
  const fields = plan.fields.map((ref, index) => sql`${planned(ref, context).sql} as ${sql.ref(`c${index}`)}`)
  const sorted = plan.sort.map((sort) => ({ ...sort, value: planned(sort.ref, context).sql }))
  const keyed = sorted.map((sort, index) => sortColumn(plan, sort, index))
  const keys = keyed.flatMap(({ sql: own }) => own ?? [])
  const after = plan.after === undefined ? always : afterClause(sorted, plan.after, dialect)
  const order = sql`order by ${sql.join(sorted.map((sort) => orderOf(sort, dialect)))}`
  const columns = sql.join([sql`${sql.ref('r.id')} as id`, sql`${sql.ref('r.version')} as version`, ...fields, ...keys])
  const paged = plan.offset === 0 ? sql`` : sql` offset ${sql.lit(plan.offset)}`
  const read = itemReader(plan)
  const pageFrom = (from: Sql, condition: Clause) =>
    sql`select ${columns} from ${from} where ${expressionOf(condition, dialect)} ${order} limit ${sql.lit(plan.size + 1)}${paged}`
  const tail = sql`where ${expressionOf(after, dialect)} ${order} limit ${sql.lit(most)}`
  return {
    statement: pageFrom(source.from(), allOf([where, after])),
    ahead: looksAhead(plan, where, dialect) ? pageFrom(source.from(tail), where) : undefined,
    isFull: (rows) => rows.length > plan.size,
    page(rows) {
      const items = rows.slice(0, plan.size).map(read)
      const last = rows.length > plan.size ? rows[plan.size - 1] : undefined
      return {
        items,
        nextCursor:
          last === undefined ? null : writeCursor(keyed.map(({ column, type }) => decodeKey(last[column], type))),
      }
    },
  }
}

/** Where there is something to filter by, and the order is one that every table has an index for. */
function looksAhead({ sort, offset, ids, tokens }: ListPlan, where: Clause, { plansForPage }: Dialect): boolean {
  const [first, second, ...others] = sort.map(({ ref }) => ref.path.join('.'))
  const isByTime = (first === 'created_at' || first === 'updated_at') && second === 'id' && others.length === 0
  const isOneWay = sort.every(({ direction }) => direction === sort[0]?.direction)
  return !plansForPage && isByTime && isOneWay && offset === 0 && !ids && !tokens && !isKnown(where)
}

/** How many rows a list has on all its pages. */
export function compileCount(
  plan: ListPlan,
  database: Database,
): { readonly statement: Sql; count(rows: readonly RawRow[]): number } {
  const { source, where } = listRows(plan, database)
  return {
    statement: sql`select count(*) as n from ${source.from()} where ${expressionOf(where, database.dialect)}`,
    count: ([row]) => Number(row?.n ?? 0),
  }
}

/** Whether a record whose id is `id` (an outer column) is a row of the list: a condition for statements over other tables. */
export function compileMembership(plan: ListPlan, database: Database, id: Sql): Sql {
  const { source, where } = listRows(plan, database)
  return sql`exists (select 1 from ${source.from()} where ${expressionOf(allOf([clause(sql`${sql.ref('r.id')} = ${id}`), where]), database.dialect)})`
}

function listRows(plan: ListPlan, database: Database): { readonly source: RowSource; readonly where: Clause } {
  const { form, env } = plan
  const { dialect } = database
  const source = rowSource({ form, database, scopes: env.scopes, lookup: env.lookup, facts: env.facts })
  const context = { source, dialect, facts: env.facts }
  const marks = plan.marks.map(({ ref, bucket, value }) =>
    typeof value === 'string' && !isStorable(value)
      ? never
      : clause(sql`${bucketValue(planned(ref, context), bucket, context)} = ${value}`),
  )
  const known = plan.ids?.filter(isStorable)
  const ids =
    known === undefined ? [] : [known.length === 0 ? never : clause(sql`${sql.ref('r.id')} in (${sql.join(known)})`)]
  const search =
    plan.tokens === undefined ? [] : [searchClause(form, plan.tokens, source, env.scopes(form).field, dialect)]
  return { source, where: allOf([source.rows, ...ids, source.where(plan.where, env.facts), ...marks, ...search]) }
}

/** The column in which a sort value comes back: that of the field itself where the list shows it anyway. */
function sortColumn(plan: ListPlan, { ref, value }: SortKey, index: number) {
  const type = ref.field.value
  const path = ref.path.join('.')
  const shown = path === 'id' ? 'id' : plan.fields.findIndex((field) => field.path.join('.') === path)
  if (shown === 'id') return { column: shown, type }
  if (shown >= 0) return { column: `c${shown}`, type }
  const column = `k${index}`
  return { column, type, sql: sql`${value} as ${sql.ref(column)}` }
}

function itemReader(plan: ListPlan): (row: RawRow) => ListItem {
  const columns = plan.fields.map(({ path, field }, index) => ({
    path: path.join('.'),
    column: `c${index}`,
    type: field.value,
  }))
  return (row) => {
    const values: Record<string, FieldValue> = {}
    for (const { path, column, type } of columns) {
      const value = decodeValue(row[column], type)
      if (!isBlank(value)) values[path] = value
    }
    return { id: String(row.id), version: Number(row.version), values }
  }
}

type SortKey = PlannedSort & { readonly value: Sql }

const isWritten = ({ kind }: ValueType): boolean =>
  kind === 'text' || kind === 'reference' || kind === 'date' || kind === 'time'
const ordered = ({ ref, value }: SortKey, dialect: Dialect): Sql =>
  isWritten(ref.field.value) ? dialect.byCodePoint(value) : value
/** System columns of the record itself are always there. */
const isNeverBlank = ({ ref }: PlannedSort): boolean =>
  ref.path.length === 1 &&
  ref.field.system &&
  ['id', 'created_at', 'updated_at', 'version', 'title'].includes(ref.field.id)

const orderOf = (key: SortKey, dialect: Dialect): Sql => {
  if (!isNeverBlank(key)) return dialect.order(ordered(key, dialect), key.direction)
  return key.direction === 'asc' ? sql`${ordered(key, dialect)} asc` : sql`${ordered(key, dialect)} desc`
}

/** Rows after a position in the order of the list, blanks being the smallest value. */
function afterClause(keys: readonly SortKey[], after: readonly FieldValue[], dialect: Dialect): Clause {
  const stored = keys.map(({ ref }, index) => encodeSafely(after[index] ?? null, ref.field.value, dialect))
  if (stored.some((value) => value === undefined)) return never
  const oneWay = keys.every(({ direction }) => direction === keys[0]?.direction)
  if (oneWay && keys.every(isNeverBlank)) {
    const sign = keys[0]?.direction === 'desc' ? sql`<` : sql`>`
    return clause(sql`(${sql.join(keys.map((key) => ordered(key, dialect)))}) ${sign} (${sql.join(stored)})`)
  }
  return anyOf(
    keys.map((key, index) => {
      const before = keys.slice(0, index).map((same, place) => sameClause(same, stored[place]))
      return allOf([...before, beyondClause(key, stored[index], dialect)])
    }),
  )
}

const sameClause = ({ value }: SortKey, stored: unknown): Clause =>
  clause(stored === null ? sql`${value} is null` : sql`${value} = ${stored}`)

function beyondClause(key: SortKey, stored: unknown, dialect: Dialect): Clause {
  const column = ordered(key, dialect)
  if (key.direction === 'asc')
    return clause(stored === null ? sql`${key.value} is not null` : sql`${column} > ${stored}`)
  if (stored === null) return never
  const less = clause(sql`${column} < ${stored}`)
  return isNeverBlank(key) ? less : anyOf([less, clause(sql`${key.value} is null`)])
}

/** A sort value as it is stored: empty text is not NULL to the database. */
const decodeKey = (raw: unknown, type: ValueType): FieldValue => (raw === '' ? '' : decodeValue(raw, type))

/** A cursor is somebody's input: what is no value of the column gives undefined. */
function encodeSafely(value: FieldValue, type: ValueType, dialect: Dialect) {
  if (typeof value === 'string' && !isStorable(value)) return undefined
  if (value === '') return isWritten(type) ? '' : undefined
  try {
    return encodeValue(value, type, dialect)
  } catch {
    return undefined
  }
}

/** Records that have every token in texts their reader may see. */
function searchClause(
  form: FormModel,
  tokens: readonly string[],
  source: RowSource,
  fieldScope: (id: string) => unknown,
  dialect: Dialect,
): Clause {
  if (tokens.length === 0) return never
  const [, ...apart] = searchGroups(form)
  const open = [
    searchKey(form),
    ...apart.flatMap(({ key, fields: [field] }) => (field && fieldScope(field.id) === 'all' ? [key] : [])),
  ]
  const found = (keys: readonly string[], some: readonly string[]): Sql =>
    sql`${sql.ref('r.id')} in (select s.record from search_rows as s where ${dialect.searchMatches(some)} and s.app = ${form.app} and s.form in (${sql.join(keys)}))`
  const partly = apart.flatMap(({ key, fields: [field] }) =>
    field && typeof fieldScope(field.id) === 'object' ? [{ key, field }] : [],
  )
  if (open.length === 1 && partly.length === 0) return clause(found(open, tokens))
  return allOf(
    tokens.map((token) => {
      const shown = partly.flatMap(({ key, field }) => {
        const column = source.column([field.id])
        return column === undefined
          ? []
          : [allOf([clause(sql`${column.sql} is not null`), clause(found([key], [token]))])]
      })
      return anyOf([clause(found(open, [token])), ...shown])
    }),
  )
}
