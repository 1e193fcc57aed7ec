import type { ReferenceKind } from './schema.ts'

/**
 * Something that can be referred to. `in` is the form of a field, view, button or stage and, like the id of a form,
 * names its app (`crm/customer`); form and field of an option (`crm/customer/level`); the flow of a node
 * (`ticket_sop`); flow and node of an outcome (`ticket_sop/intake`); the policy of a clock; the table of a column.
 */
export type Target = { readonly kind: ReferenceKind | 'option'; readonly id: string; readonly in?: string }
