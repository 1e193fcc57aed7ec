import { type Static, Type } from 'typebox'
import { Ref } from './condition.ts'
import { about, Closed, FormulaText, keyedUnion, OneOf, refers } from './schema.ts'

/** A value to be computed: a literal in the field's JSON form, `{ref}` into the facts, or `{formula}`. */
export const ValueExpression = Type.Unsafe<ValueExpression>({
  anyOf: [
    { type: ['string', 'number', 'boolean', 'null'] },
    { type: 'array', items: { type: 'string' } },
    Ref,
    Closed({ formula: FormulaText(about('公式', 'Formula', 'FEEL giving the value.')) }),
  ],
  'x-ui': { control: 'value' },
})
export type ValueExpression = string | number | boolean | null | string[] | Ref | { formula: string }

/** Who: people, by any of these. A list of them is the union of the people. */
export const Who = keyedUnion([
  Closed({ user: Type.String({ ...about('人员', 'Person', 'A person by user name.', { control: 'person' }) }) }),
  Closed({ role: Type.String({ ...about('角色', 'Role', 'Everybody with a role of this app.'), ...refers('role') }) }),
  Closed({
    department: Type.String({
      ...about('部门', 'Department', 'Everybody of a department, by its code.', { control: 'department' }),
    }),
  }),
  Closed({
    field: Type.String({
      ...about(
        '人员字段',
        'Person field',
        'The person or people in a user field of the record; a path may follow links: customer.account_manager.',
      ),
      ...refers('field', { path: true, kinds: ['reference', 'list'] }),
    }),
  }),
  Closed({
    superiorOf: Type.String({
      ...about(
        '上级',
        'Superior of',
        "The superior of the person in a user field of the record, or of `assignee` (the task's) or `creator`.",
      ),
      ...refers('field', { path: true, kinds: ['reference', 'list'], except: ['assignee', 'creator'] }),
    }),
  }),
  Closed({
    strategy: Type.String({
      ...about('派单策略', 'Strategy', 'Whom an assignment strategy chooses.'),
      ...refers('assignment'),
    }),
  }),
  Closed({ formula: FormulaText({ ...about('公式', 'Formula', 'FEEL giving a user id or a list of them.') }) }),
  Closed({
    self: OneOf(
      ['assignee', 'creator', 'superior'] as const,
      {
        assignee: ['当前办理人', 'The assignee'],
        creator: ['创建人', 'The creator'],
        superior: ['办理人的上级', 'The assignee’s superior'],
      },
      {
        ...about(
          '相关人',
          'Related person',
          "The task's assignee, the record's creator, or the superior of the assignee at that time.",
        ),
      },
    ),
  }),
])
export type Who = Static<typeof Who>
export const WhoList = Type.Array(Who, { minItems: 1, maxItems: 20, 'x-ui': { control: 'who' } })
