import { type FormModel, locales, resolveText } from '@tenon/engine'
import type { ImportMapping } from './mapping.ts'
import type { Table } from './read-table.ts'

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-/（）()：:*]/g, '')

/** A first mapping: columns named like a field, by id or by label in any language. */
export function suggestMapping(table: Table, form: FormModel): ImportMapping {
  const byName = new Map<string, string>()
  for (const field of form.definition.fields) {
    byName.set(plain(field.id), field.id)
    for (const locale of locales) byName.set(plain(resolveText(field.label, locale)), field.id)
  }
  const taken = new Set<string>()
  const fields = table.columns.flatMap((column) => {
    const field = byName.get(plain(column))
    if (column === '' || field === undefined || taken.has(field)) return []
    taken.add(field)
    return [{ field, column }]
  })
  return { form: form.id, fields }
}
