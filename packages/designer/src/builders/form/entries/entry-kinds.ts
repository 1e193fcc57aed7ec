import {
  type Action,
  type Condition,
  FormAction,
  FormDefinition,
  type Locale,
  resolveText,
  type SchemaNode,
  Stage,
  type TextValue,
  type ViewTypeName,
  viewSchemas,
} from '@tenon/engine'
import { choicesIn, pathLabel, type Telling, tellCondition } from '../../../panels/index.ts'
import { actionTitle, tellAction } from '../../rule/rule-words.ts'
import type { Entry, EntryList } from '../edits/entries.ts'
import type { Form } from '../edits/form-edit.ts'

/** Texts of the bench for what has no title in a schema. */
export type Texts = {
  readonly viewType: (type: string) => string
  readonly toCustomers: (name: string) => string
}
type EntryKind = {
  readonly schemaOf: (entry: Entry) => object
  /** What is asked, in this order. */
  readonly propertiesOf: (entry: Entry) => readonly string[]
  /** An entry that says as little as is allowed, about fields that exist. */
  readonly fresh: (form: Form) => Omit<Entry, 'id'>
  readonly nameOf: (entry: Entry, locale: Locale) => string
  /** One line below the name: what the entry does. */
  readonly summaryOf: (entry: Entry, telling: Telling, texts: Texts) => string
}

const text = (value: unknown, locale: Locale) => resolveText(value as TextValue | undefined, locale)
const label = (entry: Entry, locale: Locale) => text(entry.label, locale)
const checks = FormDefinition.properties.checks as unknown as { readonly items: object }
const stageCategory = Stage.properties.category as unknown as SchemaNode & { readonly enum: readonly string[] }

const firstField = (form: Form) => form.fields[0]?.id ?? ''
const columnsOf = (entry: Entry): readonly string[] => (Array.isArray(entry.columns) ? entry.columns : [])

const actionsOf = (entry: Entry): readonly Action[] => (Array.isArray(entry.actions) ? entry.actions : [])
/** A field by its name, through a link with both: 客户 › 等级. */
const fieldWords = (path: string, { app, form, locale }: Telling) =>
  pathLabel(path.split('.'), form, { app, locale }) ?? path
const parts = (...all: readonly string[]) => all.filter((part) => part !== '').join(' · ')

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
    summaryOf: (entry, telling, { viewType }) => {
      const columns = columnsOf(entry).map((path) => fieldWords(path, telling))
      return parts(viewType(String(entry.type)), columns.join(telling.t('sentence.comma')))
    },
  },
  actions: {
    schemaOf: () => FormAction,
    propertiesOf: () => ['label', 'actions', 'visibleWhen', 'roles', 'confirm', 'tone'],
    fresh: () => ({ label: { 'zh-CN': '新按钮', en: 'New button' }, actions: [] }),
    nameOf: label,
    summaryOf: (entry, telling) =>
      actionsOf(entry)
        .map((action) => [actionTitle(action.type, telling.locale), tellAction(action, telling)].join(' ').trim())
        .join(' · '),
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
    summaryOf: (entry, telling) => (entry.must ? tellCondition(entry.must as Condition, telling) : ''),
  },
  stages: {
    schemaOf: () => Stage,
    propertiesOf: () => ['label', 'category', 'customerLabel', 'tone'],
    fresh: () => ({ label: { 'zh-CN': '新阶段', en: 'New stage' }, category: stageCategory.enum[1] }),
    nameOf: label,
    summaryOf: (entry, { locale }, { toCustomers }) => {
      const category = choicesIn(stageCategory, locale).find(({ value }) => value === entry.category)
      const seen = text(entry.customerLabel, locale)
      return parts(category?.label ?? '', seen === '' ? '' : toCustomers(seen))
    },
  },
}
