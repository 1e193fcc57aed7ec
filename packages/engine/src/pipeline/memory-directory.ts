import { groupBy } from '../kernel/group.ts'
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { deputyOf, isAway } from './out-of-office.ts'
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

/**
 * The superior who can be reached: her own, else who stands in for him, else the manager of her department, else of the
 * ones above it, else the superior's superior and so on. Better somebody who is away than nobody.
 */
function superiorOf(
  id: Id,
  at: Instant,
  people: ReadonlyMap<Id, Person>,
  departments: ReadonlyMap<Id, Department>,
): Id | null {
  const person = people.get(id)
  if (!person) return null
  const [own, ...higher] = upwards(person.superior, (one) => people.get(one)?.superior)
  const deputy = own === undefined ? undefined : deputyOf({ person: (one) => people.get(one) }, own, at)
  const managers = upwards(person.department, (unit) => departments.get(unit)?.parent).map(
    (unit) => departments.get(unit)?.manager,
  )
  const active = [own, deputy?.id, ...managers, ...higher].flatMap((one) => {
    const found = one === undefined || one === null || one === id ? undefined : people.get(one)
    return found?.active ? [found] : []
  })
  const reached = active.find((one) => !isAway(one, at))
  return reached?.id ?? active.find((one) => one.id === own)?.id ?? null
}

/** From a first one step by step up; a circle is walked once. */
function upwards(first: Id | null, above: (id: Id) => Id | null | undefined): readonly Id[] {
  const seen = new Set<Id>()
  for (let at: Id | null | undefined = first; at && !seen.has(at); at = above(at)) seen.add(at)
  return [...seen]
}
