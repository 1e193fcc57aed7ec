import { fieldTypes, isObject, resolveText, type TextValue } from '@tenon/engine'
import { freshId } from '../../../edits/fresh-id.ts'
import { isTakenIn } from './add-field.ts'
import type { FieldDefinition, Form, LayoutItem } from './form-edit.ts'
import { fieldOfItem, type Place, placeFields, resizeField } from './place-fields.ts'

type Copied = { readonly field: FieldDefinition; readonly span?: number }
const mark = 'tenon/fields'

/** Fields as text, for the clipboard of the machine: read again by any form of any app. */
export function copyFields(form: Form, ids: readonly string[]): string {
  const items = new Map<string, LayoutItem>(
    (form.layout ?? []).flatMap((section) => section.items.map((one) => [fieldOfItem(one), one])),
  )
  const copied = ids.flatMap((id): Copied[] => {
    const field = form.fields.find((one) => one.id === id)
    const item = items.get(id)
    const span = typeof item === 'object' ? item.span : undefined
    return field ? [{ field, ...(span === undefined ? {} : { span }) }] : []
  })
  return JSON.stringify({ kind: mark, fields: copied })
}

/** What was copied; undefined: the text is something else. */
export function readCopied(text: string): readonly Copied[] | undefined {
  if (!text.startsWith(`{"kind":"${mark}"`) || text.length > 2_000_000) return undefined
  try {
    const { fields } = JSON.parse(text) as { fields: unknown }
    const isCopied = (one: unknown): one is Copied =>
      isObject(one) &&
      isObject(one.field) &&
      typeof one.field.id === 'string' &&
      typeof one.field.type === 'string' &&
      Object.hasOwn(fieldTypes, one.field.type)
    return Array.isArray(fields) && fields.every(isCopied) ? fields : undefined
  } catch {
    return undefined
  }
}

/**
 * Puts copies into a gap. Where an id is free it stays, so that what fields say about one another goes on meaning the
 * copies; where it is taken a new one is given, and the conditions among the copies follow it.
 */
export function pasteFields(
  form: Form,
  copied: readonly Copied[],
  place: Place,
  isRetired: (id: string) => boolean,
): { readonly form: Form; readonly ids: readonly string[] } {
  const renamed = new Map<string, string>()
  let pasted = form
  for (const { field } of copied) {
    const isTaken = isTakenIn(pasted, isRetired)
    const id = isTaken(field.id) ? freshId(field.id.replace(/_\d+$/, ''), field.type, isTaken) : field.id
    renamed.set(field.id, id)
    pasted = { ...pasted, fields: [...pasted.fields, { ...field, id }] }
  }
  const ids = [...renamed.values()]
  const isNew = new Set(ids)
  const meant = {
    ...pasted,
    fields: pasted.fields.map((field) => (isNew.has(field.id) ? (followed(field, renamed) as FieldDefinition) : field)),
  }
  const placed = placeFields(meant, ids, place)
  const sized = copied.reduce(
    (all, { field, span }) => (span === undefined ? all : resizeField(all, renamed.get(field.id) ?? '', span)),
    placed,
  )
  return { form: sized, ids }
}

/** Copies beside their originals, called copies of them. */
export function duplicateFields(
  form: Form,
  ids: readonly string[],
  place: Place,
  isRetired: (id: string) => boolean,
): { readonly form: Form; readonly ids: readonly string[] } {
  const copied = readCopied(copyFields(form, ids)) ?? []
  const named = copied.map(({ field, ...rest }) => ({ field: { ...field, label: copyName(field.label) }, ...rest }))
  return pasteFields(form, named, place, isRetired)
}

const copyName = (label: TextValue): TextValue => ({
  'zh-CN': `${resolveText(label, 'zh-CN')} 副本`,
  en: `${resolveText(label, 'en')} copy`,
})

/** Paths of conditions (`$.priority`, `$.record.priority`) with the new ids. */
function followed(value: unknown, renamed: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((one) => followed(one, renamed))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      typeof inner === 'string' && (key === 'path' || key === 'ref')
        ? renamedPath(inner, renamed)
        : followed(inner, renamed),
    ]),
  )
}

function renamedPath(path: string, renamed: ReadonlyMap<string, string>): string {
  const [, head = '', id = '', rest = ''] = /^(\$\.(?:record\.)?)([a-z0-9_]+)(.*)$/s.exec(path) ?? []
  const now = renamed.get(id)
  return now === undefined ? path : `${head}${now}${rest}`
}
