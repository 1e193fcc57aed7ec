import { type Static, Type } from 'typebox'
import {
  about,
  Closed,
  FormulaText,
  keysRefer,
  kindHead,
  named,
  OneOf,
  refers,
  Slug,
  Text,
  valueOfOutput,
} from './schema.ts'
import { ValueExpression } from './value-expression.ts'

/** DMN 1.5 §8.2.11: which rows count when several hit. */
const hitPolicies = ['unique', 'any', 'first', 'priority', 'ruleOrder', 'outputOrder', 'collect'] as const
export type HitPolicy = (typeof hitPolicies)[number]

const Scalar = Type.Unsafe<string | number | boolean>({ type: ['string', 'number', 'boolean'] })

const DecisionInput = Closed({
  id: Slug(about('标识', 'Id', 'Permanent id of the column.')),
  label: Type.Optional(named(Text, '名称', 'Label', 'Head of the column; absent: the expression.')),
  expression: FormulaText(about('表达式', 'Expression', 'FEEL giving what the cells of this column test.')),
  values: Type.Optional(
    Type.Array(Scalar, {
      minItems: 1,
      uniqueItems: true,
      ...about(
        '可取值',
        'Values',
        "What the expression can give, for the check of completeness; absent: a field's own choices, else anything.",
      ),
    }),
  ),
})

const DecisionOutput = Closed({
  id: Slug(about('标识', 'Id', 'Permanent id of the column.')),
  label: Type.Optional(named(Text, '名称', 'Label', 'Head of the column; absent: the id.')),
  values: Type.Optional(
    Type.Array(Scalar, {
      minItems: 1,
      uniqueItems: true,
      ...about(
        '可取值',
        'Values',
        'What the column can give, most important first: the order of priority and outputOrder. Absent: anything.',
      ),
      ...valueOfOutput('id'),
    }),
  ),
  default: Type.Optional(
    named(
      ValueExpression,
      '默认值',
      'Default',
      'Given when no row hits; absent: nothing is decided.',
      valueOfOutput('id'),
    ),
  ),
})

const DecisionRow = Closed({
  id: Slug(about('标识', 'Id', 'Permanent id of the row.')),
  when: Type.Optional(
    Type.Record(Type.String(), Type.String({ minLength: 1, maxLength: 1000, 'x-ui': { control: 'unaryTests' } }), {
      ...about(
        '条件',
        'When',
        'FEEL unary tests by input column, such as "vip", "key" or >= 5 or [1..10]; a column that is absent, like -, holds for anything.',
      ),
      ...keysRefer('decisionInput'),
    }),
  ),
  then: Type.Record(Type.String(), ValueExpression, {
    ...about('结果', 'Then', 'Values by output column; a column that is absent is left empty.'),
    ...keysRefer('decisionOutput', { values: true }),
  }),
  note: Type.Optional(named(Text, '备注', 'Note', 'Why the row is there; absent: nothing.')),
})

/** A decision table of DMN 1.5 §8: inputs, rows of unary tests, outputs, one hit policy. */
export const DecisionDefinition = Closed({
  ...kindHead('decision'),
  label: named(Text, '名称', 'Label', 'What people call it; free to change.'),
  description: Type.Optional(named(Text, '说明', 'Description', 'What is decided and why; absent: nothing.')),
  form: Slug({ ...about('表单', 'Form', 'The form whose records it decides about.'), ...refers('form') }),
  hitPolicy: OneOf(
    hitPolicies,
    {
      unique: ['唯一：最多命中一行', 'Unique: at most one row'],
      any: ['任一：命中的行结果必须相同', 'Any: rows that hit must agree'],
      first: ['首个：从上到下第一行', 'First: the first row from the top'],
      priority: ['优先：最重要的结果', 'Priority: the most important result'],
      ruleOrder: ['全部：按行的顺序', 'All, in the order of the rows'],
      outputOrder: ['全部：按结果的重要程度', 'All, the most important first'],
      collect: ['汇集：全部命中的结果', 'Collect: every result'],
    },
    about(
      '命中策略',
      'Hit policy',
      'unique (U): at most one row may hit; any (A): rows that hit must agree; first (F): the first row counts; priority (P): the most important output counts; ruleOrder (R), outputOrder (O): all of them in that order; collect (C): all of them.',
    ),
  ),
  aggregation: Type.Optional(
    OneOf(
      ['sum', 'min', 'max', 'count'] as const,
      { sum: ['求和', 'Sum'], min: ['最小值', 'Smallest'], max: ['最大值', 'Largest'], count: ['个数', 'Count'] },
      about('汇总', 'Aggregation', 'For collect with one output: what is made of the values; absent: their list.'),
    ),
  ),
  inputs: Type.Array(DecisionInput, { minItems: 1, maxItems: 30, ...about('输入', 'Inputs', 'The columns tested.') }),
  outputs: Type.Array(DecisionOutput, { minItems: 1, maxItems: 30, ...about('输出', 'Outputs', 'The columns given.') }),
  rows: Type.Array(DecisionRow, { minItems: 1, maxItems: 2000, ...about('行', 'Rows', 'The rules, from the top.') }),
})
export type DecisionDefinition = Static<typeof DecisionDefinition>
export type DecisionInput = Static<typeof DecisionInput>
