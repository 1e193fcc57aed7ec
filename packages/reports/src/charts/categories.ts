import type { FieldValue, Tone } from '@tenon/engine'
import { resolveText } from '@tenon/engine'
import { isCourse, keysBetween } from '../query/buckets.ts'
import type { AnswerColumn } from '../query/plan.ts'
import type { ChartInput, Figure, Series } from './contract.ts'
import { cellText, isBucketUnit, numberOf, numberText } from './format.ts'

export type Category = { readonly key: FieldValue; readonly label: string; readonly tone: Tone | undefined }

export function categoryOf(column: AnswerColumn, key: FieldValue, { nameOf, locale }: ChartInput): Category {
  const named = key === null || isBucketUnit(column.unit) ? undefined : nameOf?.(column, key)
  return { key, label: named?.label ?? cellText(key, column, locale), tone: named?.tone }
}

/** The keys of the first dimension in the order of the answer; a course of time without gaps, in its own order. */
export function categoriesOf(input: ChartInput): readonly Category[] {
  const [column] = input.answer.columns
  if (column === undefined || input.dimensions === 0) return []
  const keys = [...new Set(input.answer.rows.map(([key]) => key ?? null))]
  const course = isBucketUnit(column.unit) && isCourse(column.unit) ? column.unit : undefined
  const timed = course === undefined ? [] : keys.filter((key): key is string => typeof key === 'string').sort()
  const [first] = timed
  const last = timed.at(-1)
  const whole =
    course === undefined || first === undefined || last === undefined
      ? keys
      : [...keys.filter((key) => key === null), ...keysBetween(first, last, course, 2000)]
  return whole.map((key) => categoryOf(column, key, input))
}

export const measuresOf = ({ answer, dimensions }: ChartInput): readonly AnswerColumn[] =>
  answer.columns.slice(dimensions)

/** Lines or groups of bars: the keys of the second dimension, or the measures where there is only one dimension. */
export function seriesOf(input: ChartInput, categories: readonly Category[]): readonly Series[] {
  const { answer, dimensions, locale } = input
  const measures = measuresOf(input)
  const rowsBy = new Map(answer.rows.map((row) => [JSON.stringify(row.slice(0, dimensions)), row]))
  const figure = (keys: readonly FieldValue[], measure: AnswerColumn): Figure => {
    const row = rowsBy.get(JSON.stringify(keys))
    const cell = row?.[answer.columns.indexOf(measure)] ?? (measure.unit === 'count' ? 0 : null)
    const value = numberOf(cell, measure)
    return {
      value,
      text: numberText(value, measure, locale),
      mark: row === undefined ? null : { keys, measure: measure.id },
    }
  }
  if (dimensions < 2) {
    const colors = slots(
      measures.map(({ id }) => id),
      false,
    )
    return measures.map((measure, index) => ({
      key: measure.id,
      label: resolveText(measure.label, locale),
      tone: undefined,
      color: colors[index] ?? 0,
      points: categories.map(({ key }) => figure([key], measure)),
    }))
  }
  const [, second] = answer.columns
  const [measure] = measures
  if (second === undefined || measure === undefined) return []
  const keys = [...new Set(answer.rows.map((row) => row[1] ?? null))]
  const colors = slots(
    keys.map((key) => JSON.stringify(key)),
    true,
  )
  return keys.map((key, index) => {
    const { label, tone } = categoryOf(second, key, input)
    return {
      key: JSON.stringify(key),
      label,
      tone,
      color: colors[index] ?? 0,
      points: categories.map((category) => figure([category.key, key], measure)),
    }
  })
}

const seriesColors = 8

/**
 * Colours by name, so that a category looks the same on every board: each takes the slot its name gives, or the next
 * free one. Measures have no names shared between boards and are coloured in order.
 */
export function slots(names: readonly string[], byName: boolean): readonly number[] {
  if (!byName) return names.map((_, index) => index % seriesColors)
  const taken = new Set<number>()
  const found = new Map<string, number>()
  for (const name of [...names].sort()) {
    let slot =
      [...name].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521, 7) % seriesColors
    for (let tries = 0; taken.has(slot) && tries < seriesColors; tries++) slot = (slot + 1) % seriesColors
    taken.add(slot)
    found.set(name, slot)
  }
  return names.map((name) => found.get(name) ?? 0)
}

/** The largest value on the axis: of a point, or of a whole stack. */
export function mostOf(series: readonly Series[], stacked: boolean): number {
  const columns = series[0]?.points.map((_, index) => series.map(({ points }) => points[index]?.value ?? 0)) ?? []
  return Math.max(
    0,
    ...columns.map((values) => (stacked ? values.reduce((sum, value) => sum + value, 0) : Math.max(...values))),
  )
}
