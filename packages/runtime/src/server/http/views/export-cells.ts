import {
  type FieldModel,
  type FieldValue,
  type FormModel,
  fieldToText,
  formatInstant,
  type Locale,
  parseInstant,
  resolveText,
  zoneOffsetMs,
} from '@tenon/engine'
import type { RecordItem, RefView } from '@tenon/runtime/contract'

/**
 * One cell of a table for people: a number stays a number, a day a day, a moment a moment (on the reader's clock,
 * `2026-03-02 09:30:00`), and all else is text and nothing but text.
 */
export type Cell =
  | null
  | { readonly number: string }
  | { readonly day: string }
  | { readonly moment: string }
  | { readonly text: string }
export type ExportColumn = {
  readonly path: string
  readonly heading: string
  readonly field: FieldModel
  readonly form: FormModel
}

const numericKinds = new Set(['integer', 'decimal', 'money'])

/** The cell of a value as its reader would see it: choices by label, people by name, moments in the reader's zone. */
export function exportCell(
  item: RecordItem,
  column: ExportColumn,
  refs: Readonly<Record<string, RefView>>,
  locale: Locale,
  zone: string,
): Cell {
  const value = valueAt(item, column)
  if (value === null || value === undefined) return null
  const { kind } = column.field.value
  if (numericKinds.has(kind)) return { number: String(value) }
  if (kind === 'date') return { day: String(value) }
  if (kind === 'instant') return { moment: wallClock(String(value), zone) }
  const nameOf = (_target: unknown, id: string) => nameOfRef(refs[id])
  return { text: fieldToText(value, column.field, { locale, zone, form: column.form, nameOf }) }
}

/** How the clock on the reader's wall showed an instant. */
function wallClock(instant: string, zone: string): string {
  const at = parseInstant(instant)
  return at === undefined
    ? instant
    : formatInstant(at + zoneOffsetMs(zone, at))
        .slice(0, 19)
        .replace('T', ' ')
}

const nameOfRef = (ref: RefView | undefined) => (ref === undefined ? undefined : 'title' in ref ? ref.title : ref.name)

function valueAt(item: RecordItem, { path, field }: ExportColumn): FieldValue | undefined {
  if (field.system && !path.includes('.')) return (item as unknown as Record<string, FieldValue>)[path]
  return Object.hasOwn(item.values, path) ? item.values[path] : undefined
}

/** The columns of an export, by paths that may follow links; what is not there or hidden has no column. */
export function exportColumns(
  form: FormModel,
  paths: readonly string[],
  locale: Locale,
  formOf: (app: string, form: string) => FormModel | undefined,
  sees: (form: FormModel, field: string) => boolean,
): ExportColumn[] {
  return paths.flatMap((path) => {
    let at = form
    const parts = path.split('.')
    const labels: string[] = []
    for (const [index, part] of parts.entries()) {
      const field = at.fields.get(part)
      if (!field || !sees(at, part)) return []
      const { shows } = field
      if (shows && !(sees(at, shows.link) && sees(shows.form, shows.field.id))) return []
      labels.push(field.definition ? resolveText(field.definition.label, locale) : systemLabel(part, locale))
      if (index === parts.length - 1) return [{ path, heading: labels.join(' · '), field, form: at }]
      const target = field.target?.kind === 'record' ? formOf(field.target.app, field.target.form) : undefined
      if (!target) return []
      at = target
    }
    return []
  })
}

const systemLabels: Readonly<Record<string, { readonly 'zh-CN': string; readonly en: string }>> = {
  id: { 'zh-CN': '标识', en: 'Id' },
  title: { 'zh-CN': '标题', en: 'Title' },
  version: { 'zh-CN': '版本', en: 'Version' },
  created_at: { 'zh-CN': '创建时间', en: 'Created' },
  created_by: { 'zh-CN': '创建人', en: 'Created by' },
  updated_at: { 'zh-CN': '更新时间', en: 'Updated' },
  updated_by: { 'zh-CN': '更新人', en: 'Updated by' },
}
const systemLabel = (id: string, locale: Locale) =>
  Object.hasOwn(systemLabels, id) ? resolveText(systemLabels[id], locale) : id
