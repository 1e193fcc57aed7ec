import { Type } from 'typebox'
import { about, Closed, refers } from '../../definitions/schema.ts'
import { head, tail, where } from '../base.ts'

/** Rows and columns. */
export const table = Closed({
  ...head('table', '表格', 'Table'),
  where,
  columns: Type.Array(Type.String(refers('field', { path: true })), {
    minItems: 1,
    ...about('列', 'Columns', 'Field ids; a path may follow a link: customer.level.'),
  }),
  ...tail,
})
