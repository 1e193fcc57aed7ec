export { Board, type BoardProps, type WidgetData } from './Board.tsx'
export { ChartView, type ChartViewProps } from './ChartView.tsx'
export { type ChartMode, type ChartTokens, seriesPalette } from './theme.ts'
