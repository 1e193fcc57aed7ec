import type { Directory, Id, Person, Principal } from '@tenon/engine'

/**
 * Who a request comes from and how they proved it. Sealed and without null: whatever goes wrong on the way leaves
 * `anonymous`, for whom nothing is allowed but what is for anyone.
 */
export type Identity =
  | { readonly via: 'nothing'; readonly principal: { readonly kind: 'anonymous' } }
  | {
      readonly via: 'session'
      readonly principal: UserPrincipal
      readonly sessionHash: string
      readonly csrfToken: string
    }
  | { readonly via: 'token'; readonly principal: UserPrincipal; readonly tokenId: Id }
  | { readonly via: 'operator'; readonly principal: Caller }
export type UserPrincipal = Extract<Principal, { kind: 'user' }>
/** A person, or the operator of this machine, who acts as the system unless a person is named. */
export type Caller = UserPrincipal | Extract<Principal, { kind: 'system' }>

export const nobody: Identity = { via: 'nothing', principal: { kind: 'anonymous' } }

const principals = new WeakMap<Directory, Map<Id, UserPrincipal>>()

/**
 * The person as principal, by the organisation as it is now; undefined when they are gone or switched off. An
 * organisation is read anew when anything in it changes, so the same principal is the same object until then.
 */
export function principalOf(directory: Directory, user: Id): UserPrincipal | undefined {
  const person = directory.person(user)
  if (!person?.active) return undefined
  const ofDirectory = principals.get(directory) ?? new Map<Id, UserPrincipal>()
  principals.set(directory, ofDirectory)
  const known = ofDirectory.get(user) ?? principalFor(person)
  ofDirectory.set(user, known)
  return known
}

function principalFor(person: Person): UserPrincipal {
  const { id, username, name, department, superior, departments, roles, locale, zone } = person
  return {
    kind: 'user',
    user: { id, username, name, department, superior, departments, roles, locale, zone },
    admin: person.admin,
    grants: person.grants,
  }
}
