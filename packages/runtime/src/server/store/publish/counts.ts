import { type AppModel, type FieldValue, isTable, sameValue, type TableRow } from '@tenon/engine'
import type { LoadedApp } from '../apps.ts'
import { type Db, kindOf } from '../database.ts'
import type { FormStorage } from '../form-storage.ts'
import { placeholder, quoted, run } from '../statement.ts'
import { decodeValue } from '../values.ts'
import { convertRows, convertValue } from './convert.ts'
import { type Counts, isConversion, type PastColumn, storedFields } from './plan.ts'

/** More different values than this are not tried one by one for the preview; applying converts all of them anyway. */
const mostTried = 100_000

/** Reads from the data what the plan of `next` over `current` has to know. */
export async function readCounts(db: Db, current: LoadedApp | undefined, next: AppModel): Promise<Counts> {
  const records = new Map<string, number>()
  const filled = new Map<string, number>()
  const failing = new Map<string, ReturnType<Counts['unconvertible']>>()
  const held = new Map<string, readonly Counted[]>()
  for (const storage of current?.storage.values() ?? []) {
    const before = current?.model.forms.get(storage.form)
    const after = next.forms.get(storage.form)
    records.set(storage.form, await count(db, storage, undefined))
    for (const old of before ? storedFields(before) : []) {
      const field = after?.fields.get(old.id)
      const key = `${storage.form}.${old.id}`
      const changed =
        field === undefined || !field.stored || JSON.stringify(field.definition) !== JSON.stringify(old.definition)
      if (!changed) continue
      filled.set(key, await count(db, storage, old.id))
      if (!before || !after || !field) continue
      const values = await valuesOf(db, storage, old.id)
      if (isConversion(old, field))
        failing.set(
          key,
          unconvertible(values, (value) =>
            convertValue(value, { from: old, to: field, before, after, zone: next.definition.zone ?? 'Asia/Shanghai' }),
          ),
        )
      held.set(key, values)
    }
  }
  const cellsOf = (key: string, column: string) => {
    const [form = '', field = ''] = key.split('.')
    const before = current?.model.forms.get(form)?.fields.get(field)?.rows
    const after = next.forms.get(form)?.fields.get(field)?.rows
    const zone = next.definition.zone ?? 'Asia/Shanghai'
    const tally = (isCounted: (rows: readonly TableRow[]) => boolean) =>
      (held.get(key) ?? []).reduce((sum, { value, count: n }) => sum + (isTable(value) && isCounted(value) ? n : 0), 0)
    return {
      filled: tally((rows) => rows.some((row) => row[column] !== undefined)),
      failing: before && after ? tally((rows) => convertRows(rows, { before, after, zone }).lost.has(column)) : 0,
      changes:
        before !== undefined &&
        after !== undefined &&
        tally((rows) =>
          convertRows(rows, { before, after, zone }).rows.some((row, at) => row[column] !== rows[at]?.[column]),
        ) > 0,
    }
  }
  const past = await readPast(db, next.id)
  const tables = new Set(
    (await db.selectFrom('form_tables').select('form').where('app', '=', next.id).execute()).map((row) => row.form),
  )
  return {
    records: (form) => records.get(form) ?? 0,
    filled: (form, field) => filled.get(`${form}.${field}`) ?? 0,
    unconvertible: (form, field) => failing.get(`${form}.${field}`) ?? { count: 0, samples: [], changes: false },
    column: (form, field, column) => cellsOf(`${form}.${field}`, column),
    withOption: (form, field, ids) => holding(held.get(`${form}.${field}`) ?? [], new Set(ids)),
    past: (form) => past.get(form) ?? [],
    hasTable: (form) => tables.has(form),
  }
}

/** Columns of all forms of an app as the publishes have left them, by form. */
export async function readPast(db: Db, app: string): Promise<ReadonlyMap<string, readonly PastColumn[]>> {
  const rows = await db
    .selectFrom('form_columns')
    .selectAll()
    .where('app', '=', app)
    .orderBy('form')
    .orderBy('field')
    .orderBy('generation')
    .execute()
  const past = new Map<string, PastColumn[]>()
  for (const row of rows) {
    const type = {
      kind: row.kind as PastColumn['type']['kind'],
      ...(row.scale === null ? {} : { scale: row.scale }),
      ...elementOf(row.element),
    }
    past.set(row.form, [
      ...(past.get(row.form) ?? []),
      { field: row.field, generation: row.generation, column: row.column_name, type, active: row.active === 1 },
    ])
  }
  return past
}

/** `element` keeps the element of a list or the currency of an amount: no kind has both. */
const elementOf = (text: string | null) =>
  text === null ? {} : text === 'text' || text === 'reference' ? ({ element: text } as const) : { currency: text }

async function count(db: Db, storage: FormStorage, field: string | undefined): Promise<number> {
  const column = field === undefined ? undefined : storage.columns.get(field)?.column
  if (field !== undefined && column === undefined) return 0
  const [row] = await run<{ n: number }>(
    db,
    `SELECT count(*) AS n FROM ${quoted(storage.table)}${column ? ` WHERE ${quoted(column)} IS NOT NULL` : ''}`,
    [],
  )
  return Number(row?.n ?? 0)
}

type Counted = { readonly value: FieldValue; readonly count: number }
async function valuesOf(db: Db, storage: FormStorage, field: string): Promise<readonly Counted[]> {
  const stored = storage.columns.get(field)
  if (!stored) return []
  const column = quoted(stored.column)
  const rows = await run<{ value: unknown; n: number }>(
    db,
    `SELECT ${column} AS value, count(*) AS n FROM ${quoted(storage.table)} WHERE ${column} IS NOT NULL GROUP BY ${column} LIMIT ${placeholder(kindOf(db), 1)}`,
    [mostTried],
  )
  return rows.map((row) => ({ value: decodeValue(row.value, stored.type), count: Number(row.n) }))
}

/** Records with at least one of the options, each counted once. */
const holding = (values: readonly Counted[], options: ReadonlySet<string>): number =>
  values
    .filter(({ value }) => [value].flat().some((one) => options.has(String(one))))
    .reduce((sum, { count: n }) => sum + n, 0)

function unconvertible(
  values: readonly Counted[],
  convert: (value: FieldValue) => FieldValue | undefined,
): ReturnType<Counts['unconvertible']> {
  const tried = values.map((one) => ({ ...one, next: convert(one.value) }))
  const bad = tried.filter(({ next }) => next === undefined)
  return {
    count: bad.reduce((sum, { count: n }) => sum + n, 0),
    samples: bad.slice(0, 20).map(({ value }) => value),
    changes: tried.some(({ value, next }) => next !== undefined && !sameValue(value, next)),
  }
}
