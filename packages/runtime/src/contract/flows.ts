import { type Static, Type } from 'typebox'
import { Closed, Document, Slug } from './wire.ts'

/** A message for whichever flow of the app waits for its name and key, now or before its time is over. */
export const FlowMessage = Closed({
  name: Slug,
  key: Type.String({ maxLength: 500, description: 'Mostly the id of a record.' }),
  id: Type.String({
    minLength: 1,
    maxLength: 200,
    description: 'Unique per name: the same message sent twice counts once.',
  }),
  data: Type.Optional(Document),
  ttl: Type.Optional(
    Type.String({
      pattern: '^P(\\d+W|(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+S)?)?)$',
      description: 'ISO 8601 duration it is kept; absent: seven days.',
    }),
  ),
})
export type FlowMessage = Static<typeof FlowMessage>
