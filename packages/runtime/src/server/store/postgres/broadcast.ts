import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Store } from '../store.ts'

/** Tells the other processes on the same database. Best effort: who misses it asks anew when a page reconnects. */
export type Broadcast = {
  say(message: object): void
  onHeard(listener: (message: object) => void): void
  close(): Promise<void>
}

const channel = 'tenon'
/** PostgreSQL takes up to 8000 bytes. */
const longest = 7500
const gatherMs = 50
const retryMs = 2000

const alone: Broadcast = { say: () => {}, onHeard: () => {}, close: async () => {} }

/**
 * NOTIFY outside of the commands' own transactions: inside, it would make every commit wait for the one before. On SQLite
 * there is one process and nothing to tell.
 */
export function openBroadcast(
  store: Store,
  url: string,
  summary: (messages: readonly object[]) => object,
  report: (error: unknown) => void,
): Broadcast {
  if (store.kind === 'sqlite') return alone
  const me = randomUUID()
  const listeners = new Set<(message: object) => void>()
  let waiting: object[] = []
  let timer: NodeJS.Timeout | undefined
  let client: pg.Client | undefined
  let isClosed = false

  const listen = async () => {
    const { Client } = (await import('pg')).default
    if (isClosed) return
    const next = new Client({ connectionString: url, application_name: 'tenon-live', pipeline: true })
    client = next
    next.on('error', () => again(next))
    next.on('end', () => again(next))
    next.on('notification', ({ payload }) => {
      const { from, message } = JSON.parse(payload ?? '{}') as { from?: string; message?: object }
      if (from !== me && message) for (const listener of listeners) listener(message)
    })
    await next.connect()
    await next.query(`LISTEN ${channel}`)
  }
  const again = (ended: pg.Client) => {
    if (isClosed || client !== ended) return
    client = undefined
    setTimeout(() => void listen().catch(report), retryMs).unref()
  }
  const flush = () => {
    timer = undefined
    const messages = waiting
    waiting = []
    const texts = messages.map((message) => JSON.stringify({ from: me, message }))
    const sent =
      texts.length <= 20 && texts.every((text) => text.length < longest)
        ? texts
        : [JSON.stringify({ from: me, message: summary(messages) })]
    for (const text of sent)
      if (client && text.length < longest)
        void client.query('SELECT pg_notify($1, $2)', [channel, text]).catch(() => {})
  }
  void listen().catch(report)
  return {
    say(message) {
      waiting.push(message)
      timer ??= setTimeout(flush, gatherMs)
    },
    onHeard: (listener) => void listeners.add(listener),
    async close() {
      isClosed = true
      clearTimeout(timer)
      await client?.end().catch(() => {})
    },
  }
}
