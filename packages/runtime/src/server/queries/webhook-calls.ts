import { formatInstant, type Id } from '@tenon/engine'
import type { WebhookCallList } from '@tenon/runtime/contract'
import type { Caller } from '../auth/identity.ts'
import { callsOf } from '../store/rows/webhook-calls.ts'
import { keeperReading } from './keeper-reading.ts'
import type { QueryPorts } from './reading.ts'
import { titlesOf } from './titles-of.ts'

const pageSize = 50

/** What an app has called and what was answered, newest first. For those who manage or design it. */
export async function webhookCallsOf(
  principal: Caller,
  ports: QueryPorts,
  app: string,
  before: Id | undefined,
): Promise<WebhookCallList> {
  keeperReading(principal, ports, app)
  const rows = await callsOf(ports.store.read, app, before, pageSize + 1)
  const shown = rows.slice(0, pageSize).map((row) => ({
    row,
    ref: row.form !== null && row.record !== null ? { app, form: row.form, id: row.record } : null,
  }))
  const titles = await titlesOf(
    principal,
    ports,
    shown.flatMap(({ ref }) => ref ?? []),
  )
  return {
    items: shown.map(({ row, ref }) => {
      const title = ref ? titles.get(ref.id) : undefined
      // What was sent and answered about a record that this reader may not see stays between the systems.
      const hidden = ref !== null && title === undefined
      return {
        id: row.id,
        at: formatInstant(row.created_at),
        cause: row.cause,
        method: row.method,
        url: hidden ? originOf(row.url) : row.url,
        record: ref && title !== undefined ? { form: ref.form, id: ref.id, title } : null,
        state: row.state === 'delivered' ? ('delivered' as const) : ('failed' as const),
        status: row.status,
        answer: hidden ? null : row.answer,
        error: row.error,
        attempts: row.attempts,
      }
    }),
    nextBefore: rows.length > pageSize ? (shown.at(-1)?.row.id ?? null) : null,
  }
}

const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : '')
