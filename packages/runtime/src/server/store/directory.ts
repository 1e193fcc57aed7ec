import { type Directory, groupBy, type Id, type Person } from '@tenon/engine'
import type { Db } from './database.ts'
import type { Tables } from './tables.ts'

type Department = { readonly id: Id; readonly code: string; readonly name: string; readonly parent: Id | null; readonly manager: Id | null }
/** The organisation as it stands, with what only administration asks. */
export type Organisation = Directory & {
  departments(): readonly Department[]
  department(id: Id): Department | undefined
}

/** Reads the organisation whole: some thousands of people at most, asked many times per command. */
export async function loadOrganisation(db: Db): Promise<Organisation> {
  const departments = await db.selectFrom('departments').selectAll().orderBy('code').execute()
  const users = await db.selectFrom('users').select(personColumns).orderBy('username').execute()
  const grants = await db.selectFrom('role_grants').selectAll().orderBy('app').orderBy('role').execute()
  return organisationOf(departments, users, grants)
}

const personColumns = [
  'id', 'username', 'name', 'email', 'phone', 'department_id', 'superior_id', 'locale', 'zone', 'active', 'away', 'admin', 'skills', 'regions', 'capacity', 'shift',
] as const
type PersonRow = Pick<Tables['users'], (typeof personColumns)[number]>

function organisationOf(departmentRows: readonly Tables['departments'][], users: readonly PersonRow[], grants: readonly Tables['role_grants'][]): Organisation {
  const departments = new Map<Id, Department>(departmentRows.map((row) => [row.id, { id: row.id, code: row.code, name: row.name, parent: row.parent_id, manager: row.manager_id }]))
  const grantsOf = groupBy(grants, (grant) => grant.user_id)
  const children = groupBy([...departments.values()], (one) => one.parent)
  const below = (id: Id, seen: Set<Id> = new Set()): readonly Id[] => {
    if (seen.has(id)) return []
    seen.add(id)
    return [id, ...(children.get(id) ?? []).flatMap((child) => below(child.id, seen))]
  }
  const led = groupBy([...departments.values()].filter((one) => one.manager !== null), (one) => one.manager as Id)
  const people = users.map((row) => personOf(row, grantsOf.get(row.id) ?? [], (id) => [
    ...new Set([...(row.department_id ? below(row.department_id) : []), ...(led.get(id) ?? []).flatMap((one) => below(one.id))]),
  ]))
  const byId = new Map(people.map((person) => [person.id, person]))
  const byName = new Map(people.map((person) => [person.username.toLowerCase(), person]))
  const byCode = new Map([...departments.values()].map((one) => [one.code, one]))
  const active = people.filter((person) => person.active)
  return {
    person: (id) => byId.get(id),
    byUsername: (username) => byName.get(username.toLowerCase()),
    everybody: () => people,
    withRole: (app, role) => active.filter((person) => person.grants.some((grant) => grant.app === app && grant.role === role)).map((person) => person.id),
    inDepartment(code) {
      const department = byCode.get(code)
      if (!department) return []
      const ids = new Set(below(department.id))
      return active.filter((person) => person.department !== null && ids.has(person.department)).map((person) => person.id)
    },
    departmentByCode: (code) => byCode.get(code),
    superiorOf: (id) => superiorOf(id, byId, departments),
    departments: () => [...departments.values()],
    department: (id) => departments.get(id),
  }
}

const list = (text: string): readonly string[] => JSON.parse(text) as readonly string[]

function personOf(row: PersonRow, grants: readonly Tables['role_grants'][], departmentsOf: (id: Id) => readonly Id[]): Person {
  return {
    id: row.id, username: row.username, name: row.name, department: row.department_id, superior: row.superior_id, departments: departmentsOf(row.id), roles: [],
    locale: row.locale, zone: row.zone, email: row.email, phone: row.phone, active: row.active === 1, away: row.away === 1, skills: list(row.skills),
    regions: list(row.regions), capacity: row.capacity, grants: grants.map(({ app, role }) => ({ app, role })), admin: row.admin === 1, shift: row.shift,
  }
}

/** The superior who can be reached: their own, else the manager of their department, else of the ones above it. */
function superiorOf(id: Id, people: ReadonlyMap<Id, Person>, departments: ReadonlyMap<Id, Department>): Id | null {
  const person = people.get(id)
  if (!person) return null
  const reachable = (candidate: Id | null | undefined): candidate is Id => candidate != null && candidate !== id && people.get(candidate)?.active === true && !people.get(candidate)?.away
  if (reachable(person.superior)) return person.superior
  const seen = new Set<Id>()
  for (let at = person.department; at !== null && !seen.has(at); at = departments.get(at)?.parent ?? null) {
    seen.add(at)
    const manager = departments.get(at)?.manager
    if (reachable(manager)) return manager
  }
  // Better somebody who is away than nobody.
  return person.superior !== null && person.superior !== id && people.get(person.superior)?.active ? person.superior : null
}
