import { type Migration, words } from './types.ts'

/** Which people and departments came with the demo data of which app, and what they are called there. */
export const demoPeople: Migration = {
  id: 95,
  name: 'demo people',
  statements: (kind) => {
    const { text } = words(kind)
    return ['users', 'departments'].flatMap((table) => [
      `ALTER TABLE ${table} ADD COLUMN demo_of ${text}`,
      `ALTER TABLE ${table} ADD COLUMN demo_as ${text}`,
    ])
  },
}
