export { aggregates, type ValueAggregateName } from './aggregates/index.ts'
export type { ChartAnswer, ChartInput, ChartMark, NameOf, Scene } from './charts/contract.ts'
export { encodeWidget } from './charts/encode.ts'
export { namesOf } from './charts/names.ts'
export { halfWidth } from './charts/on-narrow.ts'
export {
  BoardDefinition,
  BoardFilter,
  type QueryWidget,
  Widget,
  type WidgetOf,
  type WidgetType,
  widgetSchemas,
} from './definitions/board.ts'
export { documentSchemas, reportKinds } from './definitions/kinds.ts'
export { MetricDefinition, type MetricLookup } from './definitions/metric.ts'
export { type Bucket, buckets, Dimension, Measure, QueryDefinition } from './definitions/query.ts'
export { type BoardReads, boardReads } from './figures/board-reads.ts'
export { metricsIn } from './figures/dictionary.ts'
export { countedWhere, type FigureQueries, figureQueries, timeOf } from './figures/figure-query.ts'
export { type FigureReads, figureReads } from './figures/figure-reads.ts'
export { memoryMetrics, memoryMetricsOf } from './figures/memory-metrics.ts'
export { metricShape } from './figures/metric-shape.ts'
export { figureOfWindows, type WindowReading } from './figures/reading.ts'
export {
  type BoardContext,
  defaultChoices,
  type FilterChoice,
  type FilterChoices,
  widgetQuery,
} from './query/board-query.ts'
export { type BucketKey, bucketOfDay, bucketOfInstant, daysOf, momentsOf } from './query/buckets.ts'
export { type Drill, type DrillMark, drillOf } from './query/drill.ts'
export type { ReadEnvironment, ReadScopes } from './query/environment.ts'
export { type AnswerColumn, elementUnit, planQuery, type QueryPlan } from './query/plan.ts'
export { type ListPlan, type ListRequest, type Mark, planList, withPage } from './query/plan-list.ts'
export { resolveField } from './query/resolve.ts'
export { queryTokens, type SearchGroup, searchGroups, searchKey, searchTokens } from './query/search-tokens.ts'
