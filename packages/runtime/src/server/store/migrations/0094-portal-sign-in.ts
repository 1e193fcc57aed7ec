import { type Migration, words } from './types.ts'

/** Codes that contacts sign in with on a portal, and their sessions there. Neither a code nor a secret is kept, only hashes. */
export const portalSignIn: Migration = {
  id: 94,
  name: 'portal sign-in',
  statements: (kind) => {
    const { int, text, keyed } = words(kind)
    return [
      `CREATE TABLE portal_codes (id ${text} NOT NULL PRIMARY KEY, app ${text} NOT NULL, mail ${text} NOT NULL,
        locale ${text} NOT NULL, code_hash ${text}, attempts ${int} NOT NULL, expires_at ${int} NOT NULL,
        used_at ${int}) ${keyed}`,
      `CREATE TABLE portal_sessions (id ${text} NOT NULL PRIMARY KEY, app ${text} NOT NULL, mail ${text} NOT NULL,
        expires_at ${int} NOT NULL) ${keyed}`,
    ]
  },
}
