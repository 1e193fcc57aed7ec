import {
  about,
  absentMeans,
  askedFor,
  Closed,
  Condition,
  conditionDefs,
  inPercent,
  keyedUnion,
  kindHead,
  named,
  OneOf,
  refers,
  Slug,
  Text,
} from '@tenon/engine'
import { type Static, Type } from 'typebox'
import { FieldPath } from './query.ts'

const percentile = (ui: object = {}) =>
  Type.Number({
    minimum: 0,
    maximum: 1,
    ...about('分位', 'Percentile', '0.9 (90 %) is the 90th percentile; absent where none is asked for.', {
      ...inPercent,
      ...ui,
    }),
  })
const elapsedWords = {
  avg: ['平均值', 'Mean'],
  sum: ['合计', 'Sum'],
  median: ['中位数', 'Median'],
  min: ['最小值', 'Smallest'],
  max: ['最大值', 'Largest'],
  percentile: ['百分位', 'Percentile'],
} as const
const elapsedAggregates = ['avg', 'sum', 'median', 'min', 'max', 'percentile'] as const

/** How a metric is calculated; exactly one form. */
const MetricMeasureForm = keyedUnion([
  Closed({ count: Type.Literal(true, about('记录数', 'Count', 'Number of records.')) }),
  Closed({
    countDistinct: FieldPath(
      about('不同值的个数', 'Different values', 'Number of different values; blanks do not count.'),
    ),
  }),
  Closed({ sum: FieldPath(about('合计', 'Sum', 'Sum of the values that are there.')) }),
  Closed({ avg: FieldPath(about('平均值', 'Mean', 'Mean of the values that are there.')) }),
  Closed({ median: FieldPath(about('中位数', 'Median', 'The value in the middle.')) }),
  Closed({ min: FieldPath(about('最小值', 'Smallest', 'The smallest value.')) }),
  Closed({ max: FieldPath(about('最大值', 'Largest', 'The largest value.')) }),
  Closed({ percentile: FieldPath(about('百分位', 'Percentile of', 'Interpolated linearly.')), p: percentile() }),
  Closed({
    ratio: Closed(
      {
        of: named(Condition, '满足', 'Of', 'Records that are counted.'),
        over: Type.Optional(named(Condition, '总体', 'Over', 'Among which; absent: all.')),
      },
      about('占比', 'Ratio', 'Records that satisfy `of` among those that satisfy `over`; absent `over`: among all.'),
    ),
  }),
  Closed(
    {
      between: Type.Array(FieldPath(), {
        minItems: 2,
        maxItems: 2,
        ...about('从…到…的用时', 'Time between', 'The two moments it runs from and to.'),
      }),
      agg: OneOf(elapsedAggregates, elapsedWords, about('汇总', 'Aggregate', 'What is made of the times.')),
      p: Type.Optional(percentile(askedFor('agg', 'percentile'))),
    },
    { description: 'Time from the first moment to the second, wall clock; records that lack one are left out.' },
  ),
  Closed({
    backlog: Closed(
      {
        opened: FieldPath(about('开始时间', 'Opened', 'When a record begins to be open.')),
        closed: FieldPath(about('结束时间', 'Closed', 'When it ends to be open.')),
      },
      about(
        '积压',
        'Backlog',
        'Records open at the end of each stretch of time: opened before it and not closed before it.',
      ),
    ),
  }),
])

/** An entry of the metric dictionary: one definition of a figure, used by boards, queries and rules alike. */
export const MetricDefinition = Closed(
  {
    ...kindHead('metric'),
    label: named(Text, '名称', 'Label', 'What people call it; free to change.'),
    form: Slug({ ...about('表单', 'Form', 'The form whose records it measures.'), ...refers('form') }),
    measure: named(MetricMeasureForm, '算法', 'Measure', 'How the figure is calculated.'),
    where: Type.Optional(named(Condition, '范围', 'Where', 'Records that count; absent: all.')),
    at: Type.Optional(
      FieldPath(
        about('归属时间', 'At', 'The day or moment by which a record belongs to a period; absent: created_at.'),
      ),
    ),
    unit: Type.Optional(
      OneOf(
        ['count', 'number', 'duration', 'ratio', 'money'] as const,
        {
          count: ['个数', 'Count'],
          number: ['数字', 'Number'],
          duration: ['时长', 'Duration'],
          ratio: ['百分比', 'Percentage'],
          money: ['金额', 'Money'],
        },
        about(
          '单位',
          'Unit',
          'How it is written; absent: from the measure.',
          absentMeans('随算法', 'From the measure'),
        ),
      ),
    ),
    better: Type.Optional(
      OneOf(
        ['higher', 'lower'] as const,
        { higher: ['越高越好', 'Higher is better'], lower: ['越低越好', 'Lower is better'] },
        about('越…越好', 'Better', 'Which direction is good; absent: neither.'),
      ),
    ),
    target: Type.Optional(
      Type.Union(
        [
          Type.Number({ title: 'Number', 'x-ui': { titles: { 'zh-CN': '数字', en: 'Number' } } }),
          Type.String({
            pattern: '^-?(P.+|\\d+(\\.\\d+)?)$',
            title: 'Duration',
            'x-ui': { titles: { 'zh-CN': '时长', en: 'Duration' } },
          }),
        ],
        about('目标', 'Target', 'In the unit: a number, a share of 1 for ratios, an ISO duration. Absent: none.'),
      ),
    ),
    attribution: Type.Optional(
      named(Text, '归属说明', 'Attribution', 'To whom a record counts; absent: nothing is said.'),
    ),
    doc: named(Text, '口径说明', 'Documentation', 'What exactly is measured, in words.'),
  },
  { $defs: conditionDefs },
)
export type MetricDefinition = Static<typeof MetricDefinition>
/** Finds a metric of the dictionary by its id. */
export type MetricLookup = (id: string) => MetricDefinition | undefined
