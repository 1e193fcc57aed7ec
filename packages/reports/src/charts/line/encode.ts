import type { WidgetOf } from '../../definitions/board.ts'
import { categoriesOf, measuresOf, seriesOf } from '../categories.ts'
import type { ChartInput, SeriesScene } from '../contract.ts'
import { numberText } from '../format.ts'

/** A course: every stretch of time between the first and the last has its place, also where nothing happened. */
export function encodeLine(widget: WidgetOf<'line'>, input: ChartInput): SeriesScene | undefined {
  const [measure] = measuresOf(input)
  const categories = categoriesOf(input)
  if (measure === undefined || categories.length === 0) return undefined
  return {
    type: 'line',
    categories,
    series: seriesOf(input, categories),
    axis: (value) => numberText(value, measure, input.locale),
    stacked: false,
    horizontal: false,
    area: widget.options?.area ?? false,
  }
}
