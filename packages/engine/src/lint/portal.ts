import { isForContacts, isTrackable } from '../access/contacts.ts'
import { publicFields } from '../access/strangers.ts'
import type { TrackedRecords, Tracking } from '../definitions/app.ts'
import { pointer } from '../kernel/pointer.ts'
import { type Problem, problem, warning } from '../kernel/problem.ts'
import type { AppModel } from '../model.ts'
import type { Check } from './context.ts'

/** Contacts are found by a link, and see only what may be shown to them and what their role may read. */
export const portalTracks: Check = ({ app }) => {
  const tracking = app.definition.portal?.tracking
  if (!tracking) return []
  const contacts = app.forms.get(tracking.contacts)
  const elsewhere = contacts ? [] : [problem('portal.contactsElsewhere', `${at}/tracking/contacts`)]
  return [...elsewhere, ...tracking.records.flatMap((records, index) => tracked(app, tracking, records, index))]
}

function tracked(app: AppModel, tracking: Tracking, records: TrackedRecords, index: number): readonly Problem[] {
  const place = `${at}${pointer('tracking', 'records', index)}`
  const form = app.forms.get(records.form)
  if (!form) return [problem('portal.contactsElsewhere', `${place}/form`)]
  const label = form.definition.label
  const link = form.fields.get(records.contact)
  const unlinked =
    link && !isTrackable(app, tracking, records) ? [problem('portal.noContact', `${place}/contact`, { label })] : []
  const unshown = records.fields.flatMap((id, nth) => {
    const field = form.fields.get(id)
    const details = { field: id, label: field?.definition?.label ?? id }
    return field && !isForContacts(field) ? [problem('portal.fieldNotShown', `${place}/fields/${nth}`, details)] : []
  })
  const isRead = (form.definition.access ?? []).some(({ role, can }) => role === tracking.role && can.includes('read'))
  return [...unlinked, ...unshown, ...(isRead ? [] : [warning('portal.roleReadsNothing', `${place}/form`, { label })])]
}

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
