import { type FormModel, fieldToText, type RecordRef, type RecordRow } from '@tenon/engine'
import { type SearchGroup, searchGroups, searchTokens } from '@tenon/reports'
import { type Db, kindOf, type Tx } from '../store/database.ts'
import { change, insertForRowid, run } from '../store/statement.ts'

/** More of one record is not looked into. */
const mostTokens = 2000
const groups = new WeakMap<FormModel, readonly SearchGroup[]>()

function groupsOf(form: FormModel): readonly SearchGroup[] {
  const known = groups.get(form)
  if (known) return known
  const made = searchGroups(form)
  groups.set(form, made)
  return made
}

/** What of a record is found in one row of the index; the title, which everybody who sees the record sees, is in the first. */
function textOf(form: FormModel, group: SearchGroup, row: RecordRow): string {
  const parts = group.key === form.id ? [row.title] : []
  for (const field of group.fields) {
    const value = row.data[field.id]
    if (value !== undefined && value !== null)
      parts.push(fieldToText(value, field, { locale: 'zh-CN', zone: 'UTC', form }))
  }
  return parts.join(' ')
}

/** Makes the record findable by what it says now. `before`: what it said; the same words are not written again. */
export async function indexRecord(
  tx: Tx,
  form: FormModel,
  row: RecordRow,
  before: RecordRow | undefined,
): Promise<void> {
  for (const group of groupsOf(form)) {
    const text = textOf(form, group, row)
    if (before && textOf(form, group, before) === text) continue
    if (before) await forget(tx, row, group.key)
    const tokens = searchTokens(text).slice(0, mostTokens)
    if (tokens.length > 0) await add(tx, row, group.key, tokens)
  }
}

export async function forgetRecord(tx: Tx, form: FormModel, ref: RecordRef): Promise<void> {
  for (const group of groupsOf(form)) await forget(tx, ref, group.key)
}

async function add(tx: Tx, ref: RecordRef, key: string, tokens: readonly string[]): Promise<void> {
  if (kindOf(tx) === 'postgres') {
    // The tokens as they are: the server's own parser would split them by its locale.
    await change(
      tx,
      'INSERT INTO search_rows (app, form, record, tokens) VALUES ($1, $2, $3, array_to_tsvector($4::text[]))',
      [ref.app, key, ref.id, tokens],
    )
    return
  }
  const text = 'INSERT INTO search_rows (app, form, record) VALUES (?, ?, ?)'
  const id = await insertForRowid(tx, text, [ref.app, key, ref.id])
  await change(tx, 'INSERT INTO search_tokens (rowid, tokens) VALUES (?, ?)', [id, tokens.join(' ')])
}

async function forget(tx: Tx, ref: RecordRef, key: string): Promise<void> {
  if (kindOf(tx) === 'postgres') {
    await change(tx, 'DELETE FROM search_rows WHERE record = $1 AND form = $2 AND app = $3', [ref.id, key, ref.app])
    return
  }
  const id = await rowId(tx, ref, key)
  if (id === undefined) return
  await change(tx, 'DELETE FROM search_tokens WHERE rowid = ?', [id])
  await change(tx, 'DELETE FROM search_rows WHERE id = ?', [id])
}

async function rowId(db: Db, ref: RecordRef, key: string): Promise<number | undefined> {
  return (
    await run<{ id: number }>(db, 'SELECT id FROM search_rows WHERE record = ? AND form = ? AND app = ?', [
      ref.id,
      key,
      ref.app,
    ])
  )[0]?.id
}
