import {
  type ExplainedCondition,
  type FieldModel,
  type FieldValue,
  type FormModel,
  fieldLabelText,
  fieldToText,
  type Locale,
  operators,
  pathParts,
  resolveText,
  type TextValue,
} from '@tenon/engine'
import type { WhyLine } from '@tenon/runtime/contract'
import { metricsOf, type Reading } from './reading.ts'

const bare = {
  operator: null,
  expected: null,
  actual: null,
  words: { expected: null, actual: null },
  hidden: false,
  window: null,
  value: null,
}

/** A condition as it came out, line by line; values of fields the reader may not see (in every row) are left out. */
export function whyLines(
  why: ExplainedCondition | null,
  form: FormModel | undefined,
  reading: Reading,
  depth = 0,
): WhyLine[] {
  if (why === null) return []
  if (why.kind === 'formula')
    return [{ ...bare, depth, kind: 'formula', result: why.result, label: why.formula, hidden: true }]
  if (why.kind === 'leaf') return [leafLine(why, form, reading, depth)]
  const { kind, result } = why
  const label = groupWords[kind]
  return [
    { ...bare, depth, kind, result, label },
    ...why.parts.flatMap((part) => whyLines(part, form, reading, depth + 1)),
  ]
}

const groupWords = {
  all: { 'zh-CN': '全部满足', en: 'All of' },
  any: { 'zh-CN': '满足任一', en: 'Any of' },
  not: { 'zh-CN': '不满足', en: 'Not' },
} as const

function leafLine(
  { condition, result, expected, actual }: Extract<ExplainedCondition, { kind: 'leaf' }>,
  form: FormModel | undefined,
  reading: Reading,
  depth: number,
): WhyLine {
  const { fact, operator, params } = condition
  const operand = operators[operator].operand === 'none' ? null : (expected ?? null)
  const line = {
    ...bare,
    depth,
    result,
    operator,
    expected: operand,
    actual: actual ?? null,
    words: { expected: inWords(operand), actual: inWords(actual) },
  }
  if (fact === 'metric' && params) {
    const { window, value = 'value' } = params
    return {
      ...line,
      kind: 'metric',
      label: metricsOf(reading.app).get(params.metric)?.label ?? params.metric,
      window: window === undefined ? null : 'last' in window ? window.last : window.calendar,
      value,
    }
  }
  const path = pathParts(condition.path)
  if (fact !== 'record' && fact !== 'previous')
    return fact === 'event'
      ? { ...line, ...unseen, kind: 'field', label: factWords.event }
      : { ...line, words: bare.words, kind: 'field', label: factWords[fact] ?? fact }
  const label = labelOf(path, form, reading)
  if (!mayRead(path, form, reading)) return { ...line, ...unseen, kind: 'field', label }
  const last = fieldsOn(path, form, reading).at(-1)
  const words = (value: unknown) => (last ? fieldInWords(last, value, reading) : inWords(value))
  return { ...line, kind: 'field', label, words: { expected: words(operand), actual: words(actual) } }
}

const unseen = { expected: null, actual: null, words: bare.words, hidden: true }

const factWords: { readonly [fact: string]: TextValue } & { readonly event: TextValue } = {
  event: { 'zh-CN': '触发事件', en: 'What happened' },
  user: { 'zh-CN': '操作人', en: 'Who did it' },
  now: { 'zh-CN': '当时的时间', en: 'The time then' },
}

const inWords = (value: unknown): TextValue | null =>
  typeof value === 'string' || typeof value === 'number'
    ? String(value)
    : Array.isArray(value) && value.length > 0
      ? value.map(String).join('、')
      : null

/** A field's value as people read it; names of records and files are not looked up. */
function fieldInWords({ form, field }: Step, value: unknown, reading: Reading): TextValue | null {
  const { target } = field
  if (value === null || value === undefined || target?.kind === 'record' || target?.kind === 'file') return null
  const { organisation } = reading.memory
  const zone = reading.app.model.definition.zone ?? 'Asia/Shanghai'
  const nameOf = (_: unknown, id: string) => organisation.person(id)?.name ?? organisation.department(id)?.name ?? '–'
  const one = (item: FieldValue, locale: Locale) => fieldToText(item, field, { locale, zone, form, nameOf })
  const text = (locale: Locale) =>
    Array.isArray(value) && field.value.kind !== 'list'
      ? value.map((item) => one(item as FieldValue, locale)).join(locale === 'en' ? ', ' : '、')
      : one(value as FieldValue, locale)
  return { 'zh-CN': text('zh-CN'), en: text('en') }
}

type Step = { readonly form: FormModel; readonly field: FieldModel }

/** The fields along a path, each with its form, as far as the path leads. */
function fieldsOn(path: readonly string[], form: FormModel | undefined, reading: Reading): readonly Step[] {
  const steps: Step[] = []
  let current = form
  for (const name of path) {
    const field = current?.fields.get(name)
    if (!current || !field) break
    steps.push({ form: current, field })
    current = field.target?.kind === 'record' ? reading.env.lookup(targetName(field.target, reading)) : undefined
  }
  return steps
}

/** Whether every field on the way may be read whatever the row. */
function mayRead(path: readonly string[], form: FormModel | undefined, reading: Reading): boolean {
  const steps = fieldsOn(path, form, reading)
  return (
    steps.length === path.length &&
    steps.every((step) => {
      const scope = reading.env.scopes(step.form)
      return scope.rows !== 'none' && scope.field(step.field.id) === 'all'
    })
  )
}

function labelOf(path: readonly string[], form: FormModel | undefined, reading: Reading): TextValue {
  const steps = fieldsOn(path, form, reading)
  const labels = [...steps.map(({ field }) => fieldLabelText(field)), ...path.slice(steps.length)]
  const inLanguage = (locale: Locale) => labels.map((one) => resolveText(one, locale)).join(' · ')
  return { 'zh-CN': inLanguage('zh-CN'), en: inLanguage('en') }
}

const targetName = ({ app, form }: { readonly app: string; readonly form: string }, reading: Reading): string =>
  app === reading.app.model.id ? form : `${app}/${form}`
