import type { Person } from '@tenon/engine'
import type { PersonView } from '@tenon/runtime/contract'
import type { Doors } from '../../doors.ts'

export type PeopleParameters = {
  readonly q?: string
  readonly role?: string
  readonly ids?: string
  readonly size?: number
}

/** Active people for a picker, by name; with `ids` exactly those, left ones included, so that old records keep names. */
export function people(doors: Doors, { q, role, ids, size = 50 }: PeopleParameters): PersonView[] {
  const directory = doors.directory()
  const view = (person: Person): PersonView => ({
    id: person.id,
    username: person.username,
    name: person.name,
    department: person.department,
    departmentName: person.department === null ? null : doors.departmentName(person.department),
    away: person.away,
  })
  if (ids !== undefined)
    return ids
      .split(',')
      .slice(0, 200)
      .flatMap((id) => directory.person(id) ?? [])
      .map(view)
  const wanted = q?.normalize('NFKC').trim().toLowerCase() ?? ''
  const found = directory
    .everybody()
    .filter((person) => person.active && hasRole(person, role) && matches(person, wanted))
  return found
    .sort((a, b) => (a.username < b.username ? -1 : 1))
    .slice(0, size)
    .map(view)
}

const matches = (person: Person, wanted: string) =>
  wanted === '' || person.name.toLowerCase().includes(wanted) || person.username.toLowerCase().includes(wanted)
const hasRole = (person: Person, role: string | undefined) =>
  role === undefined || person.grants.some((grant) => `${grant.app}/${grant.role}` === role)
