import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits as text: session ids and API tokens. Only the hash is stored. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** A secret that the same key gives for the same name again, so that it can be said twice without being kept. */
export const derivedSecret = (key: string, name: string): string =>
  createHmac('sha256', key).update(name).digest('base64url')

export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Bound to the session and not stored: whoever reads the table cannot make one, nor can a page of another site. */
export const csrfTokenOf = (sessionSecret: string): string =>
  createHmac('sha256', sessionSecret).update('csrf').digest('base64url')

export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
