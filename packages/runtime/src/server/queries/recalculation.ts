import { type AppModel, formatInstant, type Instant } from '@tenon/engine'
import type { RecalculationAnswer } from '@tenon/runtime/contract'
import type { Caller } from '../auth/identity.ts'
import { forecastClocks } from '../commands/app/adopt-clocks.ts'
import { newId } from '../store/new-id.ts'
import type { QueryPorts } from './reading.ts'
import { titlesOf } from './titles-of.ts'

/** Records looked at in one answer, and clocks listed. */
const limits = { records: 2_000, listed: 500 } as const

/** What counting the open clocks of these policies again would change, under definitions that are not published. Nothing is written. */
export async function recalculation(
  principal: Caller,
  ports: QueryPorts,
  next: AppModel,
  policies: readonly string[],
): Promise<RecalculationAnswer> {
  const now = ports.clock.now()
  const { clocks, more } = await forecastClocks(
    { store: ports.store, memory: ports.memory.now, now, newId: () => newId(now) },
    next,
    policies,
    limits.records,
  )
  const titles = await titlesOf(
    principal,
    ports,
    clocks.map(({ after: { app, form, id } }) => ({ app, form, id })),
  )
  const items = clocks.flatMap(({ before, after, event }) => {
    const title = titles.get(after.id)
    const { owner } = after
    return title === undefined || owner.kind !== 'policy'
      ? []
      : [
          {
            form: after.form,
            record: after.id,
            title,
            policy: owner.policy,
            clock: owner.id,
            dueBefore: moment(before.dueAt),
            dueAfter: moment(after.dueAt),
            targetMsBefore: before.targetMs,
            targetMsAfter: after.targetMs,
            elapsedMsBefore: Number(event.data.elapsedBefore),
            elapsedMsAfter: Number(event.data.elapsedMs),
            breachedBefore: before.breachedAt !== null,
            breachedAfter: event.data.exceeded === true,
          },
        ]
  })
  return { clocks: clocks.length, more: more || items.length > limits.listed, items: items.slice(0, limits.listed) }
}

const moment = (at: Instant | null): string | null => (at === null ? null : formatInstant(at))
