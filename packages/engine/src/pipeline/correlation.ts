import type { FlowCommand, FlowEvent } from '../flow/types.ts'
import { parseDurationMs } from '../kernel/duration.ts'
import type { Id } from '../kernel/ids.ts'
import { errand } from './errand.ts'
import type { InstanceRow, MessageRow, RecordRef, WaitingRow } from './rows.ts'
import { type Incoming, keyOf, type Origin, refOf, type Work, waitingIn } from './work.ts'

/** How long a message is kept that says nothing about it. */
const keptMs = 7 * 86_400_000

/**
 * A message has come. It is kept in the inbox, and goes to the oldest instance that waits for this name and key: at once
 * when that instance is about `here`, else in a following transaction. A message that was here before changes nothing.
 */
export async function receiveMessage(
  work: Work,
  incoming: Incoming,
  here: RecordRef | undefined,
  origin: Origin,
): Promise<void> {
  const { app, name, key, message } = incoming
  await work.world.hold(queueOf('message', app, name, key))
  if (await work.message(app, name, message)) return
  const row: MessageRow = {
    app,
    name,
    message,
    key,
    receivedAt: work.now,
    expiresAt: work.now + (parseDurationMs(incoming.ttl ?? '') ?? keptMs),
    data: incoming.data ?? null,
    takenBy: null,
    takenAt: null,
  }
  work.putMessage(row)
  await passTo(work, row, here, origin)
}

/** A message that was to be delivered in a transaction of its own. */
export async function deliverMessage(
  work: Work,
  { app, name, message }: { readonly app: string; readonly name: string; readonly message: string },
  origin: Origin,
): Promise<void> {
  const known = await work.message(app, name, message)
  const [first] = known ? await work.waiting(app, 'message', name, known.key) : []
  // The record first, then the queue: the order in which every command takes its locks.
  const instance = first && (await work.instance(first.instance))
  if (!known || !instance) return
  await work.world.hold(queueOf('message', app, name, known.key))
  const row = await work.message(app, name, message)
  if (row && isLive(work, row)) await passTo(work, row, instance, origin)
}

async function passTo(work: Work, row: MessageRow, here: RecordRef | undefined, origin: Origin): Promise<void> {
  const [first] = await work.waiting(row.app, 'message', row.name, row.key)
  if (!first) return
  if (here && keyOf(first) === keyOf(here)) work.flowRequests.push({ kind: 'deliver', message: row, to: first, origin })
  else
    work.setTimer({
      key: `message/${row.app}/${row.name}/${row.message}`,
      dueAt: work.now,
      app: row.app,
      payload: { kind: 'message', app: row.app, name: row.name, message: row.message },
    })
}

/**
 * The event a message is meant for gets it, if both are still there: consumed once. Gives the command that tells it, or
 * hands the message to the next who waits.
 */
export async function handOverMessage(
  work: Work,
  { app, name, message }: MessageRow,
  to: WaitingRow,
  origin: Origin,
): Promise<FlowCommand | undefined> {
  const row = await work.message(app, name, message)
  const instance = await work.instance(to.instance)
  const waits = instance && row ? waitingIn(instance, 'message', name, row.key) : []
  if (!row || !isLive(work, row)) return undefined
  if (!waits.some((wait) => wait.node === to.node && wait.visit === to.visit)) {
    await passTo(work, row, to, origin)
    return undefined
  }
  work.putMessage({ ...row, takenBy: to.instance, takenAt: work.now })
  const { node, visit } = to
  return { type: 'message', node, visit, ...(row.data === null ? {} : { data: row.data }) }
}

const isLive = (work: Work, row: MessageRow): boolean => row.takenBy === null && row.expiresAt > work.now

/** An event begins to wait: what has come before and is still good is taken, the oldest first. */
export async function awaitMessage(
  work: Work,
  instance: InstanceRow,
  event: Extract<FlowEvent, { type: 'message.awaited' }>,
  origin: Origin,
): Promise<void> {
  const { node, visit, message: name, key, ttl } = event
  const { app } = instance
  await work.world.hold(queueOf('message', app, name, key))
  const notBefore = ttl === null ? 0 : work.now - (parseDurationMs(ttl) ?? 0)
  const row = (await work.messages(app, name, key)).find((one) => isLive(work, one) && one.receivedAt >= notBefore)
  const to = { ...refOf(instance), instance: instance.instance, node, visit }
  if (row) work.flowRequests.push({ kind: 'deliver', message: row, to, origin })
}

/** Everybody who waits for a signal gets it now; whoever comes later does not. BPMN 2.0 §10.5.4. */
export async function throwSignal(work: Work, here: RecordRef, name: string, origin: Origin): Promise<void> {
  const told = new Set<Id>()
  for (const waiting of await work.waiting(here.app, 'signal', name, '')) {
    if (told.has(waiting.instance)) continue
    told.add(waiting.instance)
    sendTo(work, here, waiting, { type: 'signal', name }, origin)
  }
}

/** A command to another instance: at once when it is about the same record, else in a following transaction. */
export function sendTo(
  work: Work,
  here: RecordRef,
  to: WaitingRow,
  command: Parameters<typeof errand>[2],
  origin: Origin,
): void {
  if (keyOf(here) === keyOf(to)) work.flowRequests.push({ kind: 'advance', instance: to.instance, command, origin })
  else errand(work, to, command)
}

/** Name under which everybody queues who has to do with the same name and key. */
export const queueOf = (kind: 'message' | 'mutex', app: string, name: string, key: string): string =>
  JSON.stringify([kind, app, name, key])
