import { type Static, type TUnsafe, Type } from 'typebox'
import { about, Closed, FormulaText, keyedUnion, named } from './schema.ts'

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

export type LeafCondition = {
  fact: FactName
  /** Path below the fact, `$.customer.level`; absent: the fact itself (`now`). */
  path?: string
  operator: OperatorName
  /** Absent for isEmpty, isNotEmpty, changed. */
  value?: ConditionValue
  params?: Record<string, unknown>
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
        Type.Record(Type.String(), Type.Unknown(), about('参数', 'Parameters', 'Of the fact; absent: none.')),
      ),
    }),
  ]),
}
