import { publicFields } from '../access/strangers.ts'
import { pointer } from '../kernel/pointer.ts'
import { type Problem, warning } from '../kernel/problem.ts'
import type { Check } from './context.ts'

const at = '/app.json/portal'

/** A portal that is open offers something, and everything it names can be seen there. */
export const portalOffers: Check = ({ app, lookup }) => {
  const { portal } = app.definition
  if (!portal || portal.closed) return []
  const open = portal.forms.filter((id) => isPublic(id))
  return [...portal.forms.flatMap(unseen), ...(open.length === 0 ? [warning('portal.empty', `${at}/forms`)] : [])]

  function isPublic(id: string): boolean {
    const form = app.forms.get(id)
    return form !== undefined && publicFields(form).length > 0
  }

  /** What is not there at all is said where references are. */
  function unseen(id: string, index: number): readonly Problem[] {
    const form = lookup(id)
    if (!form || isPublic(id)) return []
    const details = { form: id, label: form.definition.label }
    return [warning('portal.formClosed', `${at}${pointer('forms', index)}`, details)]
  }
}
