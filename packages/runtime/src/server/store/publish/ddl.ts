import type { ValueType } from '@tenon/engine'
import { sql } from 'kysely'
import { type DatabaseKind, kindOf, type Tx } from '../database.ts'
import { quoted } from '../statement.ts'
import { columnType } from '../values.ts'

/** A column to be made; `references`: the table it points to. */
export type NewColumn = { readonly column: string; readonly type: ValueType; readonly references?: string }

const system = (kind: DatabaseKind): readonly string[] => {
  const [text, whole] = kind === 'sqlite' ? ['TEXT', 'INTEGER'] : ['TEXT COLLATE "C"', 'BIGINT']
  return [
    `id ${text} PRIMARY KEY`,
    `version ${whole} NOT NULL`,
    `created_at ${whole} NOT NULL`,
    `created_by ${text}`,
    `updated_at ${whole} NOT NULL`,
    `updated_by ${text}`,
    `title ${text} NOT NULL`,
    `history ${whole} NOT NULL`,
    `batch ${text}`,
  ]
}

export async function createTable(tx: Tx, table: string): Promise<void> {
  const kind = kindOf(tx)
  await sql
    .raw(`CREATE TABLE ${quoted(table)} (${system(kind).join(', ')})${kind === 'sqlite' ? ' STRICT' : ''}`)
    .execute(tx)
}

export async function addColumn(tx: Tx, table: string, { column, type, references }: NewColumn): Promise<void> {
  const target = references === undefined ? '' : ` REFERENCES ${quoted(references)} (id)`
  await sql
    .raw(`ALTER TABLE ${quoted(table)} ADD COLUMN ${quoted(column)} ${columnType(type, kindOf(tx))}${target}`)
    .execute(tx)
}

/** Makes the table's own indexes be exactly these: they are derived, so what is no longer wanted goes. */
export async function arrangeIndexes(
  tx: Tx,
  table: string,
  wanted: readonly { readonly name: string; readonly create: string }[],
): Promise<void> {
  const names = new Set(wanted.map((index) => index.name))
  const existing = await indexNames(tx, table)
  for (const name of existing)
    if (/^[iu]_[0-9a-f]{24}$/.test(name) && !names.has(name)) await sql.raw(`DROP INDEX ${quoted(name)}`).execute(tx)
  for (const index of wanted) if (!existing.includes(index.name)) await sql.raw(index.create).execute(tx)
}

async function indexNames(tx: Tx, table: string): Promise<readonly string[]> {
  const { rows } =
    kindOf(tx) === 'sqlite'
      ? await sql<{
          name: string
        }>`SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ${table}`.execute(tx)
      : await sql<{
          name: string
        }>`SELECT indexname AS name FROM pg_indexes WHERE schemaname = current_schema() AND tablename = ${table}`.execute(
          tx,
        )
  return rows.map((row) => row.name)
}
