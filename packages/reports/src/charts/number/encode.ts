import { type FieldValue, parseDurationMs, resolveText } from '@tenon/engine'
import type { WidgetOf } from '../../definitions/board.ts'
import type { MetricDefinition } from '../../definitions/metric.ts'
import type { ChartInput, NumberScene } from '../contract.ts'
import { numberOf, numberText } from '../format.ts'

/** What the metric says about good and bad; a widget's own options win. */
export type NumberGoal = Pick<MetricDefinition, 'target' | 'better'>

/** The first measure of the only row: large, beside its target and its change. */
export function encodeNumber(
  widget: WidgetOf<'number'>,
  input: ChartInput,
  goal: NumberGoal = {},
): NumberScene | undefined {
  const { answer, dimensions, locale } = input
  const column = answer.columns[dimensions]
  if (column === undefined) return undefined
  const row = answer.rows[0]
  const cell: FieldValue = row?.[dimensions] ?? (column.unit === 'count' ? 0 : null)
  const value = numberOf(cell, column)
  const better = widget.options?.better ?? goal.better
  const target = targetNumber(widget.options?.target ?? goal.target)
  const before = input.previous === undefined ? null : numberOf(input.previous.rows[0]?.[dimensions] ?? null, column)
  return {
    type: 'number',
    label: resolveText(column.label, locale),
    figure: {
      value,
      text: numberText(value, column, locale),
      mark: { keys: row?.slice(0, dimensions) ?? [], measure: column.id },
    },
    target:
      target === undefined
        ? null
        : {
            text: numberText(target, column, locale),
            isMet:
              value === null || better === undefined ? null : better === 'lower' ? value <= target : value >= target,
          },
    change: changeOf(value, before, column.unit === 'ratio', better, locale),
  }
}

const targetNumber = (target: number | string | undefined): number | undefined =>
  target === undefined || typeof target === 'number' ? target : (parseDurationMs(target) ?? Number(target))

/** Shares change by percentage points, everything else by a share of what it was. */
function changeOf(
  value: number | null,
  before: number | null,
  isShare: boolean,
  better: 'higher' | 'lower' | undefined,
  locale: ChartInput['locale'],
): NumberScene['change'] {
  if (value === null || before === null || (before === 0 && !isShare && value !== 0)) return null
  const change = isShare ? value - before : before === 0 ? 0 : (value - before) / Math.abs(before)
  const direction = Math.abs(change) < 0.0005 ? 'same' : change > 0 ? 'up' : 'down'
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, signDisplay: 'never' })
  const points = locale === 'zh-CN' ? ' 个百分点' : ' pp'
  const isGood = (direction === 'up') === (better === 'higher')
  const tone = direction === 'same' || better === undefined ? 'neutral' : isGood ? 'success' : 'danger'
  return { text: `${format.format(change * 100)}${isShare ? points : '%'}`, direction, tone }
}
