import { type Static, Type } from 'typebox'
import { Closed, Id, Moment, Nullable, OneOf } from './wire.ts'

export const SignIn = Closed({
  username: Type.String({ minLength: 1, maxLength: 100 }),
  password: Type.String({ minLength: 1, maxLength: 200 }),
})
export type SignIn = Static<typeof SignIn>

export const Me = Closed({
  id: Id,
  username: Type.String(),
  name: Type.String(),
  email: Nullable(Type.String()),
  department: Nullable(Id),
  departmentName: Nullable(Type.String()),
  superior: Nullable(Id),
  locale: Type.String(),
  zone: Type.String(),
  admin: Type.Boolean(),
  away: Type.Boolean(),
  deputy: Nullable(Id),
  deputyName: Nullable(Type.String()),
  awayFrom: Nullable(Moment),
  awayUntil: Nullable(Moment),
  grants: Type.Array(Closed({ app: Type.String(), role: Type.String() })),
})
export type Me = Static<typeof Me>

/** The signed-in person. `csrfToken` goes into the header `x-csrf-token` of every write of a cookie session. */
export const Session = Closed({ user: Me, csrfToken: Type.String(), demo: Type.Boolean() })
export type Session = Static<typeof Session>

export const ChangeMe = Closed({
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  email: Type.Optional(Nullable(Type.String({ maxLength: 200 }))),
  locale: Type.Optional(OneOf(['zh-CN', 'en'] as const)),
  zone: Type.Optional(Type.String({ maxLength: 60 })),
  away: Type.Optional(Type.Boolean({ description: 'Out of office, within the period where one is given.' })),
  deputy: Type.Optional(Nullable(Id)),
  awayFrom: Type.Optional(Nullable(Moment)),
  awayUntil: Type.Optional(Nullable(Moment)),
})
export type ChangeMe = Static<typeof ChangeMe>

export const ChangePassword = Closed({
  current: Type.String({ minLength: 1, maxLength: 200 }),
  password: Type.String({ minLength: 10, maxLength: 200 }),
})
export type ChangePassword = Static<typeof ChangePassword>

/** What the sign-in page shows: whether the first admin is still to be made, and the demo people while there are any. */
export const Welcome = Closed({
  setupNeeded: Type.Boolean(),
  signedIn: Type.Boolean({
    description: 'Whether this browser has a session: a page need not ask for one that is not there.',
  }),
  demo: Nullable(
    Closed({
      password: Type.String(),
      people: Type.Array(Closed({ username: Type.String(), name: Type.String(), title: Type.String() })),
    }),
  ),
})
export type Welcome = Static<typeof Welcome>

export const Setup = Closed({
  username: Type.String({ pattern: '^[a-zA-Z0-9][a-zA-Z0-9._-]{0,59}$' }),
  name: Type.String({ minLength: 1, maxLength: 100 }),
  password: Type.String({ minLength: 10, maxLength: 200 }),
  locale: Type.Optional(OneOf(['zh-CN', 'en'] as const)),
  zone: Type.Optional(Type.String({ maxLength: 60 })),
})
export type Setup = Static<typeof Setup>

export const ApiToken = Closed({
  id: Id,
  name: Type.String(),
  createdAt: Type.String(),
  lastUsedAt: Nullable(Type.String()),
  expiresAt: Nullable(Type.String()),
})
export type ApiToken = Static<typeof ApiToken>
export const CreateToken = Closed({
  name: Type.String({ minLength: 1, maxLength: 100 }),
  expiresInDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650, description: 'Absent: it does not expire.' })),
})
export type CreateToken = Static<typeof CreateToken>
/** `secret` is shown this once; only its hash is kept. */
export const CreatedToken = Closed({ token: ApiToken, secret: Type.String() })
export type CreatedToken = Static<typeof CreatedToken>
export const TokenList = Closed({ items: Type.Array(ApiToken) })
