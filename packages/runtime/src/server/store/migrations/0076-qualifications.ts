import { type Migration, words } from './types.ts'

/** How well people have their skills, their certificates and languages: what assignment filters by. */
export const qualifications: Migration = {
  id: 76,
  name: 'qualifications',
  statements: (kind) => {
    const { text } = words(kind)
    return [
      `ALTER TABLE users ADD COLUMN skill_levels ${text} NOT NULL DEFAULT '{}'`,
      `ALTER TABLE users ADD COLUMN certifications ${text} NOT NULL DEFAULT '[]'`,
      `ALTER TABLE users ADD COLUMN languages ${text} NOT NULL DEFAULT '[]'`,
    ]
  },
}
