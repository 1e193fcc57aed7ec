import type { Person } from '@tenon/engine'
import type { UserView } from '@tenon/runtime/contract'

/** A person as administrators see them. */
export const userView = (person: Person): UserView => ({
  id: person.id,
  username: person.username,
  name: person.name,
  email: person.email,
  phone: person.phone,
  department: person.department,
  superior: person.superior,
  locale: person.locale,
  zone: person.zone,
  active: person.active,
  away: person.away,
  admin: person.admin,
  skills: [...person.skills],
  skillLevels: { ...person.skillLevels },
  certifications: person.certifications.map(({ name, until }) => ({ name, until })),
  languages: [...person.languages],
  regions: [...person.regions],
  capacity: person.capacity,
  shift: person.shift,
  grants: person.grants.map(({ app, role }) => ({ app, role })),
  ...(person.demoOf ? { demoOf: person.demoOf } : {}),
})
