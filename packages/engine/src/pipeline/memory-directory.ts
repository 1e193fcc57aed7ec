import { groupBy } from '../kernel/group.ts'
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { isAway } from './out-of-office.ts'
import type { Directory, Person } from './world.ts'

export type Department = {
  readonly id: Id
  readonly code: string
  readonly name: string
  readonly manager: Id | null
  readonly parent: Id | null
}

/** A directory over lists in memory: the organisation as the server caches it, or as a scenario describes it. */
export function directoryOf(people: readonly Person[], departments: readonly Department[]): Directory {
  const byId = new Map(people.map((person) => [person.id, person]))
  const byUsername = new Map(people.map((person) => [person.username.toLowerCase(), person]))
  const departmentById = new Map(departments.map((department) => [department.id, department]))
  const byCode = new Map(departments.map((department) => [department.code, department]))
  const below = departmentsBelow(departments)
  const active = people.filter((person) => person.active)
  return {
    person: (id) => byId.get(id),
    byUsername: (username) => byUsername.get(username.toLowerCase()),
    everybody: () => people,
    withRole: (app, role) =>
      active
        .filter((person) => person.grants.some((grant) => grant.app === app && grant.role === role))
        .map(({ id }) => id),
    inDepartment(code) {
      const department = byCode.get(code)
      const ids = new Set(department ? below(department.id) : [])
      return active.filter(({ department: own }) => own !== null && ids.has(own)).map(({ id }) => id)
    },
    departmentByCode: (code) => byCode.get(code),
    superiorOf: (id, at) => superiorOf(id, at, byId, departmentById),
  }
}

/** A department and all below it, at any depth; a circle is walked once. */
export function departmentsBelow(departments: readonly Department[]): (id: Id) => readonly Id[] {
  const children = groupBy(departments, ({ parent }) => parent)
  const below = (id: Id, seen: Set<Id>): readonly Id[] => {
    if (seen.has(id)) return []
    seen.add(id)
    return [id, ...(children.get(id) ?? []).flatMap((child) => below(child.id, seen))]
  }
  return (id) => below(id, new Set())
}

/** The superior who can be reached: her own, else the manager of her department, else of the ones above it. */
function superiorOf(
  id: Id,
  at: Instant,
  people: ReadonlyMap<Id, Person>,
  departments: ReadonlyMap<Id, Department>,
): Id | null {
  const person = people.get(id)
  if (!person) return null
  const isActive = (one: Id | null | undefined): one is Id =>
    one !== null && one !== undefined && one !== id && people.get(one)?.active === true
  const isHere = (one: Person | undefined) => one !== undefined && !isAway(one, at)
  const isReachable = (one: Id | null | undefined): one is Id => isActive(one) && isHere(people.get(one))
  if (isReachable(person.superior)) return person.superior
  const seen = new Set<Id>()
  for (let unit = person.department; unit !== null && !seen.has(unit); unit = departments.get(unit)?.parent ?? null) {
    seen.add(unit)
    const manager = departments.get(unit)?.manager
    if (isReachable(manager)) return manager
  }
  // Better somebody who is away than nobody.
  return isActive(person.superior) ? person.superior : null
}
