import {
  type AppModel,
  type FieldModel,
  type FieldValue,
  type FormModel,
  formLookup,
  type Id,
  type Instant,
  isTable,
} from '@tenon/engine'
import { boardReads, figureReads } from '@tenon/reports'
import { type AppFile, filesHash, flowHash, inOrder, parseSources } from '../app-files.ts'
import type { Apps, LoadedApp } from '../apps.ts'
import { canonicalJson } from '../canonical-json.ts'
import { kindOf, type Tx } from '../database.ts'

import { loadStorage } from '../form-storage.ts'
import { bumpRevision } from '../revisions.ts'
import { change, placeholder, quoted, run } from '../statement.ts'
import { decodeValue, encodeValue } from '../values.ts'
import { convertRows, convertValue } from './convert.ts'
import { readPast } from './counts.ts'
import { addColumn, arrangeIndexes, createTable } from './ddl.ts'
import { type Asked, indexesOf } from './indexes.ts'
import { columnName, tableName } from './names.ts'
import {
  isConversion,
  isRebuilt,
  type PastColumn,
  type PublishPlan,
  planToKeep,
  restorable,
  storedFields,
} from './plan.ts'

export type Publication = {
  readonly files: readonly AppFile[]
  readonly next: AppModel
  readonly current: LoadedApp | undefined
  readonly plan: PublishPlan
  readonly apps: Apps
  readonly by: Id | null
  readonly at: Instant
  readonly note: string
}

/**
 * Makes `next` the live version: tables, columns, converted values, indexes, the version's row and its flow texts, all in
 * the caller's transaction. Columns are only added. The caller has compared the base version.
 */
export async function applyPublish(tx: Tx, publication: Publication): Promise<void> {
  const { next } = publication
  const tables = await makeTables(tx, publication)
  const past = await readPast(tx, next.id)
  const converted = new Set(
    publication.plan.confirm
      .concat(publication.plan.safe)
      .filter((step) => step.what === 'fieldConverted')
      .map((step) => step.key),
  )
  for (const form of next.forms.values()) {
    const table = tables.get(form.id)
    if (!table) throw new Error(`no table for ${form.id}`)
    for (const field of storedFields(form))
      await placeField(tx, publication, form, field, table, past.get(form.id) ?? [], converted)
    await retireColumns(tx, form, next.version, past.get(form.id) ?? [])
  }
  const storage = await loadStorage(tx, next.id, next.forms)
  const asked = askedOf(publication)
  for (const form of next.forms.values()) {
    const stored = storage.get(form.id)
    if (stored) await arrangeIndexes(tx, stored.table, indexesOf(form, stored, kindOf(tx), asked))
  }
  await saveVersion(tx, publication)
  await bumpRevision(tx, 'apps')
}

function askedOf({ files, next, apps }: Publication): Asked {
  const sources = parseSources(files)
  if (!sources.ok) return {}
  const lookup = formLookup(next, (app) => apps.app(app)?.model)
  return { boards: boardReads(sources.value, lookup), figures: figureReads(sources.value, next.rules) }
}

async function makeTables(tx: Tx, { next, apps }: Publication): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.selectFrom('form_tables').selectAll().execute()
  const taken = new Set(rows.map((row) => row.table_name))
  const tables = new Map(rows.filter((row) => row.app === next.id).map((row) => [row.form, row.table_name]))
  for (const form of next.forms.keys()) {
    if (tables.has(form)) continue
    const name = tableName(next.id, form, taken)
    await createTable(tx, name)
    await tx.insertInto('form_tables').values({ app: next.id, form, table_name: name, version: next.version }).execute()
    taken.add(name)
    tables.set(form, name)
  }
  // Tables of the apps it links to, under their full names.
  for (const app of apps.all())
    for (const storage of app.storage.values()) tables.set(`${storage.app}/${storage.form}`, storage.table)
  for (const form of next.forms.keys()) tables.set(`${next.id}/${form}`, tables.get(form) ?? '')
  return tables
}

