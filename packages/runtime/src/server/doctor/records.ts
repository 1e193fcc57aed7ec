import { type FieldModel, type FormModel, normaliseField, type RecordRow, sameValue } from '@tenon/engine'
import { verifyTrail } from '../store/rows/events.ts'
import { readRecords } from '../store/rows/records.ts'
import { type Check, type Finding, recordIds } from './finding.ts'

/** Each record has an unbroken trail of who changed what, up to its last change. */
export const trails: Check = {
  id: 'audit-chain',
  async *run({ db, memory }) {
    for (const app of memory.apps.all()) {
      for await (const { form, ids } of recordIds(db, app)) {
        for (const id of ids) {
          const ref = { app: app.model.id, form, id }
          for (const { seq, what } of await verifyTrail(db, ref))
            yield { check: this.id, about: `${ref.app}/${form}/${id}`, what: `entry ${seq}: ${what}` }
        }
      }
    }
  },
}

/** Each record holds only values that its form allows to be stored. */
export const values: Check = {
  id: 'record-values',
  async *run({ db, memory }) {
    for (const app of memory.apps.all()) {
      for await (const { form, ids } of recordIds(db, app)) {
        const [model, storage] = [app.model.forms.get(form), app.storage.get(form)]
        if (!model || !storage) continue
        for (const row of await readRecords(db, storage, ids)) yield* wrongValues(model, row, this.id)
      }
    }
  },
}

/** An option may have been taken away with a confirmation, so an unknown choice is no damage. */
const allowedCodes = new Set(['field.notChoice'])

function* wrongValues(form: FormModel, row: RecordRow, check: string): Generator<Finding> {
  for (const [id, value] of Object.entries(row.data)) {
    const field: FieldModel | undefined = form.fields.get(id)
    if (!field?.definition || value === null) continue
    const about = `${row.app}/${row.form}/${row.id}`
    const normal = normaliseField(value, field, { form })
    if (!normal.ok && !allowedCodes.has(normal.error.code)) yield { check, about, what: `${id}: ${normal.error.code}` }
    if (normal.ok && !sameValue(normal.value, value)) yield { check, about, what: `${id}: not canonical` }
  }
}
