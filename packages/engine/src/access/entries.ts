import { predicateOf } from '../conditions/predicate-of.ts'
import type { AccessEntry } from '../definitions/form.ts'
import type { Facts, UserFacts } from '../facts.ts'
import type { FormLookup, FormModel } from '../model.ts'
import type { Principal } from '../pipeline/commands.ts'

type UserPrincipal = Extract<Principal, { kind: 'user' }>

/** Ids of the roles a person was given in an app. */
export const rolesIn = (app: string, principal: Principal): readonly string[] =>
  principal.kind === 'user' ? principal.grants.filter((grant) => grant.app === app).map((grant) => grant.role) : []

/** The access entries of a form that speak about a person: by role, or by `*` for whoever has any role in the app. */
export function entriesFor(form: FormModel, principal: UserPrincipal): readonly AccessEntry[] {
  const roles = rolesIn(form.app, principal)
  if (roles.length === 0) return []
  return (form.definition.access ?? []).filter((entry) => entry.role === '*' || roles.includes(entry.role))
}

/** The person as row conditions of this form see him: with the roles of the form's own app, whichever app asked. */
export const userFactsIn = (form: FormModel, principal: UserPrincipal): UserFacts => ({
  ...principal.user,
  roles: rolesIn(form.app, principal),
})

/** Whether an entry speaks about the row that the facts describe. An entry without `rows` speaks about every row. */
export function speaksAbout(entry: AccessEntry, form: FormModel, facts: Facts, lookup?: FormLookup): boolean {
  return entry.rows === undefined || predicateOf(entry.rows, form, lookup)(facts)
}

/** What an entry says about a field; absent: nothing, so the entry's own rights count. Reads own properties only. */
export const fieldWord = (entry: AccessEntry, field: string): 'hidden' | 'read' | 'edit' | undefined =>
  entry.fields !== undefined && Object.hasOwn(entry.fields, field) ? entry.fields[field] : undefined
