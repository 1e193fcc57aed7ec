import { about, Closed, Condition, conditionDefs, keyedUnion, kindHead, OneOf, refers, Slug, Text } from '@tenon/engine'
import { type Static, Type } from 'typebox'
import { FieldPath } from './query.ts'

const p = Type.Number({ minimum: 0, maximum: 1 })
const pair = Type.Array(FieldPath(), { minItems: 2, maxItems: 2 })
const elapsedAggregates = ['avg', 'sum', 'median', 'min', 'max', 'percentile'] as const

/** How a metric is calculated; exactly one form. */
const MetricMeasureForm = keyedUnion([
  Closed({ count: Type.Literal(true, { description: 'Number of records.' }) }),
  Closed({ countDistinct: FieldPath({ description: 'Number of different values; blanks do not count.' }) }),
  Closed({ sum: FieldPath() }),
  Closed({ avg: FieldPath({ description: 'Mean of the values that are there.' }) }),
  Closed({ median: FieldPath() }),
  Closed({ min: FieldPath() }),
  Closed({ max: FieldPath() }),
  Closed({ percentile: FieldPath({ description: 'Interpolated linearly.' }), p }),
  Closed({
    ratio: Closed(
      { of: Condition, over: Type.Optional(Condition) },
      { description: 'Records that satisfy `of` among those that satisfy `over`; absent `over`: among all.' },
    ),
  }),
  Closed(
    { between: pair, agg: OneOf(elapsedAggregates), p: Type.Optional(p) },
    { description: 'Time from the first moment to the second, wall clock; records that lack one are left out.' },
  ),
  Closed({
    backlog: Closed(
      { opened: FieldPath(), closed: FieldPath() },
      { description: 'Records open at the end of each stretch of time: opened before it and not closed before it.' },
    ),
  }),
])

/** An entry of the metric dictionary: one definition of a figure, used by boards, queries and rules alike. */
export const MetricDefinition = Closed(
  {
    ...kindHead('metric'),
    label: Text,
    form: Slug({ ...about('表单', 'Form', 'The form whose records it measures.'), ...refers('form') }),
    measure: MetricMeasureForm,
    where: Type.Optional(Condition),
    at: Type.Optional(
      FieldPath(
        about('归属时间', 'At', 'The day or moment by which a record belongs to a period; absent: created_at.'),
      ),
    ),
    unit: Type.Optional(
      OneOf(
        ['count', 'number', 'duration', 'ratio', 'money'] as const,
        about('单位', 'Unit', 'How it is written; absent: from the measure.'),
      ),
    ),
    better: Type.Optional(
      OneOf(['higher', 'lower'] as const, about('越…越好', 'Better', 'Which direction is good; absent: neither.')),
    ),
    target: Type.Optional(
      Type.Union(
        [Type.Number(), Type.String({ pattern: '^-?(P.+|\\d+(\\.\\d+)?)$' })],
        about('目标', 'Target', 'In the unit: a number, a share of 1 for ratios, an ISO duration. Absent: none.'),
      ),
    ),
    attribution: Type.Optional(Text),
    doc: Text,
  },
  { $defs: conditionDefs },
)
export type MetricDefinition = Static<typeof MetricDefinition>
/** Finds a metric of the dictionary by its id. */
export type MetricLookup = (id: string) => MetricDefinition | undefined
