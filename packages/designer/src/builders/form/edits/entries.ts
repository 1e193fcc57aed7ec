import { freshId } from '../../../edits/fresh-id.ts'
import type { Form } from './form-edit.ts'
import { withProperties } from './form-edit.ts'

/** The lists of a form whose entries have a name of their own and are edited alike. */
export const entryLists = ['views', 'actions', 'checks', 'stages'] as const
export type EntryList = (typeof entryLists)[number]
export type Entry = { readonly id: string; readonly [property: string]: unknown }

export const entriesOf = (form: Form, list: EntryList): readonly Entry[] => (form[list] ?? []) as readonly Entry[]

const withEntries = (form: Form, list: EntryList, entries: readonly Entry[]): Form =>
  withProperties(form, { [list]: entries.length === 0 ? undefined : entries })

/** A new entry at the end, with an id that was never given. */
export function addEntry(
  form: Form,
  list: EntryList,
  entry: Omit<Entry, 'id'>,
  isRetired: (id: string) => boolean,
): { readonly form: Form; readonly id: string } {
  const entries = entriesOf(form, list)
  const id = freshId('', list.slice(0, -1), (taken) => entries.some((one) => one.id === taken) || isRetired(taken))
  return { form: withEntries(form, list, [...entries, { id, ...entry }]), id }
}

export const changeEntry = (form: Form, list: EntryList, id: string, next: Entry): Form =>
  withEntries(
    form,
    list,
    entriesOf(form, list).map((entry) => (entry.id === id ? { ...next, id } : entry)),
  )

/** Puts an entry where another one stands now. */
export function moveEntry(form: Form, list: EntryList, id: string, to: number): Form {
  const entries = entriesOf(form, list)
  const at = entries.findIndex((entry) => entry.id === id)
  const entry = entries[at]
  if (!entry || at === to || to < 0 || to >= entries.length) return form
  return withEntries(form, list, entries.toSpliced(at, 1).toSpliced(to, 0, entry))
}
