import { type Static, Type } from 'typebox'
import { PublicToken } from './public.ts'
import { Closed, Id, Moment, Nullable, Slug, Text } from './wire.ts'

/** The page of an app for its customers: what is open to them, and nothing else of the app. */
export const PortalView = Closed({
  title: Text,
  intro: Nullable(Text),
  contact: Nullable(Text),
  locales: Type.Array(Type.String(), { description: 'Languages its texts are written in.' }),
  zone: Type.String(),
  tracking: Nullable(
    Closed({
      signedIn: Type.Boolean({ description: 'The one who asks is a contact who has signed in here.' }),
    }),
  ),
  forms: Type.Array(
    Closed({
      title: Text,
      intro: Nullable(Text),
      token: { ...PublicToken, description: 'Last part of the address /p/… of the form.' },
    }),
  ),
})
export type PortalView = Static<typeof PortalView>

export const AskForCode = Closed({ mail: Type.String({ minLength: 3, maxLength: 254 }) })
export type AskForCode = Static<typeof AskForCode>

/** The same whoever asks: whether a mail was sent, only its receiver knows. */
export const CodeAsked = Closed({
  ticket: Type.String({ description: 'To be given with the code: a code works only where it was asked for.' }),
})
export type CodeAsked = Static<typeof CodeAsked>

export const ProveCode = Closed({
  ticket: Type.String({ minLength: 1, maxLength: 100 }),
  code: Type.String({ pattern: '^[0-9]{6}$' }),
})
export type ProveCode = Static<typeof ProveCode>

const Status = { label: Text, category: Type.String({ description: 'Category of the stage.' }) }
const own = {
  form: Slug,
  id: Id,
  kind: Text,
  number: Nullable(Type.String()),
  title: Nullable(Type.String()),
  status: Nullable(Closed(Status)),
  created_at: Moment,
  updated_at: Moment,
}

/** A record that a contact finds again on the portal. What is not shown there is null. */
export const OwnRecord = Closed(own)
export type OwnRecord = Static<typeof OwnRecord>
export const OwnRecordList = Closed({ items: Type.Array(OwnRecord) })
export type OwnRecordList = Static<typeof OwnRecordList>
export const OwnRecordView = Closed({
  ...own,
  fields: Type.Array(Closed({ label: Text, text: Type.String() })),
  progress: Type.Array(Closed({ ...Status, at: Moment })),
})
export type OwnRecordView = Static<typeof OwnRecordView>
