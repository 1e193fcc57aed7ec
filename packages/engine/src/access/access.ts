import type { AppDefinition, Role } from '../definitions/app.ts'
import { type AccessEntry, type RecordRight, recordRights } from '../definitions/form.ts'
import type { Facts } from '../facts.ts'
import type { FormLookup, FormModel } from '../model.ts'
import type { Principal } from '../pipeline/commands.ts'
import { entriesFor, fieldWord, rolesIn, speaksAbout, userFactsIn } from './entries.ts'
import { isOpenTo, publicFields } from './strangers.ts'

/** Rights a principal has in at least some rows of a form: which buttons and pages to offer. Not a permission yet. */
export type RecordAccess = ReadonlySet<RecordRight>

export function rightsOn(form: FormModel, principal: Principal): RecordAccess {
  if (principal.kind === 'system') return new Set(recordRights)
  if (principal.kind === 'stranger') return isOpenTo(form, principal) ? new Set(['create']) : new Set()
  if (principal.kind === 'anonymous' || principal.kind === 'contact') return new Set()
  return new Set(entriesFor(form, principal).flatMap((entry) => entry.can))
}

/** Rights that concern rows which are not there yet; every other right presupposes that the row may be read. */
const beforeThere: ReadonlySet<RecordRight> = new Set(['create', 'import'])

/**
 * Whether a principal may do something to the record that the facts describe (`facts.user` is taken from the
 * principal). Rights of several entries add up, per row. For `create` the record is the one about to be stored, system
 * fields included.
 */
export function mayDo(
  form: FormModel,
  principal: Principal,
  right: RecordRight,
  facts: Facts,
  lookup?: FormLookup,
): boolean {
  if (principal.kind === 'system') return true
  if (principal.kind === 'stranger') return right === 'create' && isOpenTo(form, principal)
  if (principal.kind === 'anonymous' || principal.kind === 'contact') return false
  const granted = rightsInRow(speaking(form, principal, facts, lookup))
  return granted.has(right) && (beforeThere.has(right) || granted.has('read'))
}

export type FieldRight = 'hidden' | 'read' | 'edit'

/**
 * What a principal may do with each field of one record: the union over the entries that speak about this very row.
 * A field hidden by every entry that grants reading is hidden; it may be edited where an entry that grants updating
 * neither hides it nor restricts it to reading. System fields may be read with any field and never edited. Whether a
 * field can be edited at all (a formula cannot) is the form's business.
 *
 * With `create` the entries that grant creating decide. While the record does not exist (`facts.record` absent: an
 * empty form is shown) their row conditions are not asked; they are when it is submitted.
 */
export function fieldRights(
  form: FormModel,
  principal: Principal,
  facts: Facts,
  lookup?: FormLookup,
  purpose: 'update' | 'create' = 'update',
): ReadonlyMap<string, FieldRight> {
  if (principal.kind === 'stranger') return strangersRights(form, principal, purpose)
  const entries = principal.kind === 'user' ? rowsEntries(form, principal, facts, lookup, purpose) : []
  const seeing = entries.filter((entry) => entry.can.includes(purpose === 'create' ? 'create' : 'read'))
  const changing = entries.filter((entry) => entry.can.includes(purpose))
  const isSystem = principal.kind === 'system'
  const isSeen = isSystem || seeing.length > 0
  const right = (id: string): FieldRight => {
    if (isSystem) return 'edit'
    if (!seeing.some((entry) => fieldWord(entry, id) !== 'hidden')) return 'hidden'
    return changing.some((entry) => (fieldWord(entry, id) ?? 'edit') === 'edit') ? 'edit' : 'read'
  }
  const all = [...form.fields.values()]
  return new Map(all.map((field) => [field.id, field.system ? (isSeen ? 'read' : 'hidden') : right(field.id)]))
}

/** What is on the public form is filled in; everything else is not there, the system's own fields neither. */
function strangersRights(
  form: FormModel,
  principal: Principal,
  purpose: 'update' | 'create',
): ReadonlyMap<string, FieldRight> {
  const open = new Set(purpose === 'create' && isOpenTo(form, principal) ? publicFields(form) : [])
  return new Map([...form.fields.keys()].map((id) => [id, open.has(id) ? 'edit' : 'hidden']))
}

type UserPrincipal = Extract<Principal, { kind: 'user' }>

function rowsEntries(
  form: FormModel,
  principal: UserPrincipal,
  facts: Facts,
  lookup: FormLookup | undefined,
  purpose: string,
) {
  const isEmptyForm = purpose === 'create' && facts.record === undefined
  return isEmptyForm ? entriesFor(form, principal) : speaking(form, principal, facts, lookup)
}

/** The entries that speak about this principal and this row. */
function speaking(
  form: FormModel,
  principal: UserPrincipal,
  facts: Facts,
  lookup?: FormLookup,
): readonly AccessEntry[] {
  const own: Facts = { ...facts, user: userFactsIn(form, principal) }
  return entriesFor(form, principal).filter((entry) => speaksAbout(entry, form, own, lookup))
}

const rightsInRow = (entries: readonly AccessEntry[]): ReadonlySet<RecordRight> =>
  new Set(entries.flatMap((entry) => entry.can))

/** Whether a person works with an app at all: has any role in it. Administering the installation is no role. */
export const mayUseApp = (app: string, principal: Principal): boolean =>
  principal.kind === 'system' || rolesIn(app, principal).length > 0

export type AppRight = 'design' | 'manage'

/** design: change definitions; manage: give the app's roles to people. Administrators of the installation have both. */
export function appRights(app: AppDefinition, principal: Principal): ReadonlySet<AppRight> {
  if (principal.kind !== 'user' && principal.kind !== 'system') return new Set()
  if (principal.kind === 'system' || principal.admin) return new Set(['design', 'manage'])
  const roles = rolesIn(app.id, principal)
  return new Set(app.roles.filter((role) => roles.includes(role.id)).flatMap((role) => role.can ?? []))
}

/** Whether a principal may give this role to people (or take it): nobody hands out an app right that he does not have. */
export function mayGrant(app: AppDefinition, principal: Principal, role: Role): boolean {
  const rights = appRights(app, principal)
  return rights.has('manage') && (role.can ?? []).every((right) => rights.has(right))
}
