import {
  behaviourOf,
  type Contact,
  type FieldValue,
  type FormModel,
  fieldLabelText,
  fieldToText,
  formatInstant,
  isBlank,
  type Locale,
} from '@tenon/engine'
import { planList } from '@tenon/reports'
import { compileList, type ListItem } from '@tenon/reports/sql'
import type { OwnRecord, OwnRecordView } from '@tenon/runtime/contract'
import { type QueryPorts, type Reading, readingFor } from '../queries/reading.ts'
import { stageChanges } from '../store/rows/events.ts'
import { TenonError } from '../tenon-error.ts'

/** Newest of each form that are listed. */
const listed = 100

/** What a contact finds of his own on the portal, newest first. */
export async function ownList(contact: Contact, ports: QueryPorts, locale: Locale): Promise<OwnRecord[]> {
  const reading = readingFor(contact, ports, contact.app)
  const found = await Promise.all(contact.records.map(({ form }) => itemsOf(reading, form)))
  return found
    .flatMap(({ form, items }) => (form ? items.map((item) => summaryOf(form, item, reading, locale)) : []))
    .sort((one, other) => (one.created_at < other.created_at ? 1 : -1))
}

/** One of them with its progress; throws as if it were not there. */
export async function ownRecord(
  contact: Contact,
  ports: QueryPorts,
  at: { readonly form: string; readonly id: string },
  locale: Locale,
): Promise<OwnRecordView> {
  const reading = readingFor(contact, ports, contact.app)
  const { form, items } = await itemsOf(reading, at.form, at.id)
  const [item] = items
  if (!form || !item) throw new TenonError('record.notFound')
  const { records } = contact
  const shown = records.find((one) => one.form === form.id)?.fields ?? []
  const told = shown.flatMap((id) => {
    const field = form.fields.get(id)
    const value = item.values[id]
    if (!field || id === form.stageField || value === undefined || isBlank(value)) return []
    return [{ label: fieldLabelText(field), text: textOf(form, id, value, reading, locale) }]
  })
  return { ...summaryOf(form, item, reading, locale), fields: told, progress: await progressOf(form, item, reading) }
}

/** Through the plans of every list: rows and fields are those of the reader's scope. */
async function itemsOf(
  reading: Reading,
  name: string,
  id?: string,
): Promise<{ readonly form: FormModel | undefined; readonly items: readonly ListItem[] }> {
  const form = reading.app.model.forms.get(name)
  if (!form) return { form, items: [] }
  const { field } = reading.env.scopes(form)
  const fields = [...form.fields.keys()].filter((one) => field(one) !== 'none')
  const ids = id === undefined ? {} : { ids: [id] }
  const plan = planList({ form: name, fields, sort: ['-created_at'], size: listed, ...ids }, reading.env)
  if (!plan.ok) return { form, items: [] }
  const list = compileList(plan.value, reading.database)
  return { form, items: list.page(await reading.run(list.statement)).items }
}

function summaryOf(form: FormModel, { id, values }: ListItem, reading: Reading, locale: Locale): OwnRecord {
  const number = form.definition.fields.find((one) => behaviourOf(one).traits.numbered)?.id
  const text = (field: string | undefined) => {
    const value = field === undefined ? undefined : values[field]
    return field === undefined || value === undefined ? null : textOf(form, field, value, reading, locale)
  }
  return {
    form: form.id,
    id,
    kind: form.definition.label,
    number: text(number),
    title: text('title'),
    status: stageOf(form, form.stageField === undefined ? undefined : values[form.stageField]),
    created_at: String(values.created_at),
    updated_at: String(values.updated_at),
  }
}

function textOf(form: FormModel, id: string, value: FieldValue, { facts }: Reading, locale: Locale): string {
  const field = form.fields.get(id)
  return field ? fieldToText(value, field, { locale, zone: facts.zone, form }) : ''
}

/** The stage as customers read it; null: there is none, or it is not theirs to see. */
function stageOf(form: FormModel, value: FieldValue | undefined): OwnRecord['status'] {
  const stage = typeof value === 'string' ? form.stages.get(value) : undefined
  return stage ? { label: stage.customerLabel ?? stage.label, category: stage.category } : null
}

/** When it came to which stage, as customers read it: stages that read the same are one step. */
async function progressOf(form: FormModel, item: ListItem, reading: Reading): Promise<OwnRecordView['progress']> {
  const now = form.stageField === undefined ? undefined : item.values[form.stageField]
  if (typeof now !== 'string') return []
  const changes = await stageChanges(reading.db, { app: form.app, form: form.id, id: item.id })
  const [first] = changes
  const begun = changes.length === 0 ? now : (first?.from ?? undefined)
  const steps = [
    ...(begun ? [{ stage: begun, at: String(item.values.created_at) }] : []),
    ...changes.flatMap(({ to, at }) => (to === null ? [] : [{ stage: to, at: formatInstant(at) }])),
  ]
  return steps.flatMap(({ stage, at }, nth) => {
    const told = stageOf(form, stage)
    const before = nth > 0 ? stageOf(form, steps[nth - 1]?.stage) : null
    return told && JSON.stringify(told.label) !== JSON.stringify(before?.label) ? [{ ...told, at }] : []
  })
}
