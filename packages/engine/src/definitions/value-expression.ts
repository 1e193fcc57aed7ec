import { type Static, Type } from 'typebox'
import { Ref } from './condition.ts'
import { Closed, FormulaText, keyedUnion, OneOf, refers } from './schema.ts'

/** A value to be computed: a literal in the field's JSON form, `{ref}` into the facts, or `{formula}`. */
export const ValueExpression = Type.Unsafe<ValueExpression>({
  anyOf: [
    { type: ['string', 'number', 'boolean', 'null'] },
    { type: 'array', items: { type: 'string' } },
    Ref,
    Closed({ formula: FormulaText() }),
  ],
  'x-ui': { control: 'value' },
})
export type ValueExpression = string | number | boolean | null | string[] | Ref | { formula: string }

/** Who: people, by any of these. A list of them is the union of the people. */
export const Who = keyedUnion([
  Closed({ user: Type.String({ description: 'A person by user name.' }) }),
  Closed({ role: Type.String({ description: 'Everybody with a role of this app.', ...refers('role') }) }),
  Closed({ department: Type.String({ description: 'Everybody of a department, by its code.' }) }),
  Closed({ field: Type.String({ description: 'The person or people in a user field of the record; a path may follow links: customer.account_manager.', ...refers('field', { path: true, kinds: ['reference', 'list'] }) }) }),
  Closed({ superiorOf: Type.String({ description: 'The superior of the person in a user field of the record, or of `assignee` (the task\'s) or `creator`.', ...refers('field', { path: true, kinds: ['reference', 'list'], except: ['assignee', 'creator'] }) }) }),
  Closed({ strategy: Type.String({ description: 'Whom an assignment strategy chooses.', ...refers('assignment') }) }),
  Closed({ formula: FormulaText({ description: 'FEEL giving a user id or a list of them.' }) }),
  Closed({ self: OneOf(['assignee', 'creator', 'superior'] as const, { description: 'The task\'s assignee, the record\'s creator, or the superior of the assignee at that time.' }) }),
])
export type Who = Static<typeof Who>
export const WhoList = Type.Array(Who, { minItems: 1, maxItems: 20, 'x-ui': { control: 'who' } })
