import type { WidgetOf } from '../../definitions/board.ts'
import { categoriesOf, measuresOf, mostOf, seriesOf } from '../categories.ts'
import type { ChartInput, SeriesScene } from '../contract.ts'
import { endOf, numberText, stepOf } from '../format.ts'

/** A course: every stretch of time between the first and the last has its place, also where nothing happened. */
export function encodeLine(widget: WidgetOf<'line'>, input: ChartInput): SeriesScene | undefined {
  const [measure] = measuresOf(input)
  const categories = categoriesOf(input)
  if (measure === undefined || categories.length === 0) return undefined
  const series = seriesOf(input, categories)
  const most = mostOf(series, false)
  return {
    type: 'line',
    categories,
    series,
    axis: (value) => numberText(value, measure, input.locale),
    step: stepOf(most, measure),
    end: endOf(most, measure),
    stacked: false,
    horizontal: false,
    area: widget.options?.area ?? false,
  }
}
