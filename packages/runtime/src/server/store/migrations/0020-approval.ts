import { type Migration, words } from './types.ts'

/** Delegation, added signers and drafts of tasks; deputies and periods of people out of office. */
export const approval: Migration = {
  id: 20,
  name: 'approval',
  statements: (kind) => {
    const { int, text } = words(kind)
    return [
      `ALTER TABLE tasks ADD COLUMN owner ${text}`,
      `ALTER TABLE tasks ADD COLUMN advice ${text}`,
      `ALTER TABLE tasks ADD COLUMN via ${text}`,
      `ALTER TABLE tasks ADD COLUMN draft ${text}`,
      'CREATE INDEX tasks_instance ON tasks (instance)',
      `ALTER TABLE users ADD COLUMN deputy_id ${text}`,
      `ALTER TABLE users ADD COLUMN away_from ${int}`,
      `ALTER TABLE users ADD COLUMN away_until ${int}`,
    ]
  },
}
