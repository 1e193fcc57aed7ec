import { Type } from 'typebox'
import { about, Closed, refers } from '../../definitions/schema.ts'
import { cardFields, head, tail, tone, where } from '../base.ts'

/** Records on the days of a month or week. */
export const calendar = Closed({
  ...head('calendar', '日历', 'Calendar'),
  start: Type.String({
    ...about('开始', 'Start', 'Date or moment at which a record stands.'),
    ...refers('field', { fits: 'moment' }),
  }),
  end: Type.Optional(
    Type.String({
      ...about('结束', 'End', 'Last day, or the moment it ends; absent: it stands at its start only.'),
      ...refers('field', { fits: 'moment' }),
    }),
  ),
  tone,
  where,
  columns: cardFields,
  ...tail,
})
