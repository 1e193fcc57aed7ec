import { about, Closed, Condition, conditionDefs, named, OneOf, refers, taggedUnion } from '@tenon/engine'
import { type Static, type TProperties, Type } from 'typebox'

export const buckets = ['hour', 'day', 'week', 'month', 'quarter', 'year', 'hourOfDay', 'weekday'] as const
export type Bucket = (typeof buckets)[number]

/** A field of the form, or one reached through links: `customer.level`. Checked against the form, never glued into SQL. */
export const FieldPath = (options: object = {}) =>
  Type.String({
    pattern: '^[a-z][a-z0-9_]{0,39}(\\.[a-z][a-z0-9_]{0,39}){0,4}$',
    'x-ui': { control: 'fieldPath' },
    ...refers('field', { path: true }),
    ...options,
  })

export const Dimension = Closed({
  field: FieldPath(about('字段', 'Field', 'What the records are grouped by; a path may follow links.')),
  bucket: Type.Optional(
    OneOf(
      buckets,
      {
        hour: ['小时', 'Hour'],
        day: ['天', 'Day'],
        week: ['周', 'Week'],
        month: ['月', 'Month'],
        quarter: ['季度', 'Quarter'],
        year: ['年', 'Year'],
        hourOfDay: ['一天中的时点', 'Hour of the day'],
        weekday: ['星期几', 'Day of the week'],
      },
      about(
        '时间粒度',
        'Bucket',
        'For days and moments: the stretch of time in the zone of the query. Weeks are ISO weeks, weekday 1 is Monday. Absent: every value is a group.',
      ),
    ),
  ),
})
export type Dimension = Static<typeof Dimension>

const id = Type.String({
  pattern: '^[a-z][a-zA-Z0-9_]{0,39}$',
  ...about('标识', 'Id', 'Name of the column in the answer and in `sort`.'),
})
const label = Type.Optional(
  Type.Union(
    [Type.String({ maxLength: 200 }), Type.Record(Type.String(), Type.String({ maxLength: 200 }))],
    about('名称', 'Label', 'Head of the column; absent: that of the metric or field.', { control: 'text' }),
  ),
)
const own = {
  id,
  label,
  where: Type.Optional(
    named(Condition, '只计', 'Where', 'Only these records count for it; absent: all of the question.'),
  ),
}
const p = Type.Number({
  minimum: 0,
  maximum: 1,
  ...about(
    '分位',
    'Percentile',
    'Between 0 and 1: 0.9 is the 90th percentile. Kept to four decimals; interpolated linearly.',
  ),
})
const elapsed = Type.Array(FieldPath(), {
  minItems: 2,
  maxItems: 2,
  ...about(
    '从…到…',
    'Between',
    'Two days or two moments: the time from the first to the second, wall clock. Instead of `field`.',
  ),
})
const value = {
  field: Type.Optional(FieldPath(about('字段', 'Field', 'Whose values; absent where `between` is given.'))),
  between: Type.Optional(elapsed),
}
const aggregate = <A extends string, P extends TProperties>(agg: A, properties: P) =>
  Closed({ agg: Type.Literal(agg), ...own, ...properties })

/** A measure that the query itself defines. `where`: only these records count for it. */
export const AggregateMeasure = taggedUnion('agg', [
  aggregate('count', {}),
  aggregate('countDistinct', { field: FieldPath(about('字段', 'Field', 'Whose different values are counted.')) }),
  aggregate('sum', value),
  aggregate('avg', value),
  aggregate('median', value),
  aggregate('min', value),
  aggregate('max', value),
  aggregate('percentile', { ...value, p }),
  aggregate('ratio', {
    of: named(Condition, '满足', 'Of', 'Records that are counted.'),
    over: Type.Optional(named(Condition, '总体', 'Over', 'Among which; absent: all.')),
  }),
  aggregate('backlog', {
    opened: FieldPath(about('开始时间', 'Opened', 'When a record begins to be open.')),
    closed: FieldPath(about('结束时间', 'Closed', 'When it ends to be open.')),
  }),
])
export type AggregateMeasure = Static<typeof AggregateMeasure>
export type AggregateName = AggregateMeasure['agg']

/** A measure of the app's metric dictionary. */
export const MetricMeasure = Closed({
  metric: Type.String({
    pattern: '^[a-z][a-z0-9_]{0,39}$',
    ...about('指标', 'Metric', 'Metric of the dictionary.'),
    ...refers('metric'),
  }),
  ...own,
})
export type MetricMeasure = Static<typeof MetricMeasure>

export const Measure = Type.Unsafe<AggregateMeasure | MetricMeasure>({
  type: 'object',
  // Which of the two is meant is said by one property, so that a wrong measure gets the problems of its own branch only.
  if: { required: ['metric'] },
  then: MetricMeasure,
  else: AggregateMeasure,
})
export type Measure = AggregateMeasure | MetricMeasure

const sortPattern = '^-?[a-z][a-zA-Z0-9_.]{0,200}$'
/** What a query asks, shared by queries over HTTP and widgets on boards. */
export const queryProperties = {
  form: Type.String({
    pattern: '^[a-z][a-z0-9_]{0,39}(/[a-z][a-z0-9_]{0,39})?$',
    ...about('表单', 'Form', 'The form whose records are counted.'),
    ...refers('form'),
  }),
  where: Type.Optional(named(Condition, '筛选', 'Where', 'Records that count; absent: all one may see.')),
  by: Type.Optional(
    Type.Array(Dimension, { maxItems: 4, ...about('分组', 'By', 'Dimensions; absent: one row over everything.') }),
  ),
  measures: Type.Array(Measure, {
    minItems: 1,
    maxItems: 20,
    ...about('数值', 'Measures', 'The figures, a column each.'),
  }),
  sort: Type.Optional(
    Type.Array(Type.String({ pattern: sortPattern }), {
      maxItems: 5,
      ...about(
        '排序',
        'Sort',
        'Ids of measures or paths of dimensions, `-` for descending. Absent: by the dimensions; ties always go by the dimensions.',
      ),
    }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, ...about('行数', 'Limit', 'Absent: 1,000.') })),
  compare: Type.Optional(
    Closed({
      previous: Type.String({
        pattern: '^P(\\d+[YMWD])$',
        ...about('对比', 'Compare', 'Adds the same figures of the period that long before: P1M, P1Y, P7D.'),
      }),
    }),
  ),
}

/** One question about the records of a form. */
export const QueryDefinition = Closed(
  {
    ...queryProperties,
    zone: Type.Optional(
      Type.String({
        maxLength: 64,
        ...about('时区', 'Time zone', "IANA zone in which days and months are counted; absent: the asker's."),
      }),
    ),
  },
  { $defs: conditionDefs },
)
export type QueryDefinition = Static<typeof QueryDefinition>
