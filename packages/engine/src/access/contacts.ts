import type { TrackedRecords, Tracking } from '../definitions/app.ts'
import type { Condition } from '../definitions/condition.ts'
import { compileFormula } from '../formulas/compile.ts'
import type { Id } from '../kernel/ids.ts'
import type { AppModel, FieldModel, FormModel } from '../model.ts'
import type { Contact } from '../pipeline/commands.ts'

/** Whether a field may be shown on the portal: its values name nobody and nothing else, and are kept with the record. */
export const isForContacts = ({ definition, target, rows, stored, shows }: FieldModel): boolean =>
  definition !== undefined && target === undefined && rows === undefined && shows === undefined && stored

/** How contacts sign in, where the portal is open and they may; undefined: nobody does. */
export function trackingOf({ definition }: AppModel): Tracking | undefined {
  const { portal, roles } = definition
  const tracking = portal?.closed ? undefined : portal?.tracking
  return tracking && roles.some(({ id }) => id === tracking.role) ? tracking : undefined
}

/** Whether the records are told apart by a link to one contact of the portal. */
export function isTrackable(app: AppModel, { contacts }: Tracking, { form, contact }: TrackedRecords): boolean {
  const field = app.forms.get(form)?.fields.get(contact)
  const { target, value, stored = false, shows } = field ?? {}
  const isLink = target?.kind === 'record' && target.app === app.id && target.form === contacts
  return isLink && stored && shows === undefined && value?.element === undefined
}

/** Who has proved to be these contacts; undefined: the portal lets nobody in. */
export function contactOf(app: AppModel, contacts: readonly Id[]): Contact | undefined {
  const tracking = trackingOf(app)
  if (!tracking || contacts.length === 0) return undefined
  const records = tracking.records.filter((one) => isTrackable(app, tracking, one))
  return { kind: 'contact', app: app.id, role: tracking.role, contacts, records }
}

/** Of a form's records those that are his, and which fields of them; undefined: none at all. */
export function ownRecords(
  form: FormModel,
  { app, contacts, records }: Contact,
): { readonly rows: Condition; readonly shows: (field: string) => boolean } | undefined {
  const tracked = form.app === app ? records.find((one) => one.form === form.id) : undefined
  if (!tracked || contacts.length === 0) return undefined
  const named = new Set(
    tracked.fields.filter((id) => {
      const field = form.fields.get(id)
      return field !== undefined && isForContacts(field)
    }),
  )
  const ofRecord = new Set(['id', 'created_at', 'updated_at', ...(isTitleOf(form, named) ? ['title'] : [])])
  return {
    rows: { fact: 'record', path: `$.${tracked.contact}`, operator: 'in', value: [...contacts] },
    shows: (id) => (form.fields.get(id)?.system ? ofRecord.has(id) : named.has(id)),
  }
}

/** Whether the title says nothing but what these fields say. */
function isTitleOf(form: FormModel, fields: ReadonlySet<string>): boolean {
  const formula = compileFormula(form.definition.title.formula, { form })
  return (
    formula.ok &&
    formula.value.reads.every(({ fact, path }) => fact === 'record' && path.length === 1 && fields.has(path[0] ?? ''))
  )
}
