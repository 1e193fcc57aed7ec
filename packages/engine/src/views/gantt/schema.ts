import { Type } from 'typebox'
import { about, Closed, refers } from '../../definitions/schema.ts'
import { cardFields, head, tail, tone, where } from '../base.ts'

/** Records as bars over time. */
export const gantt = Closed({
  ...head('gantt', '甘特图', 'Gantt'),
  start: Type.String({
    ...about('开始', 'Start', 'Date or moment at which a bar begins.'),
    ...refers('field', { fits: 'moment' }),
  }),
  end: Type.String({
    ...about('结束', 'End', 'Last day, or the moment a bar ends.'),
    ...refers('field', { fits: 'moment' }),
  }),
  group: Type.Optional(
    Type.String({
      ...about('分组依据', 'Group by', 'Bars are put together by this field; absent: one list.'),
      ...refers('field', { fits: 'lanes' }),
    }),
  ),
  tone,
  where,
  columns: cardFields,
  ...tail,
})
