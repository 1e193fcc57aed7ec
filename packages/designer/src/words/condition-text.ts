import {
  type Condition,
  type FormLookup,
  type FormModel,
  fieldLabel,
  fieldOptions,
  isFormula,
  isLeaf,
  isRef,
  type LeafCondition,
  type Locale,
  operators,
  pathParts,
  refParts,
  resolvePath,
  resolveText,
} from '@tenon/engine'
import { formatIsoDuration } from '@tenon/runtime/ui'
import type { TFunction } from 'i18next'

export type Naming = {
  readonly form: FormModel | undefined
  readonly lookup: FormLookup
  readonly locale: Locale
  /** Of the namespace `words`. */
  readonly t: TFunction<'words'>
  /** What an id of a metric stands for. */
  readonly metric?: (id: string) => string
}

/** A condition as a sentence: "紧急程度 属于 高、紧急 且 …". Nothing of it is an id or a formula. */
export function conditionText(condition: Condition, naming: Naming, nested = false): string {
  if (isLeaf(condition)) return leafText(condition, naming)
  if (isFormula(condition)) return naming.t('formula')
  const { t } = naming
  if ('not' in condition) return t('not', { part: conditionText(condition.not, naming, true) })
  const isAll = 'all' in condition
  const parts = (isAll ? condition.all : condition.any).map((part) => conditionText(part, naming, true))
  if (parts.length === 0) return t(isAll ? 'always' : 'never')
  const joined = parts.join(isAll ? t('and') : t('or'))
  return nested && parts.length > 1 ? t('group', { parts: joined }) : joined
}

function leafText(leaf: LeafCondition, naming: Naming): string {
  const spec = operators[leaf.operator]
  const path = pathParts(leaf.path)
  const left = leftText(leaf, path, naming)
  const operator = spec.title[naming.locale]
  if (spec.operand === 'none') return `${left} ${operator}`
  const value = 'value' in leaf ? leaf.value : undefined
  if (spec.operand === 'duration' && typeof value === 'string')
    return `${left} ${operator} ${formatIsoDuration(value, naming.locale)}`
  const target = resolvePath(leaf.fact, path, naming.form, naming.lookup)
  const name = (one: unknown) => valueText(one, typeof target === 'object' ? target : undefined, naming)
  const values = Array.isArray(value) ? value.map(name) : [name(value)]
  const between = spec.operand === 'pair' ? ` ${naming.t('to')} ` : naming.t('comma')
  return `${left} ${operator} ${values.join(between)}`
}

function leftText(leaf: LeafCondition, path: readonly string[], naming: Naming): string {
  const { t } = naming
  if (leaf.fact === 'metric') {
    const id = (leaf as { params?: { metric?: string } }).params?.metric ?? ''
    return t('metric', { name: naming.metric?.(id) ?? t('aMetric') })
  }
  const names = fieldNames(path, naming)
  if (leaf.fact === 'record') return names
  if (leaf.fact === 'previous') return t('previous', { name: names })
  if (leaf.fact === 'user') return userText(path, naming)
  return t(`fact.${leaf.fact}`, { defaultValue: t('fact.other') })
}

/** Labels along a path: 客户 · 等级. */
export function fieldNames(path: readonly string[], { form, lookup, locale, t }: Omit<Naming, 'metric'>): string {
  const names: string[] = []
  for (let at = 1; at <= path.length; at += 1) {
    const found = resolvePath('record', path.slice(0, at), form, lookup)
    if (typeof found !== 'object' || !found.field) return names.length > 0 ? names.join(' · ') : t('unknownField')
    names.push(fieldLabel(found.field, locale))
  }
  return names.join(' · ')
}

const userText = (path: readonly string[], { t }: Naming): string =>
  t(`user.${path[0] ?? 'id'}`, { defaultValue: t('fact.user') })

function valueText(value: unknown, target: { field?: unknown; form?: unknown } | undefined, naming: Naming): string {
  const { t, locale } = naming
  if (isRef(value)) {
    const { fact, path } = refParts(value.ref)
    if (fact === 'user') return userText(path, naming)
    return fact === 'now' ? t('fact.now') : fieldNames(path, naming)
  }
  if (value === null || value === undefined || value === '') return t('blank')
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  const { field, form } = target as { field?: Parameters<typeof fieldOptions>[0]; form?: FormModel }
  if (field && form && typeof value === 'string') {
    const stage = form.stageField === field.id ? form.stages.get(value) : undefined
    const option = stage ?? fieldOptions(field, form).find(({ id }) => id === value)
    if (option) return t('quoted', { text: resolveText(option.label, locale) })
    if (field.target) return t('chosen')
  }
  return t('quoted', { text: String(value) })
}
