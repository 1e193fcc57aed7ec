import type { Id, RecordRef } from '@tenon/engine'
import type { Caller } from '../auth/identity.ts'
import { TenonError } from '../tenon-error.ts'
import { listRecords } from './list-records.ts'
import type { QueryPorts } from './reading.ts'

/** What those of the records are called that the reader may see. */
export async function titlesOf(
  principal: Caller,
  ports: QueryPorts,
  refs: readonly RecordRef[],
): Promise<ReadonlyMap<Id, string>> {
  const titles = new Map<Id, string>()
  const forms = new Map<string, RecordRef[]>()
  for (const ref of refs) forms.set(`${ref.app}/${ref.form}`, [...(forms.get(`${ref.app}/${ref.form}`) ?? []), ref])
  for (const [first, ...more] of forms.values()) {
    if (!first) continue
    const ids = [...new Set([first, ...more].map(({ id }) => id))]
    for (let from = 0; from < ids.length; from += 200) {
      const where = JSON.stringify({ fact: 'record', path: '$.id', operator: 'in', value: ids.slice(from, from + 200) })
      try {
        const page = await listRecords(principal, ports, first.app, first.form, { where, size: 200, fields: 'title' })
        for (const item of page.items) titles.set(item.id, item.title)
      } catch (error) {
        if (!(error instanceof TenonError)) throw error
      }
    }
  }
  return titles
}
