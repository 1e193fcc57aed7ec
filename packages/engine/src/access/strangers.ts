import { behaviourOf } from '../fields/field.ts'
import type { FieldModel, FormModel } from '../model.ts'
import type { Principal, Stranger } from '../pipeline/commands.ts'

/**
 * Why people without an account may not fill in a field: choosing shows them records or people, `unique` tells them
 * which values are there already, and what the system gives nobody enters.
 */
export type NotForStrangers = 'picker' | 'unique' | 'notEntered'

/** Why a field may not stand on a public form; undefined: it may. */
export function notForStrangers(field: FieldModel): NotForStrangers | undefined {
  const { definition, target } = field
  if (definition === undefined || !behaviourOf(definition).traits.entered) return 'notEntered'
  if (target !== undefined && target.kind !== 'file') return 'picker'
  if ('unique' in definition && definition.unique === true) return 'unique'
  const columns = [...(field.rows?.fields.values() ?? [])].filter(
    (column) => column.definition !== undefined && behaviourOf(column.definition).traits.entered,
  )
  return columns.some((column) => notForStrangers(column) === 'picker') ? 'picker' : undefined
}

/** Fields that strangers fill in, in the author's order; none: the form is not open to them, or closed again. */
export function publicFields(form: FormModel): readonly string[] {
  const { publicForm } = form.definition
  if (!publicForm || publicForm.closed) return []
  return publicForm.fields.filter((id) => {
    const field = form.fields.get(id)
    return field !== undefined && notForStrangers(field) === undefined
  })
}

/** Whether this very form is the one that somebody fills in without an account, and is open for it. */
export const isOpenTo = (form: FormModel, principal: Principal): principal is Stranger =>
  principal.kind === 'stranger' &&
  principal.app === form.app &&
  principal.form === form.id &&
  publicFields(form).length > 0
