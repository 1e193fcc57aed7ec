import { type Migration, words } from './types.ts'

/** What an installation sets the variables of its apps to. */
export const variables: Migration = {
  id: 81,
  name: 'variables',
  statements: (kind) => {
    const { int, text, keyed } = words(kind)
    return [
      `CREATE TABLE variables (app ${text} NOT NULL, name ${text} NOT NULL, value ${text} NOT NULL,
        updated_at ${int} NOT NULL, updated_by ${text}, PRIMARY KEY (app, name)) ${keyed}`,
    ]
  },
}
