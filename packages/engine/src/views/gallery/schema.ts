import { Type } from 'typebox'
import { about, Closed, refers } from '../../definitions/schema.ts'
import { cardFields, head, tail, where } from '../base.ts'

/** Cards with a picture. */
export const gallery = Closed({
  ...head('gallery', '画廊', 'Gallery'),
  cover: Type.Optional(
    Type.String({
      ...about('封面', 'Cover', 'Files whose first picture is shown; absent: no picture.'),
      ...refers('field', { fits: 'files' }),
    }),
  ),
  where,
  columns: cardFields,
  ...tail,
})
