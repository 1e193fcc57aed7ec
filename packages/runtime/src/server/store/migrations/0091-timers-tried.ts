import type { Migration } from './types.ts'

/** Finds the few timers that have been tried among all that are due. */
export const timersTried: Migration = {
  id: 91,
  name: 'timers-tried',
  statements: () => ['CREATE INDEX timers_tried ON timers (due_at) WHERE attempts > 0'],
}
