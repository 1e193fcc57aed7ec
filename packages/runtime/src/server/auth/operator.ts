import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Directory } from '@tenon/engine'
import { TenonError } from '../tenon-error.ts'
import { type Caller, principalOf } from './identity.ts'
import { newSecret } from './secrets.ts'

const fileName = 'operator-key'

/**
 * The key of whoever holds the data folder: the command line of this machine shows it instead of signing in. Made at
 * the first start, readable by the owner only; it is no row, so a stolen database does not contain it.
 */
export function operatorKey(dataFolder: string): string {
  const path = join(dataFolder, fileName)
  if (!existsSync(path)) {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
    writeFileSync(path, newSecret(), { mode: 0o600 })
  }
  chmodSync(path, 0o600)
  return readFileSync(path, 'utf8').trim()
}

/**
 * Whom the operator acts as: a named person with exactly that person's rights, or else the system, because who holds
 * the data folder holds the data. Throws for a name that nobody has.
 */
export function operatorPrincipal(directory: Directory, as: string | undefined): Caller {
  if (as === undefined) return { kind: 'system', reason: 'operator' }
  const person = directory.byUsername(as)
  const principal = person && principalOf(directory, person.id)
  if (!principal) throw new TenonError('user.notFound')
  return principal
}
