import { setTimeout as wait } from 'node:timers/promises'
import { type Command, ok, type Principal, type TimerRow } from '@tenon/engine'
import type { Clock } from '../clock.ts'
import type { Executor } from '../commands/execute.ts'
import { newId } from '../store/new-id.ts'
import { countTry, type DueTimer, dueTimers, keepFailure, recordsOfTimers } from '../store/rows/timers.ts'
import type { Store } from '../store/store.ts'
import { backoffMs, errorText } from './outbox.ts'

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
/** Tried before, and now one at a time, before new ones are looked for again. */
const fewAlone = 20
/**
 * So many in one transaction, and so many transactions at once. On SQLite whatever is at work at the same time shares a
 * commit and keeps readers waiting until it (with 64 as fast, but their p95 was 14 × instead of 6 ×). On PostgreSQL each
 * transaction takes a connection, and has its records to itself until its end.
 */
const together = { sqlite: { size: 1, atOnce: 16 }, postgres: { size: 16, atOnce: 4 } } as const
/** So long the others leave a timer alone that this process is trying; they try it themselves if it has died. */
const tryMs = 5000
const system: Principal = { kind: 'system', reason: 'timer' }

/**
 * Looks twice a second for timers that are due and fires them, each as a command that takes the timer's row away in its
 * own transaction: however many processes look, one of them acts. Nothing waits in memory. A try is counted before it is
 * made. A timer that fails waits longer each time, holds up no other, and after ten tries is dead and waits for a
 * person; one that was tried before is tried alone, so that of those that end the process only the guilty one counts on.
 */
export function startTimers(ports: TimerPorts): Timers {
  const stopping = new AbortController()
  let busy: Promise<number> | undefined
  const fireDue = () => (busy ??= fireAll(ports, stopping.signal).finally(() => (busy = undefined)))
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

async function fireAll(ports: TimerPorts, signal: AbortSignal): Promise<number> {
  let fired = 0
  for (;;) {
    const { store, clock } = ports
    const fresh = await dueTimers(store.read, clock.now(), batchSize)
    const tried = await dueTimers(store.read, clock.now(), fewAlone, 'tried')
    if (fresh.length + tried.length === 0 || signal.aborted) return fired
    const groups = [fresh, ...tried.map((timer) => [timer])]
    for (const group of groups) if (!signal.aborted) fired += await fireGroup(ports, group, signal)
  }
}

async function fireGroup(ports: TimerPorts, group: readonly DueTimer[], signal: AbortSignal): Promise<number> {
  const mine = await claim(ports, group)
  let fired = 0
  const { size, atOnce } = together[ports.store.kind]
  const records = await recordsOfTimers(ports.store.read, mine)
  const fireLane = async (lane: readonly DueTimer[]) => {
    for (let from = 0; from < lane.length && !signal.aborted; from += size) {
      const acted = await fireTogether(ports, lane.slice(from, from + size))
      fired += acted
    }
  }
  await Promise.all(lanesOf(mine, ({ key }) => records.get(key) ?? key, atOnce).map(fireLane))
  return fired
}

/**
 * Timers in so many lanes that go on at once, about as long as each other. Those of one record are in one lane, in their
 * order: a warning comes before what it warns of, and no two transactions want the same one. What a rule changes beyond its
 * record may still be wanted twice; then the database decides, and the store tries again.
 */
export function lanesOf<T>(timers: readonly T[], recordOf: (timer: T) => string, many: number): readonly T[][] {
  const lanes: T[][] = Array.from({ length: many }, () => [])
  const laneOf = new Map<string, T[]>()
  for (const timer of timers) {
    const record = recordOf(timer)
    const lane = laneOf.get(record) ?? lanes.reduce((short, one) => (one.length < short.length ? one : short))
    laneOf.set(record, lane)
    lane.push(timer)
  }
  return lanes
}

/** In one transaction; where one of them does not let the others pass, each by itself. */
async function fireTogether(ports: TimerPorts, timers: readonly DueTimer[]): Promise<number> {
  if (timers.length > 1) {
    const commands = timers.map(commandOf)
    const done = await ports.executor
      .executeBatch(commands, ({ code }) => (code === notArmed ? 'skip' : 'stop'))
      .catch(() => undefined)
    if (done?.ok) return done.value.done
  }
  let fired = 0
  for (const timer of timers) if (await fireOne(ports, timer)) fired += 1
  return fired
}

/** Those of them that nobody else is trying. A claim is no lock: the one who takes the row away in the end acts. */
async function claim({ store, clock }: TimerPorts, group: readonly DueTimer[]): Promise<readonly DueTimer[]> {
  if (group.length === 0) return []
  const now = clock.now()
  const keys = group.map(({ key }) => key)
  const claimed = await store.transact(async (tx) => ok(await countTry(tx, keys, now, now + tryMs)))
  return claimed.ok ? group.filter(({ key }) => claimed.value.has(key)) : []
}

/** Another process was first, or a command has cancelled it: nothing is left to do. */
const notArmed = 'timer.notArmed'

const commandOf = ({ key, payload, dueAt }: DueTimer): Command => ({
  command: newId(),
  principal: system,
  source: 'timer',
  type: 'timer.fire',
  key,
  payload,
  dueAt,
})

async function fireOne(ports: TimerPorts, timer: DueTimer): Promise<boolean> {
  try {
    const result = await ports.executor.execute(commandOf(timer))
    if (!result.ok && result.error.code !== notArmed) throw new Error(result.error.code)
    return result.ok
  } catch (error) {
    ports.report(error, timer)
    await ports.store.transact(async (tx) =>
      ok(await keepFailure(tx, timer, errorText(error), ports.clock.now() + backoffMs(timer.attempts + 1))),
    )
    return false
  }
}
