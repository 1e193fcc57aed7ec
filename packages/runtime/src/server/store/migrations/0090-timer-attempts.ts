import { type Migration, words } from './types.ts'

/** How often a timer has been tried, when it may be tried again, and what went wrong. */
export const timerAttempts: Migration = {
  id: 90,
  name: 'timer-attempts',
  statements: (kind) => {
    const { int, text } = words(kind)
    return [
      `ALTER TABLE timers ADD COLUMN attempts ${int} NOT NULL DEFAULT 0`,
      `ALTER TABLE timers ADD COLUMN not_before ${int}`,
      `ALTER TABLE timers ADD COLUMN last_error ${text}`,
    ]
  },
}
