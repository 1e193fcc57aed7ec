import { mayDo } from '../access/access.ts'
import type { RecordRight } from '../definitions/form.ts'
import type { Id } from '../kernel/ids.ts'
import { factsOf, lookupFrom } from './facts-of.ts'
import type { RecordRow } from './rows.ts'
import type { Work } from './work.ts'
import type { Person } from './world.ts'

/** Whether the one who acts may do this to this record, as it stands now. */
export async function may(work: Work, row: RecordRow, right: RecordRight): Promise<boolean> {
  const form = work.world.app(row.app)?.forms.get(row.form)
  if (!form) return false
  return mayDo(form, work.command.principal, right, await factsOf(work, row), lookupFrom(work, row.app))
}

/** Whether the one who acts may see the record at all. */
export const isVisible = (work: Work, row: RecordRow): Promise<boolean> => may(work, row, 'read')

/** Whether somebody else may see the record: to be told of it, or to be handed its tasks. */
export async function maySee(work: Work, row: RecordRow, person: Person): Promise<boolean> {
  const form = work.world.app(row.app)?.forms.get(row.form)
  if (!form) return false
  const principal = { kind: 'user', user: person, admin: person.admin, grants: person.grants } as const
  return mayDo(form, principal, 'read', await factsOf(work, row), lookupFrom(work, row.app))
}

/** Those among the people who may see the record: nobody learns of one by being told. */
export async function thoseWhoSee(work: Work, row: RecordRow, ids: readonly Id[]): Promise<readonly Id[]> {
  const seeing: Id[] = []
  for (const id of ids) {
    const person = work.world.directory.person(id)
    if (person && (await maySee(work, row, person))) seeing.push(id)
  }
  return seeing
}
