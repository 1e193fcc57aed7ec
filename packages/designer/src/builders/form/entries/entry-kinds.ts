import {
  FormAction,
  FormDefinition,
  type Locale,
  resolveText,
  Stage,
  type TextValue,
  type ViewTypeName,
  viewSchemas,
} from '@tenon/engine'
import type { Entry, EntryList } from '../edits/entries.ts'
import type { Form } from '../edits/form-edit.ts'
import { pathLabel } from './path-label.ts'

type EntryKind = {
  readonly schemaOf: (entry: Entry) => object
  /** What is asked, in this order. */
  readonly propertiesOf: (entry: Entry) => readonly string[]
  /** An entry that says as little as is allowed, about fields that exist. */
  readonly fresh: (form: Form) => Omit<Entry, 'id'>
  readonly nameOf: (entry: Entry, locale: Locale) => string
  /** One line below the name. */
  readonly summaryOf: (entry: Entry, form: Form, locale: Locale) => string
}

const text = (value: unknown, locale: Locale) => resolveText(value as TextValue | undefined, locale)
const label = (entry: Entry, locale: Locale) => text(entry.label, locale)
const checks = FormDefinition.properties.checks as unknown as { readonly items: object }
const stageCategory = Stage.properties.category as unknown as { readonly enum: readonly string[] }

const firstField = (form: Form) => form.fields[0]?.id ?? ''
const columnsOf = (entry: Entry): readonly string[] => (Array.isArray(entry.columns) ? entry.columns : [])

const viewSchemaOf = (entry: Entry) => viewSchemas[entry.type as ViewTypeName]

/** How each list of a form is edited: a list without an entry here does not compile. */
export const entryKinds: { readonly [L in EntryList]: EntryKind } = {
  views: {
    schemaOf: viewSchemaOf,
    propertiesOf: (entry) =>
      Object.keys(viewSchemaOf(entry).properties).filter((name) => name !== 'id' && name !== 'type'),
    fresh: (form) => ({
      type: 'table',
      label: { 'zh-CN': '新视图', en: 'New view' },
      columns: form.fields.slice(0, 5).map(({ id }) => id),
    }),
    nameOf: label,
    summaryOf: (entry, form, locale) =>
      columnsOf(entry)
        .map((path) => pathLabel(form, path, locale))
        .join(locale === 'zh-CN' ? '、' : ', '),
  },
  actions: {
    schemaOf: () => FormAction,
    propertiesOf: () => ['label', 'actions', 'visibleWhen', 'roles', 'confirm', 'tone'],
    fresh: () => ({ label: { 'zh-CN': '新按钮', en: 'New button' }, actions: [] }),
    nameOf: label,
    summaryOf: (entry, _, locale) => text(entry.confirm, locale),
  },
  checks: {
    schemaOf: () => checks.items,
    propertiesOf: () => ['must', 'message', 'at'],
    fresh: (form) => ({
      must: { fact: 'record', path: `$.${firstField(form)}`, operator: 'isNotEmpty' },
      message: { 'zh-CN': '请填写', en: 'Please fill this in' },
      at: firstField(form),
    }),
    nameOf: (entry, locale) => text(entry.message, locale),
    summaryOf: (entry, form, locale) => pathLabel(form, String(entry.at), locale),
  },
  stages: {
    schemaOf: () => Stage,
    propertiesOf: () => ['label', 'category', 'customerLabel', 'tone'],
    fresh: () => ({ label: { 'zh-CN': '新阶段', en: 'New stage' }, category: stageCategory.enum[1] }),
    nameOf: label,
    summaryOf: (entry, _, locale) => text(entry.customerLabel, locale),
  },
}
