import type { Instant } from '@tenon/engine'

/** The one clock of the process. Nothing on the server asks the machine for the time in any other way. */
export type Clock = { now(): Instant }

export const systemClock: Clock = { now: () => Date.now() }

/** A clock that runs like the system's but can be moved, for tests that wait for days. */
export type TestClock = Clock & {
  /** Moves forward; going back is refused, because stored moments must not lie in the future. */
  advanceTo(instant: Instant): void
}

export function createTestClock(start: Instant = Date.now()): TestClock {
  let aheadMs = start - Date.now()
  const now = () => Date.now() + aheadMs
  return {
    now,
    advanceTo(instant) {
      if (instant < now()) throw new RangeError('the test clock only goes forward')
      aheadMs = instant - Date.now()
    },
  }
}
