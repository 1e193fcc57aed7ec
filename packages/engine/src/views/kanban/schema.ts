import { Type } from 'typebox'
import { about, Closed, refers } from '../../definitions/schema.ts'
import { cardFields, head, tail, where } from '../base.ts'

/** Cards in lanes, one lane for each value of a field; a card dragged to another lane gets its value. */
export const kanban = Closed({
  ...head('kanban', '看板', 'Kanban'),
  by: Type.String({
    ...about('分列依据', 'Lanes by', 'Field whose values are the lanes: a choice, the stage, or a person.'),
    ...refers('field', { fits: 'lanes' }),
  }),
  where,
  columns: cardFields,
  ...tail,
})
