import {
  type AppModel,
  formLookup,
  formsThatDecide,
  ownersOnRecords,
  type Principal,
  type Problem,
  recordFacts,
  type TriedRecord,
} from '@tenon/engine'
import { type QueryPorts, readingFor } from './reading.ts'
import { seenFacts } from './seen-facts.ts'
import { isReadable, seenRecords } from './seen-records.ts'

const mostTried = 20

/** Tasks of a draft whose owner is nobody on the newest records there are, as far as the caller sees them. */
export async function triedOwners(
  principal: Principal,
  ports: QueryPorts,
  next: AppModel,
): Promise<readonly Problem[]> {
  const { apps, organisation: directory } = ports.memory.now
  if (!apps.app(next.id)) return []
  const reading = readingFor(principal, ports, next.id)
  const tried = new Map<string, readonly TriedRecord[]>()
  for (const id of formsThatDecide(next)) {
    // A form that is not live yet has no records.
    const form = reading.app.model.forms.get(id)
    const rows = form ? await seenRecords(reading, form, mostTried) : []
    const records: TriedRecord[] = []
    for (const row of rows)
      if (form)
        records.push({
          facts: { ...reading.facts, ...(await seenFacts(reading, form, recordFacts(row))) },
          creator: row.createdBy,
        })
    tried.set(id, records)
  }
  const lookup = formLookup(next, (id) => apps.app(id)?.model)
  return ownersOnRecords(
    next,
    lookup,
    { directory, now: reading.facts.now },
    {
      records: (form) => tried.get(form) ?? [],
      // By the rights that are live: those of a draft are its author's to write.
      mayRead: (form, field) => {
        const live = reading.env.lookup(form.app === next.id ? form.id : `${form.app}/${form.id}`)
        return live !== undefined && isReadable(reading, live, field)
      },
    },
  )
}
