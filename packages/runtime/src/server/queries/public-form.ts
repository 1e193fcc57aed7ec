import {
  evaluateForm,
  type Field,
  type FormDefinition,
  type FormModel,
  fieldRights,
  formSchema,
  type Locale,
  publicFields,
  type Stranger,
} from '@tenon/engine'
import type { PublicFormView, WireValue } from '@tenon/runtime/contract'
import { mentions } from './mentions.ts'
import { type QueryPorts, readingFor } from './reading.ts'

/** The public form of a stranger, to be drawn. The form is one that is open. */
export function publicFormView(
  stranger: Stranger,
  ports: QueryPorts,
  form: FormModel,
  locale: Locale,
): Omit<PublicFormView, 'fileMaxBytes'> {
  const { app, facts, env } = readingFor(stranger, ports, stranger.app)
  const rights = fieldRights(form, stranger, facts, env.lookup, 'create')
  const own = { ...facts, linked: () => undefined }
  const { fields } = evaluateForm(form, {
    mode: 'create',
    data: {},
    facts: own,
    rights,
    lookup: env.lookup,
    isPublic: true,
  })
  const { schema, uiSchema } = formSchema(form, { mode: 'create', rights, locale })
  const { definition } = app.model
  const { publicForm, label } = form.definition
  return {
    title: publicForm?.title ?? label,
    intro: publicForm?.intro ?? null,
    locales: [...definition.locales],
    zone: facts.zone,
    currency: definition.currency ?? 'CNY',
    definition: shownPart(form) as unknown as Record<string, unknown>,
    schema: schema as Record<string, unknown>,
    uiSchema: uiSchema as Record<string, unknown>,
    data: Object.fromEntries(
      [...fields].flatMap(([id, { value }]) => (value === null ? [] : [[id, value as WireValue]])),
    ),
    rights: Object.fromEntries([...rights].filter(([, right]) => right !== 'hidden')),
  }
}

/** The definition without anything about fields that are not asked, and without what only matters inside. */
function shownPart(form: FormModel): FormDefinition {
  const { definition } = form
  const shown = new Set(publicFields(form))
  const hidden = definition.fields.flatMap(({ id }) => (shown.has(id) ? [] : [id]))
  const layout = (definition.layout ?? [])
    .map(({ visibleWhen, ...section }) => ({
      ...section,
      ...(visibleWhen && !mentions(visibleWhen, hidden) ? { visibleWhen } : {}),
      items: section.items.filter((item) => shown.has(typeof item === 'string' ? item : item.field)),
    }))
    .filter(({ items }) => items.length > 0)
  const tabs = (definition.tabs ?? []).filter(({ id }) => layout.some(({ tab }) => tab === id))
  return {
    id: 'form',
    kind: 'form',
    schemaVersion: 1,
    label: definition.publicForm?.title ?? definition.label,
    title: { formula: 'null' },
    fields: definition.fields.filter(({ id }) => shown.has(id)).map((field) => withoutHints(field, hidden)),
    ...(layout.length > 0 ? { layout } : {}),
    ...(tabs.length > 0 ? { tabs } : {}),
    checks: (definition.checks ?? []).filter((check) => !mentions(check, hidden)),
  }
}

const telling = ['visibleWhen', 'requiredWhen', 'readOnlyWhen', 'default']

/** Conditions that look at what is not shown are the server's alone; the page then shows the field and asks nothing. */
const withoutHints = (field: Field, hidden: readonly string[]): Field =>
  Object.fromEntries(
    Object.entries(field).filter(([name, part]) => !telling.includes(name) || !mentions(part, hidden)),
  ) as Field
