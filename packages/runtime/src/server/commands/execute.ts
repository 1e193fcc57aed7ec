import {
  type Answer,
  type Command,
  decide,
  fail,
  type Id,
  type Instant,
  ok,
  type Principal,
  type RecordRef,
  type Rejection,
  type Result,
} from '@tenon/engine'
import { principalOf } from '../auth/identity.ts'
import type { Clock } from '../clock.ts'
import { claimFiles } from '../files/claim-files.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Tx } from '../store/database.ts'
import { faults } from '../store/faults.ts'
import type { LiveMemory, Memory } from '../store/live-memory.ts'
import { newId } from '../store/new-id.ts'
import { holdDefinitions } from '../store/revisions.ts'
import { appendSystemEvent } from '../store/rows/events.ts'
import { consumeTimer } from '../store/rows/timers.ts'
import type { Store } from '../store/store.ts'
import { constraintOf, TryAgain } from '../store/try-again.ts'
import { type CommitListener, type Committed, committedOf, nothingCommitted } from './committed.ts'
import { DatabaseWorld } from './database-world.ts'
import { findAnswer, type Intention, keepAnswer, once } from './idempotency.ts'
import { writeChanges } from './write-changes.ts'

export type ExecutorPorts = {
  readonly store: Store
  readonly memory: LiveMemory
  readonly clock: Clock
  readonly outbox: Outbox
}

/** What a change that is not the engine's (people, definitions, settings) has in its hands. */
export type Unit = {
  readonly tx: Tx
  readonly memory: Memory
  readonly outbox: Outbox
  readonly now: Instant
  readonly newId: () => Id
  /** The one who acts, as the organisation has them at this moment. */
  readonly by: Principal
  /** Writes an entry of the audit trail about something that is not a record. */
  audit(
    about: { readonly kind: string; readonly id: string },
    type: string,
    data: Parameters<typeof appendSystemEvent>[2]['data'],
  ): Promise<void>
  /** Says what the commit will have changed. */
  tell(committed: Partial<Committed>): void
}

type OnRefusal = 'stop' | 'skip'
type BatchOutcome = {
  readonly done: number
  readonly refused: readonly { readonly index: number; readonly rejection: Rejection }[]
}

/**
 * Makes commands one after the other. A refused one has written nothing, and the story may go on. It may be told again
 * when another transaction was in its way.
 */
type Story<T> = (
  run: (command: Command, at: Instant) => Promise<Result<Answer, Rejection>>,
  tx: Tx,
  memory: Memory,
) => Promise<Result<T, Rejection>>
type StoryOptions = {
  /** Nothing of it goes outside: no mail, no message, no call. Absent: as always. */
  readonly quiet?: boolean
}

/** The only writer. Everything that changes the database goes through here. */
export type Executor = {
  /** Carries out a command whole or not at all, and answers after the commit. */
  execute(command: Command, intention?: Intention): Promise<Result<Answer, Rejection>>
  /** Several commands in one transaction. `stop`: the first refusal undoes all; `skip`: refused ones are left out. */
  executeBatch(
    commands: readonly Command[],
    onRefusal: OnRefusal | ((rejection: Rejection) => OnRefusal),
    also?: (unit: Unit, outcome: BatchOutcome) => Promise<void>,
  ): Promise<Result<BatchOutcome, Rejection & { readonly index: number }>>
  /** A story: several commands in one transaction, each decided when the one before is written, at moments of their own. */
  inTurn<T>(tell: Story<T>, how?: StoryOptions): Promise<Result<T, Rejection>>
  /** Any other change: the same transaction, idempotency, audit and listeners. */
  perform<T>(
    by: Principal,
    work: (unit: Unit) => Promise<Result<T, Rejection>>,
    intention?: Intention,
  ): Promise<Result<T, Rejection>>
  /** Calls the listener after each commit, in order; gives back how to stop that. */
  onCommitted(listener: CommitListener): () => void
}