async function placeField(
  tx: Tx,
  publication: Publication,
  form: FormModel,
  field: FieldModel,
  table: string,
  past: readonly PastColumn[],
  converted: ReadonlySet<string>,
): Promise<void> {
  const active = past.find((column) => column.field === field.id && column.active)
  const before = publication.current?.model.forms.get(form.id)
  const old = before?.fields.get(field.id)
  const isConverted =
    active !== undefined &&
    old !== undefined &&
    ((isConversion(old, field) && converted.has(`fieldConverted:${form.id}.${field.id}`)) ||
      isRebuilt(publication.plan, form.id, field.id))
  const restore = (to: string) =>
    old ? restoreCells(tx, { table, to, old, field, past: past.filter((one) => one.field === field.id) }) : undefined
  if (active && !isConverted) return restore(active.column)
  const back = active ? undefined : restorable(past, field)
  if (back) return activate(tx, form, field, back.generation)
  const generation =
    1 + Math.max(0, ...past.filter((column) => column.field === field.id).map((column) => column.generation))
  const column = columnName(field.id, generation)
  await addColumn(tx, table, { column, type: field.value, ...(await referenceOf(tx, publication, field)) })
  await tx
    .updateTable('form_columns')
    .set({ active: 0, until_version: publication.next.version })
    .where('app', '=', form.app)
    .where('form', '=', form.id)
    .where('field', '=', field.id)
    .where('active', '=', 1)
    .execute()
  await tx
    .insertInto('form_columns')
    .values({
      app: form.app,
      form: form.id,
      field: field.id,
      generation,
      column_name: column,
      kind: field.value.kind,
      scale: field.value.scale ?? null,
      element: field.value.element ?? field.value.currency ?? null,
      active: 1,
      since_version: publication.next.version,
      until_version: null,
    })
    .execute()
  if (active && old && before)
    await convertColumn(tx, publication, { form, before, old, field, table, from: active.column, to: column })
  await restore(column)
}

async function referenceOf(tx: Tx, { next }: Publication, field: FieldModel): Promise<{ references: string } | object> {
  const { target } = field
  if (target?.kind !== 'record') return {}
  const row = await tx
    .selectFrom('form_tables')
    .select('table_name')
    .where('app', '=', target.app)
    .where('form', '=', target.form)
    .executeTakeFirst()
  if (!row) return {}
  // A form that was taken away keeps its table, but nothing new points to it.
  const isThere = target.app !== next.id || next.forms.has(target.form)
  return isThere ? { references: row.table_name } : {}
}

async function activate(tx: Tx, form: FormModel, field: FieldModel, generation: number): Promise<void> {
  await tx
    .updateTable('form_columns')
    .set({ active: 1, until_version: null })
    .where('app', '=', form.app)
    .where('form', '=', form.id)
    .where('field', '=', field.id)
    .where('generation', '=', generation)
    .execute()
}

/** A field that is gone keeps its column and its values, out of sight. */
async function retireColumns(tx: Tx, form: FormModel, version: number, past: readonly PastColumn[]): Promise<void> {
  for (const column of past) {
    if (!column.active || form.fields.get(column.field)?.stored) continue
    await tx
      .updateTable('form_columns')
      .set({ active: 0, until_version: version })
      .where('app', '=', form.app)
      .where('form', '=', form.id)
      .where('field', '=', column.field)
      .where('generation', '=', column.generation)
      .execute()
  }
}

type Move = {
  readonly form: FormModel
  readonly before: FormModel
  readonly old: FieldModel
  readonly field: FieldModel
  readonly table: string
  readonly from: string
  readonly to: string
}

/** Converts each different value once; what does not convert stays in the old column and is listed by record. */
async function convertColumn(tx: Tx, { next }: Publication, move: Move): Promise<void> {
  const kind = kindOf(tx)
  const p = (n: number) => placeholder(kind, n)
  const [table, from, to] = [quoted(move.table), quoted(move.from), quoted(move.to)]
  const values = await run<{ value: unknown }>(
    tx,
    `SELECT DISTINCT ${from} AS value FROM ${table} WHERE ${from} IS NOT NULL`,
    [],
  )
  const conversion = {
    from: move.old,
    to: move.field,
    before: move.before,
    after: move.form,
    zone: next.definition.zone ?? 'Asia/Shanghai',
  }
  for (const { value } of values) {
    const decoded = decodeValue(value, move.old.value)
    const converted = convertValue(decoded, conversion)
    const stored = encodeValue(move.old.value, decoded, kind)
    // What is lost of some rows is listed with the record, while the rest of them goes on.
    if (converted === undefined || losesCells(decoded, move, conversion.zone))
      await quarantine(tx, next, move, decoded, stored)
    if (converted !== undefined)
      await change(tx, `UPDATE ${table} SET ${to} = ${p(1)} WHERE ${from} = ${p(2)}`, [
        encodeValue(move.field.value, converted, kind),
        stored,
      ])
  }
}

