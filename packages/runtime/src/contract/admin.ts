import { type Static, Type } from 'typebox'
import { Closed, Document, Id, Moment, Nullable, OneOf, Slug, Text } from './wire.ts'

const Username = Type.String({ pattern: '^[a-zA-Z0-9][a-zA-Z0-9._-]{0,59}$' })
const Words = Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { maxItems: 100 })
/** By skill, 1 to 5. */
const SkillLevels = Type.Unsafe<{ readonly [skill: string]: number }>({
  type: 'object',
  maxProperties: 100,
  propertyNames: { minLength: 1, maxLength: 60 },
  additionalProperties: { type: 'integer', minimum: 1, maximum: 5 },
  description: 'How well, 1 to 5, by skill; a skill that is not named here is had at level 1.',
})
const Certifications = Type.Array(
  Closed({
    name: Type.String({ minLength: 1, maxLength: 60 }),
    until: Nullable(Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' })),
  }),
  { maxItems: 100, description: 'Certificates with the last day they are valid; null: for good.' },
)
const GrantList = Type.Array(Closed({ app: Type.String({ maxLength: 40 }), role: Type.String({ maxLength: 40 }) }), {
  maxItems: 200,
})

export const UserView = Closed({
  id: Id,
  username: Type.String(),
  name: Type.String(),
  email: Nullable(Type.String()),
  phone: Nullable(Type.String()),
  department: Nullable(Id),
  superior: Nullable(Id),
  locale: Type.String(),
  zone: Type.String(),
  active: Type.Boolean(),
  away: Type.Boolean(),
  admin: Type.Boolean(),
  skills: Type.Array(Type.String()),
  skillLevels: SkillLevels,
  certifications: Certifications,
  languages: Type.Array(Type.String()),
  regions: Type.Array(Type.String()),
  capacity: Type.Integer(),
  shift: Nullable(Type.String()),
  grants: Type.Array(Closed({ app: Type.String(), role: Type.String() })),
  demoOf: Type.Optional(Type.String({ description: 'App whose demo data brought the person; absent: nobody’s.' })),
})
export type UserView = Static<typeof UserView>
export const UserList = Closed({ items: Type.Array(UserView), total: Type.Integer() })
export type UserList = Static<typeof UserList>

const userFields = {
  name: Type.String({ minLength: 1, maxLength: 100 }),
  email: Nullable(Type.String({ maxLength: 200 })),
  phone: Nullable(Type.String({ maxLength: 40 })),
  department: Nullable(Id),
  superior: Nullable(Id),
  locale: OneOf(['zh-CN', 'en'] as const),
  zone: Type.String({ maxLength: 60 }),
  active: Type.Boolean(),
  away: Type.Boolean(),
  admin: Type.Boolean(),
  skills: Words,
  skillLevels: SkillLevels,
  certifications: Certifications,
  languages: Words,
  regions: Words,
  capacity: Type.Integer({ minimum: 0, maximum: 10_000 }),
  shift: Nullable(Type.String({ maxLength: 80 })),
  grants: GrantList,
  password: Type.String({ minLength: 10, maxLength: 200, description: 'Signs the person out everywhere.' }),
}
export const ChangeUser = Type.Partial(Closed(userFields), { additionalProperties: false })
export type ChangeUser = Static<typeof ChangeUser>
export const CreateUser = Closed({
  username: Username,
  ...Type.Partial(Closed(userFields)).properties,
  name: userFields.name,
  password: userFields.password,
})
export type CreateUser = Static<typeof CreateUser>

export const SaveDepartment = Closed({
  code: Type.String({ pattern: '^[a-zA-Z0-9][a-zA-Z0-9._-]{0,59}$' }),
  name: Type.String({ minLength: 1, maxLength: 100 }),
  parent: Type.Optional(Nullable(Id)),
  manager: Type.Optional(Nullable(Id)),
})
export type SaveDepartment = Static<typeof SaveDepartment>

export const RoleView = Closed({
  app: Type.String(),
  appLabel: Text,
  role: Type.String(),
  label: Text,
  description: Type.Optional(Text),
  people: Type.Integer(),
})
export type RoleView = Static<typeof RoleView>
export const RoleList = Closed({ items: Type.Array(RoleView) })

/** An effect, timer or flow that could not go on, or waits for its next try. */
export const EffectView = Closed({
  key: Type.String(),
  type: Type.String(),
  state: OneOf(['ready', 'leased', 'backoff', 'dead', 'done'] as const),
  attempts: Type.Integer(),
  nextAt: Nullable(Moment),
  lastError: Nullable(Type.String()),
})
export const EffectList = Closed({ items: Type.Array(EffectView) })
export type EffectList = Static<typeof EffectList>

/** What is known of a secret; its value is never said again. */
export const SecretView = Closed({
  app: Slug,
  name: Slug,
  origin: Type.String({ description: 'Scheme, host and port it is sent to; it goes nowhere else.' }),
  updatedAt: Moment,
  updatedBy: Nullable(Id),
})
export const SecretList = Closed({ items: Type.Array(SecretView) })
export type SecretList = Static<typeof SecretList>
export const SaveSecret = Closed({
  origin: Type.String({ pattern: '^https?://[A-Za-z0-9.:\\[\\]-]{1,260}$', maxLength: 300 }),
  value: Type.String({ minLength: 8, maxLength: 4000, pattern: '^[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?$' }),
})
export type SaveSecret = Static<typeof SaveSecret>

/** A variable of an app on this installation. */
export const VariableView = Closed({
  app: Slug,
  name: Slug,
  label: Type.String(),
  description: Nullable(Type.String()),
  default: Nullable(Type.String({ description: 'Taken where nothing is set; null: there is none.' })),
  value: Nullable(Type.String({ description: 'What is set here; null: nothing.' })),
  updatedAt: Nullable(Moment),
  updatedBy: Nullable(Id),
})
export type VariableView = Static<typeof VariableView>
export const VariableList = Closed({ items: Type.Array(VariableView) })
export type VariableList = Static<typeof VariableList>
export const SaveVariable = Closed({
  value: Type.String({ minLength: 1, maxLength: 1000, pattern: '^[^\\u0000-\\u001f\\u007f]*$' }),
})
export type SaveVariable = Static<typeof SaveVariable>

export const AuditEntry = Closed({
  id: Id,
  at: Moment,
  actor: Nullable(Id),
  actorName: Nullable(Type.String()),
  action: Type.String(),
  about: Type.String(),
  data: Document,
})
export const AuditPage = Closed({ items: Type.Array(AuditEntry), nextCursor: Type.Optional(Type.String()) })
export type AuditPage = Static<typeof AuditPage>
