import { factReader, isBlank, linkedFormName, resolvePath, userFactNames } from '../conditions/read-fact.ts'
import { type FactName, factNames } from '../definitions/condition.ts'
import type { Facts } from '../facts.ts'
import { fieldToText } from '../fields/field.ts'
import { printInstant } from '../fields/moments.ts'
import { parseInstant } from '../kernel/instant.ts'
import type { Locale } from '../kernel/locale.ts'
import { nearestName } from '../kernel/nearest-name.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import type { FieldValue } from '../kernel/value-kind.ts'
import type { FieldModel, FormLookup, FormModel } from '../model.ts'
import { formatterNames, formatters } from './formatters.ts'
import { isPlaceholder, type Placeholder, parseTemplate } from './template.ts'

export type RenderOptions = {
  readonly locale: Locale | string
  readonly zone: string
  readonly form?: FormModel
  readonly lookup?: FormLookup
  /** Name of a person, department or file by id; absent: the id stands. Linked records show their title. */
  readonly nameOf?: (id: string) => string | undefined
  /** The value of a field in words; absent: as the field's type writes it (option labels, grouped amounts). */
  readonly toText?: (form: FormModel, field: FieldModel, value: FieldValue) => string
}

/**
 * Fills `{{path}}` and `{{path | formatter}}` from the facts. Values are put in as they are and never read as a
 * template; an unknown path gives nothing (`checkTemplate` names it). Plain text out: whoever makes HTML escapes it.
 */
export const renderText = (template: string, facts: Facts, options: RenderOptions): string =>
  parseTemplate(template)
    .map((part) => (isPlaceholder(part) ? renderPlaceholder(part, facts, options) : part))
    .join('')

function renderPlaceholder({ fact, path, formatter }: Placeholder, facts: Facts, options: RenderOptions): string {
  const { form, lookup } = options
  if (!isFactName(fact)) return ''
  const value = factReader(fact, path, form, lookup)(facts)
  if (isBlank(value)) return ''
  const words = inWords(fact, path, value, facts, options)
  const format = formatter === undefined ? undefined : formatters[formatter]
  return format ? format(value, { locale: localeOf(options), zone: options.zone, words }) : words
}

const isFactName = (name: string): name is FactName => (factNames as readonly string[]).includes(name)
const localeOf = ({ locale }: RenderOptions): Locale => (locale === 'en' ? 'en' : 'zh-CN')

function inWords(
  fact: FactName,
  path: readonly string[],
  value: unknown,
  facts: Facts,
  options: RenderOptions,
): string {
  const target = resolvePath(fact, path, options.form, options.lookup)
  if (typeof target === 'object' && target.field && target.form && isFieldValue(value)) {
    return fieldInWords(target.form, target.field, value, facts, options)
  }
  if (fact === 'now' && typeof value === 'string') return printInstant(value, localeOf(options), options.zone)
  if (fact === 'user') return userInWords(path, value, options)
  if (Array.isArray(value))
    return value.map((item) => plainWords(item, options)).join(localeOf(options) === 'en' ? ', ' : '、')
  return plainWords(value, options)
}

const isFieldValue = (value: unknown): value is FieldValue =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  (Array.isArray(value) && value.every((item) => typeof item === 'string'))

function fieldInWords(
  form: FormModel,
  field: FieldModel,
  value: FieldValue,
  facts: Facts,
  options: RenderOptions,
): string {
  if (options.toText) return options.toText(form, field, value)
  const root = options.form ?? form
  return fieldToText(value, field, {
    locale: localeOf(options),
    zone: options.zone,
    form,
    nameOf: (target, id) => (target.kind === 'record' ? linkedTitle(root, target, id, facts) : options.nameOf?.(id)),
  })
}

function linkedTitle(
  root: FormModel,
  target: { readonly app: string; readonly form: string },
  id: string,
  facts: Facts,
): string | undefined {
  const title = facts.linked?.(linkedFormName(root, target), id)?.title
  return typeof title === 'string' && title !== '' ? title : undefined
}

const references = new Set(['id', 'department', 'superior', 'departments'])
function userInWords(path: readonly string[], value: unknown, options: RenderOptions): string {
  const [name = 'id'] = path
  const words = (item: unknown): string => {
    const text = plainWords(item, options)
    return references.has(name) ? (options.nameOf?.(text) ?? text) : text
  }
  return Array.isArray(value) ? value.map(words).join(localeOf(options) === 'en' ? ', ' : '、') : words(value)
}

/** A value nobody declared: instants as moments, scalars as they are, anything else as nothing. */
function plainWords(value: unknown, options: RenderOptions): string {
  if (typeof value === 'string')
    return value.endsWith('Z') && parseInstant(value) !== undefined
      ? printInstant(value, localeOf(options), options.zone)
      : value
  if (typeof value === 'boolean')
    return value ? (localeOf(options) === 'en' ? 'Yes' : '是') : localeOf(options) === 'en' ? 'No' : '否'
  return typeof value === 'number' ? String(value) : ''
}

/** Problems of a template: unknown paths and formatters, with where they stand. */
export function checkTemplate(
  template: string,
  scope: { readonly form?: FormModel; readonly lookup?: FormLookup },
  path: string,
): readonly Problem[] {
  return parseTemplate(template)
    .filter(isPlaceholder)
    .flatMap((part) => [...pathProblems(part, scope, path), ...formatterProblems(part, path)])
}

function pathProblems(
  part: Placeholder,
  { form, lookup }: { readonly form?: FormModel; readonly lookup?: FormLookup },
  path: string,
): readonly Problem[] {
  const { fact, from, to } = part
  const name = [fact, ...part.path].join('.')
  if (!isFactName(fact)) {
    const known = form?.fields.has(fact) ? `record.${name}` : nearestName(fact, factNames)
    return [problem('message.unknownPath', path, { name, from, to, ...(known ? { suggestion: known } : {}) })]
  }
  if (resolvePath(fact, part.path, form, lookup) !== undefined) return []
  const last = part.path.at(-1) ?? ''
  const known = fact === 'user' ? userFactNames : (form?.fields.keys() ?? [])
  const near = nearestName(last, known)
  const suggestion = near === undefined ? undefined : [fact, ...part.path.slice(0, -1), near].join('.')
  return [problem('message.unknownPath', path, { name, from, to, ...(suggestion ? { suggestion } : {}) })]
}

function formatterProblems({ formatter, from, to }: Placeholder, path: string): readonly Problem[] {
  if (formatter === undefined || formatterNames.includes(formatter)) return []
  const suggestion = nearestName(formatter, formatterNames)
  return [
    problem('message.unknownFormatter', path, { name: formatter, from, to, ...(suggestion ? { suggestion } : {}) }),
  ]
}
