import type { WidgetOf } from '../../definitions/board.ts'
import { categoriesOf, measuresOf, seriesOf } from '../categories.ts'
import type { ChartInput, SeriesScene } from '../contract.ts'
import { numberText } from '../format.ts'

/** Bars in the order of the answer, stretches of time in theirs. */
export function encodeBar(widget: WidgetOf<'bar'>, input: ChartInput): SeriesScene | undefined {
  const [measure] = measuresOf(input)
  const categories = categoriesOf(input)
  if (measure === undefined || categories.length === 0) return undefined
  return {
    type: 'bar',
    categories,
    series: seriesOf(input, categories),
    axis: (value) => numberText(value, measure, input.locale),
    stacked: widget.options?.stacked ?? false,
    horizontal: widget.options?.horizontal ?? false,
    area: false,
  }
}
