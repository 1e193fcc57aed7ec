import { type Static, Type } from 'typebox'
import { DraftName } from './drafts.ts'
import { Closed, Moment, Nullable, OneOf } from './wire.ts'

const Address = Type.String({
  minLength: 1,
  maxLength: 500,
  description: 'Of an element or a file: forms/ticket.json/fields/priority, flows/sop.json.',
})

export const ElementQuery = Closed({ address: Address, draft: Type.Optional(DraftName) })
export type ElementQuery = Static<typeof ElementQuery>

/** How one element came to be what it is. */
export const ElementHistory = Closed({
  items: Type.Array(
    Closed({
      version: Nullable(Type.Integer({ description: 'null: the draft, not published yet.' })),
      at: Moment,
      by: Nullable(Type.String()),
      kind: OneOf(['added', 'changed', 'removed'] as const),
      changes: Type.Array(Type.String(), { description: 'A sentence each, in business words.' }),
      value: Type.Optional(Type.Unknown({ description: 'The element in that version; absent: it is gone there.' })),
    }),
    { description: 'Newest first, of the last 200 versions.' },
  ),
})
export type ElementHistory = Static<typeof ElementHistory>

export const DraftOrLive = Closed({ draft: Type.Optional({ ...DraftName, description: 'Absent: the live version.' }) })
/** What versions had and the draft has not. */
export const DeletedElements = Closed({
  items: Type.Array(
    Closed({
      address: Address,
      what: Type.String({ description: 'In words: field "Cost" of form "Ticket".' }),
      version: Type.Integer({ description: 'The last that had it: restore from there.' }),
      removedIn: Nullable(Type.Integer({ description: 'Version it was taken away in; null: in the draft only.' })),
      at: Nullable(Moment),
      by: Nullable(Type.String()),
    }),
    { description: 'What was taken away last comes first.' },
  ),
})
export type DeletedElements = Static<typeof DeletedElements>

export const RestoreElement = Closed({
  address: Address,
  version: Type.Integer({ minimum: 1, description: 'Version it is taken from.' }),
  revision: Type.Integer({ minimum: 0, description: 'Revision of the draft: another one is a conflict.' }),
})
export type RestoreElement = Static<typeof RestoreElement>
