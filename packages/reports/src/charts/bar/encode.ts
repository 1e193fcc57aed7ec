import type { WidgetOf } from '../../definitions/board.ts'
import { categoriesOf, measuresOf, mostOf, seriesOf } from '../categories.ts'
import type { ChartInput, SeriesScene } from '../contract.ts'
import { endOf, numberText, stepOf } from '../format.ts'

/** Bars in the order of the answer, stretches of time in theirs. */
export function encodeBar(widget: WidgetOf<'bar'>, input: ChartInput): SeriesScene | undefined {
  const [measure] = measuresOf(input)
  const categories = categoriesOf(input)
  if (measure === undefined || categories.length === 0) return undefined
  const series = seriesOf(input, categories)
  const most = mostOf(series, widget.options?.stacked ?? false)
  return {
    type: 'bar',
    categories,
    series,
    axis: (value) => numberText(value, measure, input.locale),
    step: stepOf(most, measure),
    end: endOf(most, measure),
    stacked: widget.options?.stacked ?? false,
    horizontal: widget.options?.horizontal ?? false,
    area: false,
  }
}
