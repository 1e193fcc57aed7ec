import type { Id, RecordData, RecordRef } from '@tenon/engine'
import type { Apps } from '../apps.ts'
import { type Db, kindOf } from '../database.ts'
import { placeholder, quoted, run } from '../statement.ts'
import { readRecord } from './records.ts'

/**
 * How many tasks each person has completed for the one this record is about: whom its field `customer` links to or,
 * in a form without one, its first link.
 */
export async function customersServed(
  db: Db,
  apps: Apps,
  people: readonly Id[],
  about: RecordRef & { readonly data?: RecordData },
): Promise<ReadonlyMap<Id, number>> {
  const storage = apps.storage(about.app, about.form)
  const fields = [...(apps.app(about.app)?.model.forms.get(about.form)?.fields.values() ?? [])].filter(
    (field) => field.stored && field.target?.kind === 'record',
  )
  const field = fields.find((one) => one.id === 'customer') ?? fields[0]
  const stored = field && storage?.columns.get(field.id)
  if (!storage || !stored || people.length === 0) return new Map()
  const customer = about.data?.[field.id] ?? (await readRecord(db, storage, about.id))?.data[field.id]
  if (typeof customer !== 'string') return new Map()
  const kind = kindOf(db)
  const marks = people.map((_, index) => placeholder(kind, index + 2)).join(', ')
  const rows = await run<{ who: Id; count: number }>(
    db,
    `
    SELECT tasks.completed_by AS who, count(*) AS count FROM ${quoted(storage.table)} AS theirs JOIN tasks ON tasks.record = theirs.id
    WHERE theirs.${quoted(stored.column)} = ${placeholder(kind, 1)} AND tasks.state = 'completed' AND tasks.completed_by IN (${marks})
    GROUP BY tasks.completed_by`,
    [customer, ...people],
  )
  return new Map(rows.map((row) => [row.who, Number(row.count)]))
}
