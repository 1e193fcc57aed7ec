import type { AggregateName } from '../definitions/query.ts'
import type { Aggregate } from './contract.ts'
import { count, countDistinct } from './counts.ts'
import { max, min } from './extremes.ts'
import { percentile } from './percentiles.ts'
import { avg, sum } from './sums.ts'

/** Aggregates over one value per record. Ratios are two counts and backlogs a running sum; both are the compiler's. */
export type ValueAggregateName = Exclude<AggregateName, 'ratio' | 'backlog'>

export const aggregates: { readonly [A in ValueAggregateName]: Aggregate } = {
  count,
  countDistinct,
  sum,
  avg,
  min,
  max,
  percentile,
  median: percentile,
}
