import { type Static, Type } from 'typebox'
import { Closed, Moment } from './wire.ts'

export const Health = Closed({ status: Type.Literal('ok') })
export const AdvanceClock = Closed({
  advance: Type.Optional(Type.String({ pattern: '^P', maxLength: 60, description: 'ISO 8601 duration forward.' })),
  now: Type.Optional(Moment),
})
export type AdvanceClock = Static<typeof AdvanceClock>
export const ClockNow = Closed({ now: Moment, fired: Type.Integer() })
export type ClockNow = Static<typeof ClockNow>
