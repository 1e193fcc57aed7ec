import type { Id, Principal } from '@tenon/engine'
import { hashPassword } from '../auth/passwords.ts'
import { demoPassword } from '../auth/session-doors.ts'
import type { Unit } from '../commands/execute.ts'
import type { ImportPorts } from '../import/index.ts'
import { addPerson, changePerson } from '../people/change-person.ts'
import { saveDepartment } from '../people/save-department.ts'
import { orThrow } from './or-throw.ts'

type Row = { readonly [column: string]: string }
const words = (text: string | undefined): string[] => (text ?? '').split(' ').filter((word) => word !== '')

/** `print:4 order`: a skill with its level, or without. */
const levels = (text: string | undefined): Record<string, number> =>
  Object.fromEntries(
    words(text).flatMap((one) => {
      const [skill = '', level] = one.split(':')
      return level === undefined ? [] : [[skill, Number(level)]]
    }),
  )

/** The organisation of the sample: departments, people with their roles, then who leads whom. */
export async function installPeople(
  ports: ImportPorts,
  by: Principal,
  app: string,
  departments: readonly Row[],
  people: readonly Row[],
): Promise<void> {
  const passwordHash = await hashPassword(demoPassword)
  const perform = async (work: (unit: Unit) => ReturnType<typeof saveDepartment>): Promise<Id> => {
    const id = orThrow(await ports.executor.perform(by, work))
    await ports.memory.fresh()
    return id
  }
  const departmentIds = new Map<string, Id>()
  for (const row of departments) {
    const parent = departmentIds.get(row.parent ?? '') ?? null
    departmentIds.set(
      row.code ?? '',
      await perform((unit) => saveDepartment(unit, { code: row.code ?? '', name: row.name ?? '', parent })),
    )
  }
  const personIds = new Map<string, Id>()
  for (const row of people) {
    const department = departmentIds.get(row.department ?? '') ?? null
    personIds.set(
      row.username ?? '',
      await perform((unit) =>
        addPerson(unit, {
          username: row.username ?? '',
          name: row.name ?? '',
          email: row.email ?? null,
          phone: row.phone ?? null,
          department,
          passwordHash,
          admin: row.is_admin === 'true',
          skills: words(row.skills).map((one) => one.split(':')[0] ?? one),
          skillLevels: levels(row.skills),
          certifications: words(row.certifications).map((one) => {
            const [name = one, until = null] = one.split(':')
            return { name, until }
          }),
          languages: words(row.languages),
          regions: words(row.regions),
          capacity: Number(row.capacity),
          grants: words(row.roles).map((role) => ({ app, role })),
        }),
      ),
    )
  }
  for (const row of people) {
    const superior = personIds.get(row.superior ?? '')
    if (superior) await perform((unit) => changePerson(unit, personIds.get(row.username ?? '') ?? '', { superior }))
  }
  for (const row of departments) {
    const manager = personIds.get(row.manager ?? '') ?? null
    const parent = departmentIds.get(row.parent ?? '') ?? null
    await perform((unit) =>
      saveDepartment(
        unit,
        { code: row.code ?? '', name: row.name ?? '', parent, manager },
        departmentIds.get(row.code ?? ''),
      ),
    )
  }
}
