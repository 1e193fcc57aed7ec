import {
  type ExplainedCondition,
  type FormModel,
  fieldLabelText,
  operators,
  pathParts,
  type TextValue,
} from '@tenon/engine'
import type { WhyLine } from '@tenon/runtime/contract'
import { metricsOf, type Reading } from './reading.ts'

const bare = { operator: null, expected: null, actual: null, hidden: false, window: null, value: null }

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
  const line = { depth, result, operator, expected: expected ?? null, actual: actual ?? null, hidden: false }
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
  const seen = fact === 'record' || fact === 'previous' ? mayRead(path, form, reading) : fact !== 'event'
  return {
    ...line,
    ...(seen ? {} : { expected: null, actual: null, hidden: true }),
    kind: 'field',
    label: fact === 'record' || fact === 'previous' ? labelOf(path, form, reading) : [fact, ...path].join('.'),
    window: null,
    value: null,
    ...(operators[operator].operand === 'none' ? { expected: null } : {}),
  }
}

/** Whether every field on the way may be read whatever the row. */
function mayRead(path: readonly string[], form: FormModel | undefined, reading: Reading): boolean {
  let current = form
  for (const name of path) {
    if (!current) return false
    const scope = reading.env.scopes(current)
    if (scope.rows === 'none' || scope.field(name) !== 'all') return false
    const target = current.fields.get(name)?.target
    current = target?.kind === 'record' ? reading.env.lookup(targetName(target, reading)) : undefined
  }
  return true
}

function labelOf(path: readonly string[], form: FormModel | undefined, reading: Reading): TextValue {
  const labels: TextValue[] = []
  let current = form
  for (const name of path) {
    const field = current?.fields.get(name)
    labels.push(field ? fieldLabelText(field) : name)
    current = field?.target?.kind === 'record' ? reading.env.lookup(targetName(field.target, reading)) : undefined
  }
  const inLanguage = (locale: string) =>
    labels.map((one) => (typeof one === 'string' ? one : (one[locale] ?? Object.values(one)[0] ?? ''))).join(' · ')
  return { 'zh-CN': inLanguage('zh-CN'), en: inLanguage('en') }
}

const targetName = ({ app, form }: { readonly app: string; readonly form: string }, reading: Reading): string =>
  app === reading.app.model.id ? form : `${app}/${form}`
