import {
  type Department,
  type Directory,
  departmentsBelow,
  directoryOf,
  groupBy,
  type Id,
  type Person,
} from '@tenon/engine'
import type { Selectable } from 'kysely'
import type { Db } from './database.ts'
import type { Tables } from './tables.ts'

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
  'id',
  'username',
  'name',
  'email',
  'phone',
  'department_id',
  'superior_id',
  'locale',
  'zone',
  'active',
  'away',
  'deputy_id',
  'away_from',
  'away_until',
  'admin',
  'skills',
  'skill_levels',
  'certifications',
  'languages',
  'regions',
  'capacity',
  'shift',
  'demo_of',
] as const
type PersonRow = Pick<Selectable<Tables['users']>, (typeof personColumns)[number]>

function organisationOf(
  departmentRows: readonly Selectable<Tables['departments']>[],
  users: readonly PersonRow[],
  grants: readonly Tables['role_grants'][],
): Organisation {
  const departments = departmentRows.map(
    (row): Department => ({
      id: row.id,
      code: row.code,
      name: row.name,
      parent: row.parent_id,
      manager: row.manager_id,
    }),
  )
  const byId = new Map(departments.map((one) => [one.id, one]))
  const grantsOf = groupBy(grants, (grant) => grant.user_id)
  const led = groupBy(departments, (one) => one.manager)
  const below = departmentsBelow(departments)
  const people = users.map((row) =>
    personOf(row, grantsOf.get(row.id) ?? [], (id) => [
      ...new Set([
        ...(row.department_id ? below(row.department_id) : []),
        ...(led.get(id) ?? []).flatMap((one) => below(one.id)),
      ]),
    ]),
  )
  return { ...directoryOf(people, departments), departments: () => departments, department: (id) => byId.get(id) }
}

const list = (text: string): readonly string[] => JSON.parse(text) as readonly string[]

function personOf(
  row: PersonRow,
  grants: readonly Tables['role_grants'][],
  departmentsOf: (id: Id) => readonly Id[],
): Person {
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    department: row.department_id,
    superior: row.superior_id,
    departments: departmentsOf(row.id),
    roles: [],
    locale: row.locale,
    zone: row.zone,
    email: row.email,
    phone: row.phone,
    active: row.active === 1,
    away: row.away === 1,
    deputy: row.deputy_id,
    awayFrom: row.away_from,
    awayUntil: row.away_until,
    skills: list(row.skills),
    skillLevels: JSON.parse(row.skill_levels) as Person['skillLevels'],
    certifications: JSON.parse(row.certifications) as Person['certifications'],
    languages: list(row.languages),
    regions: list(row.regions),
    capacity: row.capacity,
    grants: grants.map(({ app, role }) => ({ app, role })),
    admin: row.admin === 1,
    shift: row.shift,
    demoOf: row.demo_of,
  }
}
