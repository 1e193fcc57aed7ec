import { type FieldValue, type FormModel, linkedFormName, type RecordFacts } from '@tenon/engine'

/** Values somebody gives, by path: `priority`, `customer.level`. */
export type Given = { readonly [path: string]: unknown }

/** The record that has these values; behind links, records that have them. */
export function givenRecord(given: Given, form: FormModel) {
  const record: Record<string, FieldValue> = { id: 'it' }
  const linked = new Map<string, Record<string, FieldValue>>()
  for (const [path, value] of Object.entries(given)) {
    const [first = '', second] = path.split('.')
    if (second === undefined) record[first] = value as FieldValue
    else {
      const target = form.fields.get(first)?.target
      if (target?.kind !== 'record') continue
      const name = linkedFormName(form, target)
      record[first] = `it ${first}`
      linked.set(`${name} it ${first}`, { ...linked.get(`${name} it ${first}`), [second]: value as FieldValue })
    }
  }
  return {
    record: record as RecordFacts,
    linked: (name: string, id: string) => linked.get(`${name} ${id}`) as RecordFacts | undefined,
  }
}
