import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AppModel, Directory } from '@tenon/engine'
import { principalOf, type UserPrincipal } from './identity.ts'
import { newSecret } from './secrets.ts'

const fileName = 'operator-key'

/**
 * The key of whoever holds the data folder: the command line of this machine shows it instead of signing in. Made at
 * the first start, readable by the owner only; it is no row, so a stolen database does not contain it.
 */
export function operatorKey(dataFolder: string): string {
  const path = join(dataFolder, fileName)
  if (!existsSync(path)) {
    mkdirSync(dataFolder, { recursive: true })
    writeFileSync(path, newSecret(), { mode: 0o600 })
  }
  chmodSync(path, 0o600)
  return readFileSync(path, 'utf8').trim()
}

/**
 * Whom the operator acts as: a named person with exactly that person's rights, or else the first administrator with
 * every role of every app, because who holds the data folder holds the data. Entries of the audit name that person.
 */
export function operatorPrincipal(directory: Directory, apps: readonly AppModel[], as: string | undefined): UserPrincipal | undefined {
  if (as !== undefined) {
    const person = directory.byUsername(as)
    return person && principalOf(directory, person.id)
  }
  const admins = directory.everybody().filter((person) => person.active && person.admin)
  const first = admins.sort((a, b) => (a.id < b.id ? -1 : 1))[0]
  const principal = first && principalOf(directory, first.id)
  return principal && { ...principal, grants: apps.flatMap((app) => app.definition.roles.map((role) => ({ app: app.id, role: role.id }))) }
}
