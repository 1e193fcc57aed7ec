import type { WidgetOf } from '../../definitions/board.ts'
import { categoryOf, measuresOf, slots } from '../categories.ts'
import type { ChartInput, PieScene } from '../contract.ts'
import { numberOf, numberText } from '../format.ts'
import { wordIn } from '../words.ts'

const defaultSlices = 8

/** Shares of what is positive, largest first; what is left over becomes “others”, which leads nowhere. */
export function encodePie(widget: WidgetOf<'pie'>, input: ChartInput): PieScene | undefined {
  const { answer, dimensions, locale } = input
  const [measure] = measuresOf(input)
  const [dimension] = answer.columns
  if (measure === undefined || dimension === undefined || dimensions === 0) return undefined
  const all = answer.rows
    .map((row) => ({ key: row[0] ?? null, value: numberOf(row[dimensions] ?? null, measure) ?? 0 }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value)
  const total = all.reduce((sum, { value }) => sum + value, 0)
  if (total === 0) return undefined
  const most = widget.options?.slices ?? defaultSlices
  const shown = all.length > most ? all.slice(0, most - 1) : all
  const rest = total - shown.reduce((sum, { value }) => sum + value, 0)
  const share = (value: number) => numberText(value / total, { kind: 'decimal', unit: 'ratio' }, locale)
  const colors = slots(
    shown.map(({ key }) => JSON.stringify(key)),
    true,
  )
  const slices = shown.map(({ key, value }, index) => {
    const { label, tone } = categoryOf(dimension, key, input)
    return {
      key: JSON.stringify(key),
      label,
      tone,
      color: colors[index] ?? 0,
      share: share(value),
      figure: { value, text: numberText(value, measure, locale), mark: { keys: [key], measure: measure.id } },
    }
  })
  const others =
    shown.length === all.length
      ? []
      : [
          {
            key: 'others',
            label: wordIn('others', locale),
            tone: 'neutral' as const,
            color: 0,
            share: share(rest),
            figure: { value: rest, text: numberText(rest, measure, locale), mark: null },
          },
        ]
  return { type: 'pie', slices: [...slices, ...others], total: numberText(total, measure, locale) }
}
