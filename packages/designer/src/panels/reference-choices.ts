import {
  behaviourOf,
  definitionOf,
  type FieldModel,
  type FormModel,
  fieldLabel,
  formMeant,
  isFieldFor,
  isObject,
  type Locale,
  linkedFormName,
  type ReferenceRule,
  resolveText,
  type TextValue,
} from '@tenon/engine'
import { placeOf } from '../builders/kinds.ts'
import { labelOf } from '../draft/labels.ts'
import type { DraftApp } from './draft-app.ts'

export type ReferenceChoice = { readonly value: string; readonly label: string; readonly group?: string | undefined }

type Place = {
  readonly app: DraftApp
  readonly path: string
  readonly form: FormModel | undefined
  readonly siblings: { readonly [property: string]: unknown }
  readonly locale: Locale
}

/** What a reference may name here, by its label. */
export function referenceChoices(rule: ReferenceRule, place: Place): readonly ReferenceChoice[] {
  const sibling = rule.of === undefined ? undefined : place.siblings[rule.of]
  const of = typeof sibling === 'string' ? sibling : undefined
  const owner = formMeant({ rule, of }, place.form, place.app.lookup)
  switch (rule.kind) {
    case 'field':
      return fieldChoices(rule, owner, place)
    case 'stage':
      return named(owner?.definition.stages, place)
    case 'view':
      return named(owner?.definition.views, place)
    case 'role':
      return named(place.app.definition?.roles, place)
    case 'form':
    case 'flow':
    case 'message':
    case 'metric':
    case 'calendar':
    case 'decision':
    case 'assignment':
    case 'board':
      return definitions(rule.kind, place)
    case 'node':
      return rule.anywhere ? inFlows(place, (flow) => listIn(flow, 'nodes')) : named(here(place, 'nodes'), place)
    case 'outcome':
      return rule.anywhere
        ? inFlows(place, (flow) => listIn(flow, 'nodes').flatMap((node) => listIn(node, 'outcomes')))
        : named(listIn(here(place, 'nodes').find((node) => node.id === of) ?? {}, 'outcomes'), place)
    case 'clock':
      return documentsOf('policy', place).flatMap(({ document, label }) =>
        named(listIn(document, 'clocks'), place).map((choice) => ({ ...choice, group: label })),
      )
    case 'action':
      return documentsOf('form', place).flatMap(({ document, label }) =>
        named(listIn(document, 'actions'), place).map((choice) => ({ ...choice, group: label })),
      )
    case 'decisionInput':
      return named(here(place, 'inputs'), place)
    case 'decisionOutput':
      return named(
        rule.of === undefined ? here(place, 'outputs') : listIn(place.app.documents[`decisions/${of}.json`], 'outputs'),
        place,
      )
    case 'app':
      return (place.app.definition?.requires ?? []).map(({ app }) => ({ value: app, label: app }))
  }
}

type Named = { readonly id?: unknown; readonly label?: unknown; readonly [key: string]: unknown }
const listIn = (document: unknown, name: string): readonly Named[] =>
  isObject(document) && Array.isArray(document[name]) ? (document[name] as readonly Named[]).filter(isObject) : []
const here = ({ app, path }: Place, name: string): readonly Named[] => listIn(app.documents[path], name)

const named = (list: readonly Named[] | undefined, { locale }: Place): readonly ReferenceChoice[] =>
  (list ?? []).flatMap((one) =>
    typeof one.id === 'string' ? [{ value: one.id, label: labelOf(one, locale, one.id) }] : [],
  )

function documentsOf(kind: string, { app, locale }: Place) {
  return Object.entries(app.documents).flatMap(([path, document]) => {
    const place = placeOf(path)
    return place?.kind === kind ? [{ id: place.id, document, label: labelOf(document, locale, place.id) }] : []
  })
}

const definitions = (kind: string, place: Place): readonly ReferenceChoice[] =>
  documentsOf(kind, place).map(({ id, label }) => ({ value: id, label }))

const inFlows = (place: Place, list: (flow: unknown) => readonly Named[]): readonly ReferenceChoice[] =>
  documentsOf('flow', place).flatMap(({ document, label }) =>
    named(list(document), place).map((choice) => ({ ...choice, group: label })),
  )

const isWritable = (field: FieldModel): boolean => !field.system && behaviourOf(definitionOf(field)).traits.entered

function fieldChoices(rule: ReferenceRule, form: FormModel | undefined, place: Place): readonly ReferenceChoice[] {
  if (!form) return []
  const fits = (field: FieldModel) =>
    (rule.kinds === undefined || rule.kinds.includes(field.value.kind)) &&
    (rule.fits === undefined || isFieldFor(rule.fits, field, form)) &&
    (!rule.sets || isWritable(field))
  const own = fieldsOf(form).filter(fits)
  const choices = own.map((field) => ({ value: field.id, label: fieldLabel(field, place.locale) }))
  return rule.path ? [...choices, ...linkedChoices(form, fits, place)] : choices
}

/** Fields one link further: `customer.level` as “客户 › 等级”. */
function linkedChoices(form: FormModel, fits: (field: FieldModel) => boolean, { app, locale }: Place) {
  return fieldsOf(form).flatMap((link) => {
    const target = link.target?.kind === 'record' ? app.lookup(linkedFormName(form, link.target)) : undefined
    const label = fieldLabel(link, locale)
    return (target ? fieldsOf(target) : []).filter(fits).map((field) => ({
      value: `${link.id}.${field.id}`,
      label: `${label} › ${fieldLabel(field, locale)}`,
      group: label,
    }))
  })
}

/** Authored fields first, then what every record has; ids of records mean nothing to people. */
const fieldsOf = (form: FormModel): readonly FieldModel[] => {
  const all = [...form.fields.values()].filter(({ id }) => id !== 'id' && id !== 'version')
  return [...all.filter(({ system }) => !system), ...all.filter(({ system }) => system)]
}

/** A path of field ids in words; undefined: it leads nowhere here. */
export function pathLabel(
  path: readonly string[],
  form: FormModel | undefined,
  { app, locale }: Pick<Place, 'app' | 'locale'>,
) {
  const words: string[] = []
  let at: FormModel | undefined = form
  for (const id of path) {
    const field: FieldModel | undefined = at?.fields.get(id)
    if (!field || !form) return undefined
    words.push(fieldLabel(field, locale))
    const linked = field.target?.kind === 'record' ? app.lookup(linkedFormName(form, field.target)) : undefined
    at = field.rows ?? linked
  }
  return words.join(' › ')
}

export const textOf = (text: unknown, locale: Locale): string =>
  typeof text === 'string' || isObject(text) ? resolveText(text as TextValue, locale) : ''
