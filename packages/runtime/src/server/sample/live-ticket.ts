import { parseDurationMs } from '@tenon/engine'
import { Closed, OneOf, Values } from '@tenon/runtime/contract'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'

const Name = Type.String({ minLength: 1, maxLength: 60 })
const Duration = Type.String({ pattern: '^P[0-9WDTHMS.]+$' })

const LiveStep = Closed({
  after: Duration,
  by: Type.String({ minLength: 1, maxLength: 60, description: 'A user name, or `assignee`: whoever has the task.' }),
  do: OneOf(['task.claim', 'task.complete', 'record.comment'] as const),
  node: Type.Optional(Name),
  outcome: Type.Optional(Name),
  values: Type.Optional(Values),
  comment: Type.Optional(Type.String({ maxLength: 10_000 })),
  visibility: Type.Optional(OneOf(['public', 'internal'] as const)),
})
export type LiveStep = Static<typeof LiveStep>

/** A record of the demo that is played, not imported: `ago` before now, by its people, step by step. */
const LiveTicket = Closed({
  ago: Duration,
  by: Name,
  form: Name,
  values: Values,
  /** By field: form, field and text that find the record it links to. */
  links: Type.Record(Type.String(), Type.Tuple([Name, Name, Type.String()])),
  steps: Type.Array(LiveStep, { maxItems: 100 }),
})
export type LiveTicket = Static<typeof LiveTicket>

const LiveTickets = Type.Array(LiveTicket, { maxItems: 1000 })
export type LiveTickets = readonly LiveTicket[]

/** `sample/live.json` as it must be. */
export const isLiveTickets = (value: unknown): value is LiveTickets =>
  Value.Check(LiveTickets, value) &&
  value.every(({ ago, steps }) => isDuration(ago) && steps.every(({ after }) => isDuration(after)))

const isDuration = (text: string): boolean => parseDurationMs(text) !== undefined
