import {
  type FieldValue,
  type FormModel,
  type Id,
  linkedFormName,
  type RecordFacts,
  type RecordRow,
  recordFacts,
} from '@tenon/engine'
import type { Reading } from './reading.ts'
import { seenRecords } from './seen-records.ts'

/** How many links are followed, as conditions do. */
const deepest = 3

export type SeenFacts = {
  readonly record: RecordFacts
  readonly linked: (form: string, id: string) => RecordFacts | undefined
}

export const seenRecord = async (reading: Reading, form: FormModel, id: Id): Promise<RecordRow | undefined> =>
  (
    await seenRecords(reading, form, 1, {
      where: { fact: 'record', path: '$.id', operator: 'equal', value: id },
      sort: ['id'],
    })
  )[0]

/** What is known of a record with these values: they, and of what they link to only what the reader may see. */
export async function seenFacts(reading: Reading, form: FormModel, record: RecordFacts): Promise<SeenFacts> {
  const linked = new Map<string, RecordFacts>()
  const follow = async (from: FormModel, values: RecordFacts, depth: number): Promise<void> => {
    for (const field of from.fields.values()) {
      const value: FieldValue | undefined = values[field.id]
      if (field.target?.kind !== 'record' || typeof value !== 'string' || depth > deepest) continue
      const name = linkedFormName(form, field.target)
      const target = reading.env.lookup(linkedFormName(from, field.target))
      if (!target || linked.has(`${name} ${value}`)) continue
      const row = await seenRecord(reading, target, value)
      if (!row) continue
      linked.set(`${name} ${value}`, recordFacts(row))
      await follow(target, recordFacts(row), depth + 1)
    }
  }
  await follow(form, record, 1)
  return { record, linked: (name, id) => linked.get(`${name} ${id}`) }
}
