import { hash, verify } from '@node-rs/argon2'

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
// 2 is Argon2id; the library's enum cannot be imported into single-file modules.
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), cost)

let decoy: Promise<string> | undefined

/**
 * Whether the password is the one that was hashed. Without a hash (no such person) it takes as long and says no, so
 * that the time of an answer does not tell which names exist.
 */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password')
  const matches = await verify(stored ?? (await decoy), password.normalize('NFKC')).catch(() => false)
  return matches && stored !== null
}

const common = new Set([
  'password',
  'passw0rd',
  'qwertyuiop',
  '1234567890',
  '0123456789',
  '12345678910',
  'administrator',
  'iloveyou',
  'woaini1314',
])

/** Long enough, and not one of the few that everybody tries first, nor one character over and over. */
export function isGuessable(password: string, username: string): boolean {
  const plain = password.toLowerCase()
  return plain.length < 10 || common.has(plain) || plain.includes(username.toLowerCase()) || new Set(plain).size < 4
}
