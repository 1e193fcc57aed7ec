import type { ReferenceKind } from './schema.ts'

/**
 * Something that can be referred to. `in` is the form of a field, view, button or stage and, like the id of a form,
 * names its app (`crm/customer`); form and field of an option (`crm/customer/level`); the flow of a node
 * (`ticket_sop`); flow and node of an outcome (`ticket_sop/intake`); the policy of a clock; the table of a column.
 */
export type Target = {
  readonly kind: ReferenceKind | 'option' | 'secret' | 'variable'
  readonly id: string
  readonly in?: string
}

/** Kinds that belong to a form, and with it to an app. */
const ofForms: ReadonlySet<Target['kind']> = new Set(['action', 'field', 'option', 'stage', 'view'])

/** The app a target is in; undefined: it has no owner by name, so it is in the app that mentions it. */
export const appOfTarget = ({ kind, id, in: owner }: Target): string | undefined =>
  kind === 'form' ? id.split('/')[0] : ofForms.has(kind) ? owner?.split('/')[0] : undefined
