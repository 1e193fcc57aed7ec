import { fieldRights, mayDo } from '../access/access.ts'
import type { RecordRight } from '../definitions/form.ts'
import type { FormModel } from '../model.ts'
import type { Principal } from './commands.ts'
import { factsOf, lookupFrom } from './facts-of.ts'
import type { RecordRow } from './rows.ts'
import type { Work } from './work.ts'

export type FieldRight = 'hidden' | 'read' | 'edit'

/** Whether the one who acts may do this to this record, as it stands now. */
export async function may(work: Work, row: RecordRow, right: RecordRight): Promise<boolean> {
  const form = work.world.app(row.app)?.forms.get(row.form)
  if (!form) return false
  return mayDo(form, work.command.principal, right, await factsOf(work, row), lookupFrom(work, row.app))
}

/** Whether the one who acts may see the record at all. */
export const isVisible = (work: Work, row: RecordRow): Promise<boolean> => may(work, row, 'read')

export async function rightsOn(
  work: Work,
  form: FormModel,
  row: RecordRow,
  principal: Principal,
): Promise<ReadonlyMap<string, FieldRight>> {
  return fieldRights(form, principal, await factsOf(work, row), lookupFrom(work, row.app))
}
