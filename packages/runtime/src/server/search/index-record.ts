import { behaviourOf, fieldToText, type FormModel, type RecordRef, type RecordRow } from '@tenon/engine'
import { type Db, kindOf, type Tx } from '../store/database.ts'
import { change, run } from '../store/statement.ts'
import { tokensOf } from './tokens.ts'

/** What of a record can be searched: its title and the fields whose type says so, in words. */
export function searchText(form: FormModel, row: RecordRow): string {
  const parts = [row.title]
  for (const field of form.fields.values()) {
    const value = row.data[field.id]
    if (value === undefined || value === null || !field.definition || !behaviourOf(field.definition).traits.searchable) continue
    parts.push(fieldToText(value, field, { locale: 'zh-CN', zone: 'UTC', form }))
  }
  return parts.join(' ')
}

/** Makes the record findable by what it says now. `before`: what it said; the same words are not written again. */
export async function indexRecord(tx: Tx, form: FormModel, row: RecordRow, before: RecordRow | undefined): Promise<void> {
  const text = searchText(form, row)
  if (before && searchText(form, before) === text) return
  const tokens = tokensOf(text).join(' ')
  if (kindOf(tx) === 'postgres') {
    await change(tx, `INSERT INTO search_rows (app, form, record, tokens) VALUES ($1, $2, $3, to_tsvector('simple', $4))
      ON CONFLICT (record, form, app) DO UPDATE SET tokens = excluded.tokens`, [row.app, row.form, row.id, tokens])
    return
  }
  const id = (before ? await rowId(tx, row) : undefined) ?? (await newRowId(tx, row))
  if (before) await change(tx, 'DELETE FROM search_tokens WHERE rowid = ?', [id])
  await change(tx, 'INSERT INTO search_tokens (rowid, tokens) VALUES (?, ?)', [id, tokens])
}

export async function forgetRecord(tx: Tx, ref: RecordRef): Promise<void> {
  if (kindOf(tx) === 'postgres') {
    await change(tx, 'DELETE FROM search_rows WHERE record = $1 AND form = $2 AND app = $3', [ref.id, ref.form, ref.app])
    return
  }
  const id = await rowId(tx, ref)
  if (id === undefined) return
  await change(tx, 'DELETE FROM search_tokens WHERE rowid = ?', [id])
  await change(tx, 'DELETE FROM search_rows WHERE id = ?', [id])
}

async function rowId(db: Db, ref: RecordRef): Promise<number | undefined> {
  return (await run<{ id: number }>(db, 'SELECT id FROM search_rows WHERE record = ? AND form = ? AND app = ?', [ref.id, ref.form, ref.app]))[0]?.id
}

async function newRowId(tx: Tx, ref: RecordRef): Promise<number> {
  const [row] = await run<{ id: number }>(tx, 'INSERT INTO search_rows (app, form, record) VALUES (?, ?, ?) RETURNING id', [ref.app, ref.form, ref.id])
  if (!row) throw new Error('the search row was not written')
  return row.id
}
