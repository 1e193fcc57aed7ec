import { type Facts, followedLinks, formatInstant, type RecordFacts, type RecordRow } from '@tenon/engine'
import { readRecord } from '../store/rows/records.ts'
import type { Reading } from './reading.ts'

/** Where linked records are read, and what is known beside them. */
export type FactSource = Pick<Reading, 'app' | 'memory' | 'db' | 'facts'>

/** How many links a path may follow. */
const deepest = 3

/**
 * The facts about a stored record for rights and calculated values, with the linked records that any definition of the
 * app asks for. They are the policy's own view, unmasked: they decide what the reader may do and are never shown.
 */
export async function linkedFacts(reading: FactSource, row: RecordRow): Promise<Facts> {
  const linked = new Map<string, RecordFacts>()
  await preload(reading, row, linked, 1)
  return { ...reading.facts, record: recordFacts(row), linked: (form, id) => linked.get(`${form}/${id}`) }
}

export const recordFacts = (row: RecordRow): RecordFacts => ({
  ...row.data,
  id: row.id,
  version: row.version,
  title: row.title,
  created_at: formatInstant(row.createdAt),
  created_by: row.createdBy,
  updated_at: formatInstant(row.updatedAt),
  updated_by: row.updatedBy,
})

async function preload(
  reading: FactSource,
  row: RecordRow,
  linked: Map<string, RecordFacts>,
  depth: number,
): Promise<void> {
  const form = reading.memory.apps.app(row.app)?.model.forms.get(row.form)
  if (!form || depth > deepest) return
  // Each level at once.
  const follow = async ({ field, target }: { field: string; target: { app: string; form: string } }): Promise<void> => {
    const id = row.data[field]
    const storage = reading.memory.apps.storage(target.app, target.form)
    if (typeof id !== 'string' || !storage || linked.has(`${target.app}/${target.form}/${id}`)) return
    const found = await readRecord(reading.db, storage, id)
    if (!found) return
    linked.set(`${target.app}/${target.form}/${id}`, recordFacts(found))
    // Inside its own app a form is known by its id alone.
    if (target.app === reading.app.model.id || target.app === row.app)
      linked.set(`${target.form}/${id}`, recordFacts(found))
    await preload(reading, found, linked, depth + 1)
  }
  await Promise.all(followedLinks(reading.app.model, form).map(follow))
}