const losesCells = (value: FieldValue, { old, field }: Move, zone: string): boolean =>
  isTable(value) &&
  old.rows !== undefined &&
  field.rows !== undefined &&
  convertRows(value, { before: old.rows, after: field.rows, zone }).lost.size > 0

type Restoring = {
  readonly table: string
  readonly to: string
  readonly old: FieldModel
  readonly field: FieldModel
  readonly past: readonly PastColumn[]
}

/**
 * A column of a sub-table that comes back brings its cells: those that the rows had in the last column of the table that
 * was laid aside, for the rows that are still there. Nothing that was written since is touched.
 */
async function restoreCells(tx: Tx, { table, to, old, field, past }: Restoring): Promise<void> {
  const added = [...(field.rows?.fields.keys() ?? [])].filter((column) => !old.rows?.fields.has(column))
  const before = past.findLast((one) => !one.active && one.column !== to && one.type.kind === field.value.kind)
  if (added.length === 0 || !before) return
  const kind = kindOf(tx)
  const [name, now, then] = [quoted(table), quoted(to), quoted(before.column)]
  const records = await run<{ id: Id; now: unknown; before: unknown }>(
    tx,
    `SELECT id, ${now} AS now, ${then} AS before FROM ${name} WHERE ${now} IS NOT NULL AND ${then} IS NOT NULL`,
    [],
  )
  for (const record of records) {
    const rows = decodeValue(record.now, field.value)
    const laidAside = decodeValue(record.before, field.value)
    if (!isTable(rows) || !isTable(laidAside)) continue
    const cells = new Map(laidAside.map((row) => [row.id, row]))
    const restored = rows.map((row) => ({
      ...Object.fromEntries(Object.entries(cells.get(row.id) ?? {}).filter(([column]) => added.includes(column))),
      ...row,
    }))
    const canonical = decodeValue(JSON.stringify(restored), field.value)
    await change(tx, `UPDATE ${name} SET ${now} = ${placeholder(kind, 1)} WHERE id = ${placeholder(kind, 2)}`, [
      encodeValue(field.value, canonical, kind),
      record.id,
    ])
  }
}

async function quarantine(tx: Tx, next: AppModel, move: Move, value: FieldValue, stored: unknown): Promise<void> {
  const rows = await run<{ id: Id }>(
    tx,
    `SELECT id FROM ${quoted(move.table)} WHERE ${quoted(move.from)} = ${placeholder(kindOf(tx), 1)}`,
    [stored],
  )
  for (const { id } of rows) {
    await tx
      .insertInto('quarantined_values')
      .values({
        app: next.id,
        form: move.form.id,
        record: id,
        field: move.field.id,
        version: next.version,
        value: JSON.stringify(value),
        reason: 'field.invalid',
      })
      .execute()
  }
}

async function saveVersion(tx: Tx, { files, next, plan, by, at, note }: Publication): Promise<void> {
  const kept = inOrder(files)
  await tx
    .insertInto('app_versions')
    .values({
      app: next.id,
      version: next.version,
      files: JSON.stringify(kept),
      hash: filesHash(kept),
      note,
      plan: JSON.stringify(planToKeep(plan)),
      published_at: at,
      published_by: by,
    })
    .execute()
  const live = { version: next.version, published_at: at }
  await tx
    .insertInto('apps')
    .values({ id: next.id, ...live })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(live))
    .execute()
  for (const [flow, definition] of next.flows) {
    await tx
      .insertInto('flow_texts')
      .values({ hash: flowHash(definition), app: next.id, flow, text: canonicalJson(definition), created_at: at })
      .onConflict((conflict) => conflict.column('hash').doNothing())
      .execute()
  }
}
