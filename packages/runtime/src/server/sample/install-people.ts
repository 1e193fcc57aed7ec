import { type Id, ok, type Rejection, type Result } from '@tenon/engine'
import type { Unit } from '../commands/execute.ts'
import { addPerson, changePerson } from '../people/change-person.ts'
import { saveDepartment } from '../people/save-department.ts'
import { loadOrganisation } from '../store/directory.ts'
import type { Cast, CastPerson } from './read-cast.ts'

/** Ids by the names that sheets and running work call them. */
export type Players = {
  readonly people: ReadonlyMap<string, Id>
  readonly departments: ReadonlyMap<string, Id>
}
type Installing = {
  readonly app: string
  /** What everybody signs in with; absent: nobody can sign in, and nothing is sent to anybody. */
  readonly passwordHash?: string
}

/**
 * The organisation of the demo in one transaction: departments, people with their roles in this one app, then who leads
 * whom. Who has one of their names already is somebody else: he stays as he is, and they get another name. Only demo
 * people of the app whom nobody ever gave a password or more rights are the same again.
 */
export async function installPeople(unit: Unit, cast: Cast, how: Installing): Promise<Result<Players, Rejection>> {
  const departments = await installDepartments(unit, cast, how.app)
  if (!departments.ok) return departments
  const people = await installEverybody(await again(unit), cast, how, departments.value)
  if (!people.ok) return people
  const players = { departments: departments.value, people: people.value.all }
  const led = await leadersOf(await again(unit), cast, players, people.value.made)
  return led.ok ? ok(players) : led
}

/** The same transaction with what it has changed in people and departments so far. */
const again = async (unit: Unit): Promise<Unit> => ({
  ...unit,
  memory: { ...unit.memory, organisation: await loadOrganisation(unit.tx) },
})

async function installDepartments(
  unit: Unit,
  { departments }: Cast,
  app: string,
): Promise<Result<ReadonlyMap<string, Id>, Rejection>> {
  const ours = await unit.tx.selectFrom('departments').select(['id', 'demo_as']).where('demo_of', '=', app).execute()
  const ids = new Map<string, Id>()
  for (const { code, name, parent } of departments) {
    const known = ours.find((one) => one.demo_as === code)
    if (known) {
      ids.set(code, known.id)
      continue
    }
    const now = await again(unit)
    const free = freeName(code, (one) => now.memory.organisation.departmentByCode(one) !== undefined)
    const saved = await saveDepartment(now, { code: free, name, parent: ids.get(parent) ?? null })
    if (!saved.ok) return saved
    await unit.tx
      .updateTable('departments')
      .set({ demo_of: app, demo_as: code })
      .where('id', '=', saved.value)
      .execute()
    ids.set(code, saved.value)
  }
  return ok(ids)
}

type Everybody = { readonly all: ReadonlyMap<string, Id>; readonly made: ReadonlySet<string> }

async function installEverybody(
  unit: Unit,
  { people }: Cast,
  { app, passwordHash }: Installing,
  departments: ReadonlyMap<string, Id>,
): Promise<Result<Everybody, Rejection>> {
  const unused = await unusedOf(unit, app)
  const all = new Map<string, Id>()
  const made = new Set<string>()
  const taken = new Set(unit.memory.organisation.everybody().map(({ username }) => username.toLowerCase()))
  for (const person of people) {
    const same = unused.find(({ demo_as }) => demo_as === person.username)
    if (same) {
      all.set(person.username, same.id)
      continue
    }
    const username = freeName(person.username, (one) => taken.has(one.toLowerCase()))
    taken.add(username.toLowerCase())
    const { email, phone, admin } = person
    const added = await addPerson(unit, {
      ...plainOf(person),
      username,
      department: departments.get(person.department) ?? null,
      grants: person.roles.map((role) => ({ app, role })),
      demo: { app, as: person.username },
      ...(passwordHash === undefined ? {} : { email, phone, admin, passwordHash }),
    })
    if (!added.ok) return added
    all.set(person.username, added.value)
    made.add(person.username)
  }
  return ok({ all, made })
}

const plainOf = ({ name, skills, skillLevels, certifications, languages, regions, capacity }: CastPerson) => ({
  name,
  skills,
  skillLevels,
  certifications,
  languages,
  regions,
  capacity,
})

/** Demo people of the app who are as they were made: nobody can sign in as one of them, or has given them anything more. */
async function unusedOf({ tx, memory }: Unit, app: string) {
  const rows = await tx
    .selectFrom('users')
    .select(['id', 'demo_as'])
    .where('demo_of', '=', app)
    .where('password_hash', 'is', null)
    .where('active', '=', 1)
    .where('admin', '=', 0)
    .execute()
  return rows.filter(({ id }) => memory.organisation.person(id)?.grants.every((grant) => grant.app === app))
}

async function leadersOf(
  unit: Unit,
  { people, departments }: Cast,
  players: Players,
  made: ReadonlySet<string>,
): Promise<Result<undefined, Rejection>> {
  for (const { username, superior } of people) {
    const [id, above] = [players.people.get(username), players.people.get(superior)]
    if (id === undefined || above === undefined || !made.has(username)) continue
    const changed = await changePerson(unit, id, { superior: above })
    if (!changed.ok) return changed
  }
  for (const { code, manager } of departments) {
    const [id, leader] = [players.departments.get(code), players.people.get(manager)]
    const known = id === undefined ? undefined : unit.memory.organisation.department(id)
    if (!known || leader === undefined || known.manager !== null) continue
    const { name, parent } = known
    const saved = await saveDepartment(unit, { code: known.code, name, parent, manager: leader }, known.id)
    if (!saved.ok) return saved
  }
  return ok(undefined)
}

/** Players by all that a sheet may call them: what they are called among people, and their user names and codes first. */
export const namedIn = ({ people, departments }: Cast, players: Players): Players => ({
  people: new Map([
    ...people.flatMap(({ username, name }) => entry(name, players.people.get(username))),
    ...players.people,
  ]),
  departments: new Map([
    ...departments.flatMap(({ code, name }) => entry(name, players.departments.get(code))),
    ...players.departments,
  ]),
})

const entry = (name: string, id: Id | undefined): readonly (readonly [string, Id])[] =>
  id === undefined ? [] : [[name, id]]

/** `agent1`, or `agent1-2`, `agent1-3` … where that is taken. */
function freeName(name: string, isTaken: (name: string) => boolean): string {
  for (let nth = 1; ; nth++) {
    const one = nth === 1 ? name : `${name.slice(0, 50)}-${nth}`
    if (!isTaken(one)) return one
  }
}
