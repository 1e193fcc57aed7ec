import type { EventRow, FieldValue, FormModel, Id, RecordRow } from '@tenon/engine'
import { readEvents } from '../store/rows/events.ts'
import { readRecords } from '../store/rows/records.ts'
import { visibleIds } from './list-records.ts'
import type { Reading } from './reading.ts'

/** Entries of a trail that are read. */
const longestTrail = 5_000

/** The newest records of a form that the reader may see, at most `limit`, without what he may not read. */
export async function seenRecords(
  reading: Reading,
  form: FormModel,
  limit: number,
  request: Partial<Parameters<typeof visibleIds>[2]> = {},
): Promise<readonly RecordRow[]> {
  const storage = reading.memory.apps.storage(form.app, form.id)
  if (!storage || reading.env.scopes(form).rows === 'none') return []
  const ids = await visibleIds(
    reading,
    form,
    { where: undefined, q: undefined, sort: ['-created_at'], ...request },
    limit,
  )
  const rows: RecordRow[] = []
  // A statement has room for only so many values.
  for (let from = 0; from < ids.length; from += 500)
    rows.push(...(await readRecords(reading.db, storage, ids.slice(from, from + 500))))
  const place = new Map(ids.map((id, index) => [id, index]))
  return rows
    .map((row) => ({ ...row, data: readable(reading, form, row.data) }))
    .toSorted((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0))
}

/** A field that shows only in some rows is left out everywhere: what it was earlier cannot be asked for. */
export const isReadable = (reading: Reading, form: FormModel, field: string): boolean =>
  reading.env.scopes(form).field(field) === 'all'

const readable = <V>(reading: Reading, form: FormModel, values: Readonly<Record<string, V>>) =>
  Object.fromEntries(Object.entries(values).filter(([field]) => isReadable(reading, form, field)))

/** The trail of a record, oldest entry first, without the values the reader may not see. */
export async function seenTrail(reading: Reading, form: FormModel, row: RecordRow): Promise<readonly EventRow[]> {
  const trail = await readEvents(reading.db, row, undefined, longestTrail)
  return trail.toReversed().map((event) => {
    const { values, changes } = event.data
    return {
      ...event,
      data: {
        ...event.data,
        ...(values ? { values: readable(reading, form, values as Record<string, FieldValue>) } : {}),
        ...(changes ? { changes: readable(reading, form, changes as Record<string, FieldValue[]>) } : {}),
      },
    } as EventRow
  })
}

/** The forms of the app that records of these link to, however far. */
export function linkedForms(reading: Reading, forms: readonly FormModel[]): ReadonlySet<FormModel> {
  const found = new Set(forms)
  for (const form of found)
    for (const { target } of form.fields.values()) {
      const next =
        target?.kind === 'record' && target.app === form.app ? reading.app.model.forms.get(target.form) : undefined
      if (next) found.add(next)
    }
  return found
}

export const byId = (rows: Iterable<RecordRow>): ReadonlyMap<Id, RecordRow> =>
  new Map([...rows].map((row) => [row.id, row]))
