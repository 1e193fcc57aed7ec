import type { Id } from '@tenon/engine'
import { encodeValue } from '../store/values.ts'
import type { ImportPorts } from './import-ports.ts'

/** How many values one statement asks for. */
const portion = 500

/**
 * Ids of the records whose field has one of the values; of several with the same value the oldest. Used by the importer
 * to match rows, not to show anything: what a person may link to is asked again when the row is written.
 */
export async function findRecords(
  ports: Pick<ImportPorts, 'store' | 'memory'>,
  app: string,
  form: string,
  field: string,
  values: readonly string[],
): Promise<ReadonlyMap<string, Id>> {
  const storage = ports.memory.now.apps.storage(app, form)
  const column = storage?.columns.get(field)
  const found = new Map<string, Id>()
  if (!storage || !column) return found
  for (let start = 0; start < values.length; start += portion) {
    const asked = new Map(
      values.slice(start, start + portion).map((value) => [encodeValue(column.type, value, ports.store.kind), value]),
    )
    const rows = (await ports.store.read
      .selectFrom(storage.table as never)
      .select(['id', `${column.column} as value`] as never)
      .where(column.column as never, 'in', [...asked.keys()] as never)
      .orderBy('id' as never)
      .execute()) as { id: Id; value: string }[]
    for (const row of rows) {
      const text = asked.get(row.value)
      if (text !== undefined && !found.has(text)) found.set(text, row.id)
    }
  }
  return found
}