export function createExecutor(ports: ExecutorPorts): Executor {
  const listeners = new Set<CommitListener>()
  const announce = (committed: Committed) => {
    for (const listener of listeners) listener(committed)
  }
  return {
    execute: (command, intention) => execute(ports, command, intention, announce),
    executeBatch: (commands, onRefusal, also) => executeBatch(ports, commands, onRefusal, also, announce),
    inTurn: (tell, how) => inTurn(ports, tell, how, announce),
    perform: (by, work, intention) => perform(ports, by, work, intention, announce),
    onCommitted(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** How long a batch may keep the event loop to itself. */
const turnMs = 15

const actorOf = (principal: Principal): Id | null => (principal.kind === 'user' ? principal.user.id : null)

async function execute(
  ports: ExecutorPorts,
  command: Command,
  intention: Intention | undefined,
  announce: CommitListener,
): Promise<Result<Answer, Rejection>> {
  const actor = actorOf(command.principal)
  const done = await once(actor, intention, () =>
    refusing(() =>
      ports.store.transact(async (tx) => {
        faults.at('command-begun')
        const seen = intention && (await findAnswer(tx, actor, intention, ports.clock.now()))
        if (seen && !seen.ok) return seen
        if (seen?.value) return ok({ answer: seen.value.answer as Answer, committed: undefined })
        // Together: the marks are read after the lock is held.
        const [, memory] = await Promise.all([holdDefinitions(tx, 'use'), ports.memory.inside(tx)])
        const decided = await carryOut(ports, tx, memory, command)
        if (decided.ok && intention) await keepAnswer(tx, actor, intention, decided.value.answer, ports.clock.now())
        return decided
      }),
    ),
  )
  if (!done.ok) return done
  if (done.value.committed) announce(done.value.committed)
  faults.at('before-answer')
  return ok(done.value.answer)
}

type CarriedOut = { readonly answer: Answer; readonly committed: Committed | undefined }

async function carryOut(
  ports: ExecutorPorts,
  tx: Tx,
  memory: Memory,
  given: Command,
): Promise<Result<CarriedOut, Rejection>> {
  const principal = principalNow(memory, given.principal)
  if (!principal) return fail({ code: 'access.denied' })
  const command = { ...given, principal }
  const world = new DatabaseWorld(tx, memory)
  const subject = subjectOf(command)
  if (subject) await world.lock(subject)
  if (command.type === 'timer.fire') {
    await lockTimed(world, command)
    if (!(await consumeTimer(tx, command.key, command.dueAt))) return fail({ code: 'timer.notArmed' })
  }
  const now = ports.clock.now()
  const decided = await decide(command, world, { now, newId: () => newId(now) })
  faults.at('after-decide')
  if (!decided.ok) return decided
  const claimed = await claimFiles(tx, memory, decided.value.changes, principal)
  if (!claimed.ok) return claimed
  await writeChanges(tx, memory, ports.outbox, decided.value.changes, world)
  return ok({ answer: decided.value.answer, committed: committedOf(decided.value.changes) })
}

/** The person as they are at this moment of the transaction: switched off or stripped of a role counts at once. */
function principalNow(memory: Memory, principal: Principal): Principal | undefined {
  return principal.kind === 'user' ? principalOf(memory.organisation, principal.user.id) : principal
}

function subjectOf(command: Command): RecordRef | undefined {
  return 'id' in command && command.id !== undefined && command.type !== 'record.create'
    ? { app: command.app, form: command.form, id: command.id }
    : undefined
}

/** The record first, then the timer: the same order in which a command that cancels the timer takes them. */
async function lockTimed(world: DatabaseWorld, { payload }: Extract<Command, { type: 'timer.fire' }>): Promise<void> {
  if (payload.kind === 'flow' || payload.kind === 'errand') await world.instance(payload.instance)
  else if (payload.kind === 'clock') await world.clock(payload.clock)
  else if (payload.kind === 'accept') await world.task(payload.task)
  else if (payload.kind === 'call') await world.lock(payload.call.ref)
  else if (payload.kind === 'alert') await world.alert(payload.alert)
  else if (payload.kind === 'rule' && payload.record) await world.lock({ app: payload.app, ...payload.record })
}

async function executeBatch(
  ports: ExecutorPorts,
  commands: readonly Command[],
  onRefusal: Parameters<Executor['executeBatch']>[1],
  also: ((unit: Unit, outcome: BatchOutcome) => Promise<void>) | undefined,
  announce: CommitListener,
): ReturnType<Executor['executeBatch']> {
  const told: Committed[] = []
  const done = await refusing(() =>
    ports.store.transact<BatchOutcome, Rejection & { index: number }>(async (tx) => {
      told.length = 0
      await holdDefinitions(tx, 'use')
      const memory = await ports.memory.inside(tx)
      const refused: { index: number; rejection: Rejection }[] = []
      let turnBegun = performance.now()
      for (const [index, command] of commands.entries()) {
        // SQLite never waits, so without this nobody could even read until a batch is done.
        if (performance.now() - turnBegun > turnMs) {
          await new Promise((resolve) => setImmediate(resolve))
          turnBegun = performance.now()
        }
        // A refusal that is left out comes before anything is written, so there is nothing to undo for the others.
        const one = await carryOut(ports, tx, memory, command)
        if (one.ok && one.value.committed) told.push(one.value.committed)
        if (one.ok) continue
        const then = typeof onRefusal === 'function' ? onRefusal(one.error) : onRefusal
        if (then === 'stop') return fail({ ...one.error, index })
        refused.push({ index, rejection: one.error })
      }
      const outcome = { done: commands.length - refused.length, refused }
      const by = commands[0]?.principal ?? { kind: 'anonymous' as const }
      await also?.(
        unitOf(ports, tx, memory, by, newId(ports.clock.now()), (committed) =>
          told.push({ ...nothingCommitted, ...committed }),
        ),
        outcome,
      )
      return ok(outcome)
    }),
  )
  if (done.ok) for (const committed of told) announce(committed)
  return done as Awaited<ReturnType<Executor['executeBatch']>>
}

async function inTurn<T>(
  ports: ExecutorPorts,
  story: Story<T>,
  { quiet = false }: StoryOptions = {},
  announce: CommitListener,
): Promise<Result<T, Rejection>> {
  const told: Committed[] = []
  const outbox = quiet ? { ...ports.outbox, add: async () => {} } : ports.outbox
  const done = await refusing(() =>
    ports.store.transact<T, Rejection>(async (tx) => {
      told.length = 0
      await holdDefinitions(tx, 'use')
      const memory = await ports.memory.inside(tx)
      const run = async (command: Command, at: Instant): Promise<Result<Answer, Rejection>> => {
        const one = await carryOut({ ...ports, outbox, clock: { now: () => at } }, tx, memory, command)
        if (!one.ok) return one
        if (one.value.committed) told.push(one.value.committed)
        return ok(one.value.answer)
      }
      return story(run, tx, memory)
    }),
  )
  if (done.ok) for (const committed of told) announce(committed)
  return done
}

async function perform<T>(
  ports: ExecutorPorts,
  by: Principal,
  work: (unit: Unit) => Promise<Result<T, Rejection>>,
  intention: Intention | undefined,
  announce: CommitListener,
): Promise<Result<T, Rejection>> {
  const actor = actorOf(by)
  const told: Partial<Committed>[] = []
  const done = await once(actor, intention, () =>
    refusing(() =>
      ports.store.transact<T, Rejection>(async (tx) => {
        told.length = 0
        const now = ports.clock.now()
        const seen = intention && (await findAnswer(tx, actor, intention, now))
        if (seen && !seen.ok) return seen
        if (seen?.value) return ok(seen.value.answer as T)
        const memory = await ports.memory.inside(tx)
        const principal = principalNow(memory, by)
        if (!principal) return fail({ code: 'access.denied' })
        const result = await work(unitOf(ports, tx, memory, principal, newId(now), (committed) => told.push(committed)))
        if (result.ok && intention) await keepAnswer(tx, actor, intention, result.value, now)
        return result
      }),
    ),
  )
  if (done.ok) ports.memory.changed()
  if (done.ok && told.length > 0) announce(told.reduce<Committed>(merged, nothingCommitted))
  return done
}

const merged = (one: Committed, other: Partial<Committed>): Committed => ({
  records: [...one.records, ...(other.records ?? [])],
  tasks: [...one.tasks, ...(other.tasks ?? [])],
  alerts: [...one.alerts, ...(other.alerts ?? [])],
  users: [...one.users, ...(other.users ?? [])],
  apps: [...one.apps, ...(other.apps ?? [])],
  jobs: [...one.jobs, ...(other.jobs ?? [])],
  drafts: [...one.drafts, ...(other.drafts ?? [])],
})

function unitOf(ports: ExecutorPorts, tx: Tx, memory: Memory, by: Principal, command: Id, tell: Unit['tell']): Unit {
  const now = ports.clock.now()
  return {
    tx,
    memory,
    outbox: ports.outbox,
    now,
    by,
    tell,
    newId: () => newId(now),
    audit: (about, type, data) =>
      appendSystemEvent(tx, about, { id: newId(now), at: now, type, actor: actorOf(by), command, data }),
  }
}

/** What the tables themselves refuse, in words. */
async function refusing<T, E extends Rejection>(work: () => Promise<Result<T, E>>): Promise<Result<T, E | Rejection>> {
  try {
    return await work()
  } catch (error) {
    const broken = constraintOf(error)
    if (broken === 'reference') return fail({ code: 'record.referenced' })
    if (broken === 'unique') return fail({ code: 'record.duplicate' })
    if (error instanceof TryAgain) return fail({ code: 'version.conflict' })
    throw error
  }
}
