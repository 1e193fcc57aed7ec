import type { AccessEntry, FormDefinition, RecordRight } from '@tenon/engine'
import { freshId } from './fresh-id.ts'

export type Form = FormDefinition
/** How an entry treats a field, as the matrix shows it: what nobody restricted follows the entry's own rights. */
export type FieldCell = 'edit' | 'read' | 'hidden' | 'none'

const entriesOf = (form: Form): readonly AccessEntry[] => form.access ?? []

/** One entry changed; a change that gives the same entry changes nothing. */
function withEntry(form: Form, id: string, change: (entry: AccessEntry) => AccessEntry): Form {
  const entries = entriesOf(form)
  const at = entries.findIndex((entry) => entry.id === id)
  const entry = entries[at]
  if (!entry) return form
  const next = change(entry)
  return next === entry ? form : { ...form, access: entries.with(at, next) }
}

/** Gives or takes a right; rights stand in the order of the list, so that two ways to the same rights read the same. */
export function withRight(form: Form, id: string, right: RecordRight, given: boolean, order: readonly RecordRight[]) {
  return withEntry(form, id, (entry) =>
    entry.can.includes(right) === given
      ? entry
      : { ...entry, can: order.filter((one) => (one === right ? given : entry.can.includes(one))) },
  )
}

export const withRights = (form: Form, id: string, rights: readonly RecordRight[]): Form =>
  withEntry(form, id, (entry) => ({ ...entry, can: [...rights] }))

/** The rows an entry speaks about; undefined: all. */
export const withRows = (form: Form, id: string, rows: AccessEntry['rows'] | undefined): Form =>
  withEntry(form, id, ({ rows: _before, ...entry }) => (rows === undefined ? entry : { ...entry, rows }))

/** What a field is to the people of an entry. 'none': the entry shows nothing at all, so no field of it either. */
export function fieldCell(entry: AccessEntry, field: string, isWritable: boolean): FieldCell {
  const writes = entry.can.includes('update') || entry.can.includes('create')
  if (!writes && !entry.can.includes('read')) return 'none'
  const word = entry.fields !== undefined && Object.hasOwn(entry.fields, field) ? entry.fields[field] : undefined
  if (word === 'hidden') return 'hidden'
  return word === 'read' || !writes || !isWritable ? 'read' : 'edit'
}

/** What a click makes of a cell: only what can make a difference for these people comes up. */
export function nextCell(entry: AccessEntry, field: string, isWritable: boolean): FieldCell {
  const cell = fieldCell(entry, field, isWritable)
  if (cell === 'none') return 'none'
  const canEdit = fieldCell({ ...entry, fields: {} }, field, isWritable) === 'edit'
  if (cell === 'edit') return 'read'
  if (cell === 'read') return 'hidden'
  return canEdit ? 'edit' : 'read'
}

/** Sets several fields of an entry at once. What the entry's rights say anyway is not written down. */
export function withFields(
  form: Form,
  id: string,
  fields: readonly { id: string; isWritable: boolean }[],
  cell: FieldCell,
) {
  return withEntry(form, id, (entry) => {
    const { fields: before = {}, ...rest } = entry
    const plain = { ...entry, fields: {} }
    const words = { ...before }
    for (const field of fields) {
      const usual = fieldCell(plain, field.id, field.isWritable)
      if (cell === 'none' || usual === 'none') continue
      if (cell === usual || (cell === 'edit' && usual === 'read')) delete words[field.id]
      else words[field.id] = cell
    }
    if (same(words, before)) return entry
    return Object.keys(words).length === 0 ? rest : { ...rest, fields: words }
  })
}

const same = (one: object, other: object) => JSON.stringify(one) === JSON.stringify(other)

/** Puts a further entry for a role behind its last one (at the end where it has none); gives its id too. */
export function withNewEntry(
  form: Form,
  role: string,
  like?: AccessEntry,
): { readonly form: Form; readonly id: string } {
  const entries = entriesOf(form)
  const id = freshId(role === '*' ? 'everybody' : `${role}_all`, 'access', (taken) =>
    entries.some((entry) => entry.id === taken),
  )
  const { id: _id, role: _role, ...rest } = like ?? { id: '', role: '', can: ['read' as const] }
  const entry: AccessEntry = structuredClone({ id, role, ...rest })
  const last = entries.findLastIndex((one) => one.role === role)
  return { form: { ...form, access: entries.toSpliced(last < 0 ? entries.length : last + 1, 0, entry) }, id }
}

export function withoutEntry(form: Form, id: string): Form {
  const entries = entriesOf(form)
  const rest = entries.filter((entry) => entry.id !== id)
  return rest.length === entries.length ? form : { ...form, access: rest }
}
