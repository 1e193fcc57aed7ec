import type { Choice } from '../../ui/environment.tsx'
import { client } from './client.ts'

/** People by name or department, for choosing one. */
export async function searchPeople(q: string, roles?: readonly string[]): Promise<readonly Choice[]> {
  const { items } = await client.people({
    ...(q ? { q } : {}),
    ...(roles?.length === 1 && roles[0] ? { role: roles[0] } : {}),
    size: 30,
  })
  return items.map(
    ({ id, name, username, departmentName }): Choice => ({
      id,
      ref: { kind: 'user', name, username },
      ...(departmentName ? { hint: departmentName } : {}),
    }),
  )
}
