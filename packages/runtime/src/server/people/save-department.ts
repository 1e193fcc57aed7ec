import { fail, type Id, ok, pointer, problem, type Rejection, type Result } from '@tenon/engine'
import type { SaveDepartment } from '@tenon/runtime/contract'
import type { Unit } from '../commands/execute.ts'
import { bumpRevision } from '../store/revisions.ts'

/** Adds a department, or changes the one with this id. Refused: a code that is taken, a circle of parents. */
export async function saveDepartment(
  unit: Unit,
  { code, name, parent = null, manager = null }: SaveDepartment,
  id?: Id,
  newId = unit.newId(),
): Promise<Result<Id, Rejection>> {
  const { organisation } = unit.memory
  if (id !== undefined && !organisation.department(id)) return fail({ code: 'department.notFound' })
  const same = organisation.departmentByCode(code)
  const problems = [
    ...(same && same.id !== id ? [problem('organisation.codeTaken', '/code', { value: code })] : []),
    ...(parent !== null && !organisation.department(parent)
      ? [problem('document.danglingReference', pointer('parent'), { what: 'department', id: parent })]
      : []),
    ...(manager !== null && !organisation.person(manager)
      ? [problem('document.danglingReference', pointer('manager'), { what: 'user', id: manager })]
      : []),
    ...(id !== undefined && isBelow(unit, parent, id) ? [problem('department.circle', pointer('parent'))] : []),
  ]
  if (problems.length > 0) return fail({ code: 'department.invalid', problems })
  const values = { code, name, parent_id: parent, manager_id: manager, updated_at: unit.now }
  const key = id ?? newId
  if (id === undefined)
    await unit.tx
      .insertInto('departments')
      .values({ id: key, ...values, created_at: unit.now, version: 1 })
      .execute()
  else await unit.tx.updateTable('departments').set(values).where('id', '=', id).execute()
  await bumpRevision(unit.tx, 'directory')
  await unit.audit({ kind: 'department', id: key }, id === undefined ? 'department.created' : 'department.changed', {
    code,
    name,
    parent,
    manager,
  })
  return ok(key)
}

function isBelow(unit: Unit, from: Id | null, id: Id): boolean {
  for (
    let at = from, steps = 0;
    at !== null && steps < 1000;
    at = unit.memory.organisation.department(at)?.parent ?? null, steps += 1
  ) {
    if (at === id) return true
  }
  return false
}
