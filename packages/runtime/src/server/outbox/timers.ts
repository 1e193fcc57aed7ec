import { setTimeout as wait } from 'node:timers/promises'
import type { Principal, TimerRow } from '@tenon/engine'
import type { Clock } from '../clock.ts'
import type { Executor } from '../commands/execute.ts'
import { newId } from '../store/new-id.ts'
import { dueTimers } from '../store/rows/timers.ts'
import type { Store } from '../store/store.ts'

export type TimerPorts = {
  readonly store: Store
  readonly executor: Executor
  readonly clock: Clock
  /** Hears of timers that could not be fired; they are tried again. */
  report(error: unknown, timer: TimerRow): void
}
export type Timers = {
  /** Fires everything that is due now; gives how many acted. */
  fireDue(): Promise<number>
  stop(): Promise<void>
}

const pollMs = 500
const batchSize = 200
/** At once: on SQLite they share one commit, on PostgreSQL each takes a connection. */
const together = { sqlite: 64, postgres: 4 } as const
const system: Principal = { kind: 'system', reason: 'timer' }

/**
 * Looks twice a second for timers that are due and fires them, each as a command that takes the timer's row away in its
 * own transaction: however many processes look, one of them acts. Nothing waits in memory. A timer that fails waits
 * longer each time and holds up no other.
 */
export function startTimers(ports: TimerPorts): Timers {
  const stopping = new AbortController()
  const waiting = new Map<string, { failures: number; until: number }>()
  let busy: Promise<number> | undefined
  const fireDue = () => (busy ??= fireAll(ports, waiting, stopping.signal).finally(() => (busy = undefined)))
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await fireDue().catch(() => 0)
      await wait(pollMs, undefined, { signal: stopping.signal, ref: false }).catch(() => {})
    }
  })()
  return {
    // Twice: a round that is under way may have looked before the newest timer was due.
    fireDue: async () => (await fireDue()) + (await fireDue()),
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

type Waiting = Map<string, { failures: number; until: number }>

async function fireAll(ports: TimerPorts, waiting: Waiting, signal: AbortSignal): Promise<number> {
  let fired = 0
  for (;;) {
    const now = ports.clock.now()
    const due = (await dueTimers(ports.store.read, now, batchSize + waiting.size))
      .filter((timer) => (waiting.get(timer.key)?.until ?? 0) <= now)
      .slice(0, batchSize)
    if (due.length === 0 || signal.aborted) return fired
    const size = together[ports.store.kind]
    for (let from = 0; from < due.length && !signal.aborted; from += size) {
      const acted = await Promise.all(due.slice(from, from + size).map((timer) => fireOne(ports, waiting, timer)))
      fired += acted.filter(Boolean).length
    }
  }
}

async function fireOne(ports: TimerPorts, waiting: Waiting, { key, payload, dueAt }: TimerRow): Promise<boolean> {
  try {
    const result = await ports.executor.execute({
      command: newId(),
      principal: system,
      source: 'timer',
      type: 'timer.fire',
      key,
      payload,
      dueAt,
    })
    // Another process was first, or a command has cancelled it: nothing is left to do.
    if (!result.ok && result.error.code !== 'timer.notArmed') throw new Error(result.error.code)
    waiting.delete(key)
    return result.ok
  } catch (error) {
    const failures = (waiting.get(key)?.failures ?? 0) + 1
    waiting.set(key, { failures, until: ports.clock.now() + Math.min(600_000, 1000 * 2 ** failures) })
    ports.report(error, { key, payload, dueAt, app: '' })
    return false
  }
}
