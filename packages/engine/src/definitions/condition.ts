import { type Static, type TUnsafe, Type } from 'typebox'
import { about, Closed, Duration, FormulaText, keyedUnion, named, OneOf, refers } from './schema.ts'

export const factNames = [
  'record',
  'previous',
  'user',
  'now',
  'task',
  'flow',
  'params',
  'candidate',
  'event',
  'metric',
  'env',
] as const
export type FactName = (typeof factNames)[number]

/** A reference into the facts, e.g. `{"ref": "$.record.customer.level"}`. A bare string is always a literal. */
export const Ref = Closed({
  ref: Type.String({
    pattern: '^\\$\\.[a-z_][a-zA-Z0-9_]*(\\.[a-z_][a-zA-Z0-9_]*)*$',
    examples: ['$.record.customer.level'],
    'x-ref': true,
    ...about('引用', 'Reference', 'Place in the facts whose value is taken.'),
  }),
})
export type Ref = Static<typeof Ref>

/**
 * The operators. Every one is false against a blank value except `isEmpty` and `isNotEmpty` (`notEqual` and `notIn` too).
 * `olderThan` / `within` compare an instant or day with now minus an ISO duration; `between` takes [low, high], inclusive.
 */
export const operatorNames = [
  'equal',
  'notEqual',
  'in',
  'notIn',
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
  'between',
  'contains',
  'doesNotContain',
  'containsAny',
  'containsAll',
  'startsWith',
  'isEmpty',
  'isNotEmpty',
  'olderThan',
  'within',
  'changed',
] as const
export type OperatorName = (typeof operatorNames)[number]

const operand = Type.Unsafe<ConditionValue>({
  anyOf: [
    { type: ['string', 'number', 'boolean', 'null'] },
    { type: 'array', items: { anyOf: [{ type: ['string', 'number', 'boolean'] }, Ref] }, maxItems: 1000 },
    Ref,
  ],
})
export type ConditionScalar = string | number | boolean
export type ConditionValue = ConditionScalar | null | Ref | readonly (ConditionScalar | Ref)[]

const scalar = { type: ['string', 'number', 'boolean'] }

/** Which figure of the metric dictionary the fact `metric` is. */
export const MetricParams = Closed({
  metric: Type.String({ ...about('指标', 'Metric', 'Metric of the dictionary.'), ...refers('metric') }),
  by: Type.Optional(
    Type.Record(
      Type.String(),
      Type.Unsafe<ConditionScalar | Ref>({ anyOf: [scalar, Ref] }),
      about(
        '分组',
        'By',
        'Only records with these values count: fields of the metric’s form (links may be followed), each a literal or a reference. A blank value gives no figure. Absent: all records.',
      ),
    ),
  ),
  window: Type.Optional(
    keyedUnion(
      [
        Closed({ last: Duration(about('最近', 'Last', 'The time up to now.')) }),
        Closed({
          calendar: OneOf(
            ['day', 'week', 'month', 'quarter', 'year'] as const,
            {
              day: ['今天', 'Today'],
              week: ['本周', 'This week'],
              month: ['本月', 'This month'],
              quarter: ['本季度', 'This quarter'],
              year: ['今年', 'This year'],
            },
            about('日历周期', 'Calendar', "The day, ISO week, month … that now is in, in the app's zone."),
          ),
        }),
      ],
      about('时间窗', 'Window', "Counts by the metric's own time; absent: all there is."),
    ),
  ),
  value: Type.Optional(
    OneOf(
      ['value', 'change', 'ratio'] as const,
      {
        value: ['数值', 'The figure'],
        change: ['比上期的变化', 'Change from the period before'],
        ratio: ['与上期之比', 'Ratio to the period before'],
      },
      about(
        '取值',
        'Value',
        'The figure itself, its difference from the window before (of durations in seconds), or its ratio to it (1.2: a fifth more). Absent: the figure.',
      ),
    ),
  ),
  minimumSample: Type.Optional(
    Type.Integer({
      minimum: 1,
      ...about('最小样本', 'Minimum sample', 'With fewer records (in either window) there is no figure; absent: 1.'),
    }),
  ),
  clear: Type.Optional(
    Type.Unsafe<string | number>({
      type: ['string', 'number'],
      ...about(
        '解除线',
        'Clear line',
        'An alert raised by this ends when the comparison fails with this value in place of `value`; absent: with `value` itself.',
      ),
    }),
  ),
})
export type MetricParams = Static<typeof MetricParams>

export type LeafCondition = {
  fact: FactName
  /** Path below the fact, `$.customer.level`; absent: the fact itself (`now`). */
  path?: string
  operator: OperatorName
  /** Absent for isEmpty, isNotEmpty, changed. */
  value?: ConditionValue
  /** Of the fact `metric`. */
  params?: MetricParams
}
export type FormulaCondition = { formula: string }
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | LeafCondition
  | FormulaCondition

const self = Type.Unsafe<Condition>({ $ref: '#/$defs/Condition' })

/** Schema of a condition; `$ref`s into the `$defs` that `withConditionDefs` adds at the root of a document's schema. */
export const Condition: TUnsafe<Condition> = Type.Unsafe<Condition>({
  $ref: '#/$defs/Condition',
  'x-ui': { control: 'condition' },
})

/** A condition that selects rows in the database: only these facts are there. */
const rowFacts: readonly FactName[] = ['record', 'user', 'now']
export const RowCondition: TUnsafe<Condition> = Type.Unsafe<Condition>({ ...Condition, 'x-facts': rowFacts })

/** A condition over the cells of one row of a sub-table. */
const cellFacts: readonly FactName[] = ['record', 'now']
export const CellCondition: TUnsafe<Condition> = Type.Unsafe<Condition>({ ...Condition, 'x-facts': cellFacts })

export const conditionDefs = {
  Condition: keyedUnion([
    Closed({
      all: Type.Array(self, {
        maxItems: 100,
        ...about('全部满足', 'All of', 'True when every part is true; empty: true.'),
      }),
    }),
    Closed({
      any: Type.Array(self, {
        maxItems: 100,
        ...about('满足任一', 'Any of', 'True when at least one part is true; empty: false.'),
      }),
    }),
    Closed({ not: named(self, '不满足', 'Not', 'True when this is false.') }),
    Closed({ formula: FormulaText(about('公式', 'Formula', 'True exactly when the FEEL formula gives true.')) }),
    Closed({
      fact: Type.Unsafe<FactName>({
        type: 'string',
        enum: [...factNames],
        ...about('对象', 'Fact', 'What is looked at.'),
      }),
      path: Type.Optional(
        Type.String({
          pattern: '^\\$(\\.[a-z_][a-zA-Z0-9_]*)+$',
          examples: ['$.customer.level'],
          ...about('路径', 'Path', 'Place below the fact, links followed; absent: the fact itself.'),
        }),
      ),
      operator: Type.Unsafe<OperatorName>({
        type: 'string',
        enum: [...operatorNames],
        ...about('比较', 'Operator', 'How it is compared.'),
      }),
      value: Type.Optional(
        named(operand, '值', 'Value', 'What it is compared with; absent for isEmpty, isNotEmpty, changed.'),
      ),
      params: Type.Optional(
        named(MetricParams, '参数', 'Parameters', 'Of the fact `metric`; absent: for every other fact.'),
      ),
    }),
  ]),
}
