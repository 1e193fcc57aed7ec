import type { Id } from '../kernel/ids.ts'
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
  const byUsername = new Map(people.map((person) => [person.username, person]))
  const departmentById = new Map(departments.map((department) => [department.id, department]))
  const byCode = new Map(departments.map((department) => [department.code, department]))
  const active = people.filter((person) => person.active)
  const isActive = (id: Id | null): id is Id => id !== null && byId.get(id)?.active === true
  return {
    person: (id) => byId.get(id),
    byUsername: (username) => byUsername.get(username),
    everybody: () => people,
    withRole: (app, role) =>
      active
        .filter((person) => person.grants.some((grant) => grant.app === app && grant.role === role))
        .map(({ id }) => id),
    inDepartment: (code) => {
      const id = byCode.get(code)?.id ?? code
      return active.filter((person) => person.departments.includes(id)).map((person) => person.id)
    },
    departmentByCode: (code) => byCode.get(code),
    superiorOf: (id) => superiorOf(id),
  }

  /** The superior, else the manager of the department, else of the ones above; never the person, never somebody inactive. */
  function superiorOf(id: Id): Id | null {
    const person = byId.get(id)
    if (!person) return null
    if (isActive(person.superior) && person.superior !== id && byId.get(person.superior)?.away !== true)
      return person.superior
    const seen = new Set<Id>()
    for (
      let at = departmentById.get(person.department ?? '');
      at && !seen.has(at.id);
      at = departmentById.get(at.parent ?? '')
    ) {
      seen.add(at.id)
      if (isActive(at.manager) && at.manager !== id) return at.manager
    }
    return isActive(person.superior) && person.superior !== id ? person.superior : null
  }
}
