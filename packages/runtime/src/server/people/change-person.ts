import { fail, type Id, mayGrant, ok, pointer, problem, type Rejection, type Result } from '@tenon/engine'
import type { ChangeUser } from '@tenon/runtime/contract'
import { closeSessionsOf } from '../auth/sessions.ts'
import type { Unit } from '../commands/execute.ts'
import { bumpRevision } from '../store/revisions.ts'

export type PersonChange = Omit<ChangeUser, 'password'> & { readonly passwordHash?: string | undefined }
export type NewPerson = PersonChange & {
  readonly username: string
  readonly name: string
  readonly id?: Id
  /** The app whose demo data brings them, and what they are called there; absent: nobody's. */
  readonly demo?: { readonly app: string; readonly as: string }
}

/** Adds a person; gives the id. Refused: a name that is taken, references to nobody, roles that may not be given. */
export async function addPerson(unit: Unit, person: NewPerson): Promise<Result<Id, Rejection>> {
  if (unit.memory.organisation.byUsername(person.username))
    return fail({
      code: 'user.invalid',
      problems: [problem('organisation.codeTaken', '/username', { value: person.username })],
    })
  const refused = refusal(unit, undefined, person)
  if (refused) return fail(refused)
  const id = person.id ?? unit.newId()
  const { now } = unit
  await unit.tx
    .insertInto('users')
    .values({
      id,
      username: person.username,
      name: person.name,
      password_hash: person.passwordHash ?? null,
      email: person.email ?? null,
      phone: person.phone ?? null,
      department_id: person.department ?? null,
      superior_id: person.superior ?? null,
      locale: person.locale ?? 'zh-CN',
      zone: person.zone ?? 'Asia/Shanghai',
      active: Number(person.active ?? true),
      away: Number(person.away ?? false),
      deputy_id: null,
      away_from: null,
      away_until: null,
      admin: Number(person.admin ?? false),
      skills: JSON.stringify(person.skills ?? []),
      skill_levels: JSON.stringify(person.skillLevels ?? {}),
      certifications: JSON.stringify(person.certifications ?? []),
      languages: JSON.stringify(person.languages ?? []),
      regions: JSON.stringify(person.regions ?? []),
      capacity: person.capacity ?? 10,
      shift: person.shift ?? null,
      demo_of: person.demo?.app ?? null,
      demo_as: person.demo?.as ?? null,
      created_at: now,
      updated_at: now,
      version: 1,
    })
    .execute()
  await saveGrants(unit, id, person.grants ?? [])
  await bumpRevision(unit.tx, 'directory')
  await unit.audit(
    { kind: 'user', id },
    'user.created',
    told({ ...person, password: person.passwordHash !== undefined }),
  )
  return ok(id)
}

/** Changes a person. Switching off, a new password or fewer rights count at the next request, everywhere. */
export async function changePerson(unit: Unit, id: Id, change: PersonChange): Promise<Result<Id, Rejection>> {
  const before = unit.memory.organisation.person(id)
  if (!before) return fail({ code: 'user.notFound' })
  const refused = refusal(unit, id, change)
  if (refused) return fail(refused)
  const { passwordHash, grants, skills, skillLevels, certifications, languages, regions, ...others } = change
  const { department, superior, active, away, admin, ...plain } = others
  await unit.tx
    .updateTable('users')
    .set({
      ...plain,
      ...(department !== undefined && { department_id: department }),
      ...(superior !== undefined && { superior_id: superior }),
      ...(skills && { skills: JSON.stringify(skills) }),
      ...(skillLevels && { skill_levels: JSON.stringify(skillLevels) }),
      ...(certifications && { certifications: JSON.stringify(certifications) }),
      ...(languages && { languages: JSON.stringify(languages) }),
      ...(regions && { regions: JSON.stringify(regions) }),
      ...(active !== undefined && { active: Number(active) }),
      ...(away !== undefined && { away: Number(away) }),
      ...(admin !== undefined && { admin: Number(admin) }),
      ...(passwordHash !== undefined && { password_hash: passwordHash }),
      updated_at: unit.now,
    })
    .where('id', '=', id)
    .execute()
  if (grants) await saveGrants(unit, id, grants)
  if (passwordHash !== undefined || active === false) await closeSessionsOf(unit.tx, id)
  await bumpRevision(unit.tx, 'directory')
  await unit.audit(
    { kind: 'user', id },
    'user.changed',
    told({ ...change, ...(passwordHash !== undefined && { password: true }) }),
  )
  return ok(id)
}

/** Everything that is wrong with a change of a person at once; the last administrator may not lock everybody out. */
function refusal(unit: Unit, id: Id | undefined, change: PersonChange): Rejection | undefined {
  const { organisation, apps } = unit.memory
  const missing = (path: string, what: string, ref: string) =>
    problem('document.danglingReference', pointer(path), { what, id: ref })
  const problems = [
    ...(change.department && !organisation.department(change.department)
      ? [missing('department', 'department', change.department)]
      : []),
    ...(change.superior && (change.superior === id || !organisation.person(change.superior))
      ? [missing('superior', 'user', change.superior)]
      : []),
    ...(change.grants ?? []).flatMap(({ app, role }, index) => {
      const known = apps.app(app)?.model.definition.roles.some((one) => one.id === role)
      return known
        ? []
        : [problem('document.danglingReference', pointer('grants', index), { what: 'role', id: `${app}/${role}` })]
    }),
  ]
  if (problems.length > 0) return { code: 'user.invalid', problems }
  if (!mayGive(unit, id, change.grants)) return { code: 'access.denied' }
  const losesAdmin = id !== undefined && (change.admin === false || change.active === false)
  const others = organisation.everybody().filter((person) => person.admin && person.active && person.id !== id)
  return losesAdmin && organisation.person(id)?.admin && others.length === 0 ? { code: 'user.lastAdmin' } : undefined
}

/** Nobody hands out what he may not: each role that is new must be one the acting person may give. */
function mayGive(unit: Unit, id: Id | undefined, grants: PersonChange['grants']): boolean {
  const had = new Set(
    (id === undefined ? [] : (unit.memory.organisation.person(id)?.grants ?? [])).map(
      ({ app, role }) => `${app}/${role}`,
    ),
  )
  return (grants ?? []).every(({ app, role }) => {
    const definition = unit.memory.apps.app(app)?.model.definition
    const given = definition?.roles.find((one) => one.id === role)
    return (
      had.has(`${app}/${role}`) ||
      (definition !== undefined && given !== undefined && mayGrant(definition, unit.by, given))
    )
  })
}

async function saveGrants(
  unit: Unit,
  user_id: Id,
  grants: readonly { readonly app: string; readonly role: string }[],
): Promise<void> {
  await unit.tx.deleteFrom('role_grants').where('user_id', '=', user_id).execute()
  const rows = [...new Map(grants.map(({ app, role }) => [`${app}/${role}`, { user_id, app, role }])).values()]
  if (rows.length > 0) await unit.tx.insertInto('role_grants').values(rows).execute()
}

/** What the audit trail keeps of a change: never a password, not even hashed. */
function told(change: object): Record<string, never> {
  const { passwordHash: _, ...rest } = change as { passwordHash?: unknown }
  return JSON.parse(JSON.stringify(rest)) as Record<string, never>
}
