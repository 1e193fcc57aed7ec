import { type Migration, words } from './types.ts'

/** Where each assignment strategy stands in its round. */
export const assignmentTurns: Migration = {
  id: 50,
  name: 'assignment turns',
  statements: (kind) => {
    const { text, keyed } = words(kind)
    return [
      `CREATE TABLE assignment_turns (app ${text} NOT NULL, strategy ${text} NOT NULL, last ${text} NOT NULL, PRIMARY KEY (app, strategy)) ${keyed}`,
    ]
  },
}
