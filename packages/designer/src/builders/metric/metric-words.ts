import { type Condition, isObject } from '@tenon/engine'
import type { MetricDefinition } from '@tenon/reports'
import { formatIsoDuration } from '@tenon/runtime/ui'
import type { TFunction } from 'i18next'
import { labelOf } from '../../draft/labels.ts'
import type { Telling } from '../../panels/condition/condition-words.ts'
import { tellCondition } from '../../panels/index.ts'
import { pathLabel } from '../../panels/reference-choices.ts'

type Words = TFunction<'metric'>

/** How a figure is calculated, in words: `首次响应用时的平均值`. */
function tellMeasure(measure: MetricDefinition['measure'], telling: Telling, t: Words): string {
  const { form, app, locale } = telling
  const field = (path: unknown) =>
    (typeof path === 'string' && pathLabel(path.split('.'), form, { app, locale })) || t('someField')
  if (!isObject(measure)) return t('measure.none')
  if ('count' in measure) return t('measure.count')
  if ('ratio' in measure) {
    const { of, over } = measure.ratio
    const part = tellCondition(of as Condition, telling)
    return over
      ? t('measure.share', { part, whole: tellCondition(over as Condition, telling) })
      : t('measure.ratio', { part })
  }
  if ('backlog' in measure)
    return t('measure.backlog', { opened: field(measure.backlog.opened), closed: field(measure.backlog.closed) })
  if ('between' in measure) {
    const [from, to] = measure.between
    const agg = t(`agg.${measure.agg}`, { p: shareOf(measure.p) })
    return t('measure.between', { from: field(from), to: field(to), agg })
  }
  for (const agg of ['countDistinct', 'sum', 'avg', 'median', 'min', 'max', 'percentile'] as const) {
    const path = (measure as { readonly [agg: string]: unknown })[agg]
    if (path !== undefined)
      return t('measure.of', {
        field: field(path),
        agg: t(`agg.${agg}`, { p: shareOf((measure as { readonly p?: number }).p) }),
      })
  }
  return t('measure.none')
}

const shareOf = (p: number | undefined): number => Math.round((p ?? 0) * 100)

/** The metric as a sentence. */
export function tellMetric(metric: MetricDefinition, telling: Telling, t: Words): string {
  const { form, app, locale } = telling
  const at = metric.at ?? 'created_at'
  const target =
    metric.target === undefined
      ? ''
      : typeof metric.target === 'string' && /^-?P/.test(metric.target)
        ? formatIsoDuration(metric.target, locale)
        : metric.unit === 'ratio'
          ? `${Math.round(Number(metric.target) * 1000) / 10}%`
          : String(metric.target)
  return [
    t('sentence', {
      form: labelOf(form?.definition, locale, metric.form),
      where: metric.where ? t('ofThose', { condition: tellCondition(metric.where as Condition, telling) }) : '',
      measure: tellMeasure(metric.measure, telling, t),
      at: pathLabel(at.split('.'), form, { app, locale }) ?? at,
    }),
    metric.better === undefined ? '' : t(`better.${metric.better}`),
    target === '' ? '' : t('target', { target }),
  ]
    .filter((part) => part !== '')
    .join('')
}
