import { type Facts, type FormModel, formatInstant, type RecordFacts, type RecordRow } from '@tenon/engine'
import { readRecord } from '../store/rows/records.ts'
import type { Reading } from './reading.ts'

/** Where linked records are read, and what is known beside them. */
export type FactSource = Pick<Reading, 'app' | 'memory' | 'db' | 'facts'>

/** How many links a path may follow. */
const deepest = 3

/**
 * The facts about a stored record for rights and calculated values, linked records included. They are the policy's own
 * view, unmasked: they decide what the reader may do and are never shown.
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
  for (const { app, name, id } of linksOf(form, row)) {
    const target = reading.memory.apps.storage(app, name)
    if (linked.has(`${app}/${name}/${id}`) || !target) continue
    const found = await readRecord(reading.db, target, id)
    if (!found) continue
    linked.set(`${app}/${name}/${id}`, recordFacts(found))
    // Inside its own app a form is known by its id alone.
    if (app === reading.app.model.id || app === row.app) linked.set(`${name}/${id}`, recordFacts(found))
    await preload(reading, found, linked, depth + 1)
  }
}

function linksOf(form: FormModel, row: RecordRow): readonly { app: string; name: string; id: string }[] {
  return [...form.fields.values()].flatMap((field) => {
    const value = row.data[field.id]
    return field.target?.kind === 'record' && typeof value === 'string'
      ? [{ app: field.target.app, name: field.target.form, id: value }]
      : []
  })
}
