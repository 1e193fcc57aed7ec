import { isObject, type Locale } from '@tenon/engine'
import { labelOf } from '../../draft/labels.ts'
import type { DraftApp } from '../draft-app.ts'

export type MetricDocument = {
  readonly id: string
  readonly form: string
  readonly unit?: string
  readonly measure?: object
}

export function metricAt(id: string, { documents }: DraftApp): MetricDocument | undefined {
  const document = documents[`metrics/${id}.json`]
  return isObject(document) && typeof document.form === 'string' ? (document as unknown as MetricDocument) : undefined
}

export const metricLabel = (id: string, { documents }: DraftApp, locale: Locale): string =>
  labelOf(documents[`metrics/${id}.json`], locale, id)

/** The figure is a length of time. */
export const isDuration = (metric: MetricDocument | undefined): boolean =>
  metric?.unit === 'duration' || (isObject(metric?.measure) && 'between' in metric.measure && metric.unit === undefined)
