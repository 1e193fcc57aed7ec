import {
  type Condition,
  type ConditionValue,
  fieldOptions,
  isFormula,
  isLeaf,
  type LeafCondition,
  operators,
  pathParts,
  printTimeOfDay,
  type Ref,
  resolveText,
  type ValueType,
} from '@tenon/engine'
import { formatIsoDuration } from '@tenon/runtime/ui'
import { type Subject, subjectAt } from '../field-at.ts'
import { tellFormula } from '../formula-words.ts'
import { pathLabel } from '../reference-choices.ts'
import { groupOf } from './condition-tree.ts'
import { type FactTelling, factWords } from './fact-words.ts'
import { metricLabel } from './metric-words.ts'

export type Telling = FactTelling & {
  readonly refLabel: (ref: string) => string
  readonly nameOf: (id: string) => string | undefined
}

/** A condition as a sentence. */
export function tellCondition(condition: Condition, telling: Telling, isInner = false): string {
  const { t } = telling
  if (isLeaf(condition)) return tellLeaf(condition, telling)
  if (isFormula(condition)) return t('sentence.formula', { formula: tellFormula(condition.formula, telling) })
  const group = groupOf(condition)
  if (!group || group.parts.length === 0) return t(group?.mode === 'any' ? 'sentence.never' : 'sentence.always')
  const parts = group.parts.map((part) => tellCondition(part, telling, true))
  const joined = parts.join(t(group.mode === 'all' ? 'sentence.and' : 'sentence.or'))
  if (group.mode === 'none') return t('sentence.not', { what: joined })
  return isInner && parts.length > 1 ? t('sentence.group', { what: joined }) : joined
}

export function subjectWords(leaf: LeafCondition, telling: Telling): string {
  const { app, locale, t } = telling
  if (leaf.fact === 'metric') return leaf.params ? metricWords(leaf, { app, locale, t }) : t('fact.metric')
  const path = pathParts(leaf.path)
  const words = factWords(leaf.fact, path, telling)
  if (words !== undefined) return words
  const isOpen = !['record', 'previous', 'user', 'candidate', 'env'].includes(leaf.fact)
  return isOpen ? [t(`fact.${leaf.fact}`), ...path].join(' › ') : path.join('.')
}

function metricWords({ params }: LeafCondition, { app, locale, t }: Pick<Telling, 'app' | 'locale' | 't'>): string {
  if (!params) return ''
  const window = params.window
  const time =
    window === undefined
      ? ''
      : 'last' in window
        ? t('sentence.last', { time: formatIsoDuration(window.last, locale) })
        : t(`calendarWindow.${window.calendar}`)
  const metric = app.documents[`metrics/${params.metric}.json`] as { readonly form?: unknown } | undefined
  const form = typeof metric?.form === 'string' ? app.lookup(metric.form) : undefined
  const by = Object.keys(params.by ?? {}).map((path) => pathLabel(path.split('.'), form, { app, locale }) ?? path)
  const name = metricLabel(params.metric, app, locale)
  const what =
    params.value === undefined || params.value === 'value' ? name : t(`metricValue.${params.value}`, { name })
  return t('sentence.metric', {
    what,
    time,
    by: by.length === 0 ? '' : t('sentence.same', { fields: by.join(t('sentence.comma')) }),
  }).trim()
}

function tellLeaf(leaf: LeafCondition, telling: Telling): string {
  const { t, locale } = telling
  const operator = operators[leaf.operator]
  const words = [subjectWords(leaf, telling), operator?.title[locale] ?? leaf.operator]
  if (operator?.operand === 'none') return words.join(' ')
  const subject =
    leaf.fact === 'metric' ? undefined : subjectAt(leaf.fact, pathParts(leaf.path), telling.form, telling.app)
  return [
    ...words,
    leaf.value === undefined ? t('sentence.blank') : tellValue(leaf.value, subject, leaf, telling),
  ].join(' ')
}

function tellValue(value: ConditionValue, subject: Subject | undefined, leaf: LeafCondition, telling: Telling): string {
  const { t, locale } = telling
  if (Array.isArray(value)) {
    const items = (value as readonly ConditionValue[]).map((item) => tellValue(item, subject, leaf, telling))
    return leaf.operator === 'between' ? items.join(t('sentence.to')) : items.join(t('sentence.comma'))
  }
  if (value !== null && typeof value === 'object') return telling.refLabel((value as Ref).ref)
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  const text = String(value)
  const isSpan =
    operators[leaf.operator].operand === 'duration' || subject?.value.kind === 'duration' || /^PT?\d/.test(text)
  if (isSpan && /^P/.test(text)) return formatIsoDuration(text, locale)
  if (subject?.value.kind === 'time') return printTimeOfDay(text)
  const option =
    subject?.field && subject.form ? fieldOptions(subject.field, subject.form).find(({ id }) => id === text) : undefined
  if (option) return resolveText(option.label, locale)
  return subject && isNamed(subject.value) ? (telling.nameOf(text) ?? t('sentence.someone')) : text
}

/** Ids are no words. */
const isNamed = (value: ValueType): boolean =>
  value.kind === 'reference' || (value.kind === 'list' && value.element === 'reference')
