import { type Static, Type } from 'typebox'
import { PublicToken } from './public.ts'
import { Closed, Nullable, Text } from './wire.ts'

/** The page of an app for its customers: what is open to them, and nothing else of the app. */
export const PortalView = Closed({
  title: Text,
  intro: Nullable(Text),
  contact: Nullable(Text),
  locales: Type.Array(Type.String(), { description: 'Languages its texts are written in.' }),
  forms: Type.Array(
    Closed({
      title: Text,
      intro: Nullable(Text),
      token: { ...PublicToken, description: 'Last part of the address /p/… of the form.' },
    }),
  ),
})
export type PortalView = Static<typeof PortalView>
