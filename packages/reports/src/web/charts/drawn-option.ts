import type { BarSeriesOption, LineSeriesOption, PieSeriesOption } from 'echarts/charts'
import type {
  GridComponentOption,
  LegendComponentOption,
  TitleComponentOption,
  TooltipComponentOption,
} from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import type { ChartLook } from '../theme.ts'

type Composed = ComposeOption<
  | BarSeriesOption
  | LineSeriesOption
  | PieSeriesOption
  | GridComponentOption
  | LegendComponentOption
  | TitleComponentOption
  | TooltipComponentOption
>
type Point = { readonly dataIndex: number; readonly seriesIndex?: number }

/** The part of ECharts that we draw with. */
export type DrawnOption = Omit<Composed, 'tooltip'> & {
  tooltip: Omit<TooltipComponentOption, 'formatter'> & { formatter: (point: Point) => string }
}

/** Rich text, drawn on the canvas: names that people entered never become HTML, and the page's policy needs no exception. */
export const tooltipLook = ({ tokens }: ChartLook): Omit<TooltipComponentOption, 'formatter'> => ({
  renderMode: 'richText',
  confine: true,
  backgroundColor: tokens.surface,
  borderColor: tokens.line,
  borderWidth: 1,
  textStyle: { color: tokens.ink, fontSize: 13 },
  padding: [8, 12],
})
