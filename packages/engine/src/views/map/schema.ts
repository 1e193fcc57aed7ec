import { Type } from 'typebox'
import { about, Closed, refers } from '../../definitions/schema.ts'
import { cardFields, head, tail, tone, where } from '../base.ts'

/** Records where they are. */
export const map = Closed({
  ...head('map', '地图', 'Map'),
  place: Type.String({
    ...about('位置', 'Place', 'Location at which a record stands.'),
    ...refers('field', { fits: 'place' }),
  }),
  tone,
  where,
  columns: cardFields,
  ...tail,
})
