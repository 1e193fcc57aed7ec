import { readTable } from '../import/read-table.ts'
import type { Sheet } from './read-sample.ts'

/** Texts by which records can be found once these sheets are there: `customer/name` → every name in the sheet. */
export type Promised = ReadonlyMap<string, ReadonlySet<string>>

/** What earlier sheets bring, so that a trial run does not miss what would be there. */
export async function promisedBy(sheets: readonly Sheet[]): Promise<Promised> {
  const promised = new Map<string, Set<string>>()
  for (const { form, mapping, text } of sheets) {
    const table = await readTable(Buffer.from(text), { encoding: mapping.encoding, delimiter: mapping.delimiter })
    for (const { field, column, map } of mapping.fields) {
      const at = column === undefined ? -1 : table.columns.indexOf(column)
      if (at < 0) continue
      const known = promised.get(`${form}/${field}`) ?? new Set<string>()
      promised.set(`${form}/${field}`, known)
      for (const row of table.rows) {
        const given = row[at] ?? ''
        known.add((map && Object.hasOwn(map, given) ? map[given] : given) ?? '')
      }
    }
  }
  return promised
}
