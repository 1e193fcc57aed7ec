import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { EventRow } from '../pipeline/rows.ts'

/** Something a person did with a record, as its trail tells. */
export type HistoryAct = {
  readonly at: Instant
  readonly by: Id
  readonly do: 'record.create' | 'record.update' | 'record.comment' | 'task.claim' | 'task.complete' | 'task.transfer'
  /** What they entered, by field. */
  readonly values: { readonly [field: string]: unknown }
  readonly node?: string
  readonly outcome?: string
  readonly to?: Id
  readonly comment?: string
  readonly visibility?: 'internal' | 'public'
}

/** Acts of a trail, and the types of those entries of persons that no act stands for. */
export type ToldHistory = { readonly acts: readonly HistoryAct[]; readonly left: readonly EventRow['type'][] }

/** What persons did, oldest first; what rules, flows and clocks did follows from it. One command is one act. */
export function historyActs(trail: readonly EventRow[]): ToldHistory {
  const commands = new Map<Id, EventRow[]>()
  for (const event of trail) commands.set(event.command, [...(commands.get(event.command) ?? []), event])
  const told = [...commands.values()].map(actOf)
  return { acts: told.flatMap(({ act }) => act ?? []), left: told.flatMap(({ left }) => left ?? []) }
}

/** Entries that follow from an act of a person and are none themselves. */
const follows: ReadonlySet<EventRow['type']> = new Set(['task.assigned', 'task.created', 'message.sent'])

function actOf(events: readonly EventRow[]): { act?: HistoryAct; left?: EventRow['type'] } {
  const own = events.filter(({ cause, actor }) => cause === null && actor !== null)
  const entry = (type: EventRow['type']) => own.find((event) => event.type === type)
  const [first] = own
  if (!first || first.actor === null) return {}
  const comment = entry('record.commented')
  const said = comment
    ? { comment: String(comment.data.body), visibility: comment.data.visibility === 'public' ? 'public' : 'internal' }
    : {}
  const about = { at: first.at, by: first.actor, values: {} }
  const created = entry('record.created')
  if (created) return { act: { ...about, do: 'record.create', values: Object(created.data.values) } }
  const changed = entry('record.updated')
  const values = Object.fromEntries(
    Object.entries(Object(changed?.data.changes) as { [field: string]: readonly unknown[] }).map(([field, change]) => [
      field,
      change[1] ?? null,
    ]),
  )
  const node = (event: EventRow) => ({ node: String(event.data.node) })
  const completed = entry('task.completed')
  if (completed) {
    const { outcome } = completed.data
    const answer = typeof outcome === 'string' ? { outcome } : {}
    const words = 'comment' in said ? { comment: said.comment } : {}
    return { act: { ...about, do: 'task.complete', ...node(completed), ...answer, values, ...words } }
  }
  const claimed = entry('task.claimed')
  if (claimed) return { act: { ...about, do: 'task.claim', ...node(claimed) } }
  const transferred = entry('task.transferred')
  if (transferred && typeof transferred.data.to === 'string')
    return { act: { ...about, do: 'task.transfer', ...node(transferred), to: transferred.data.to } }
  if (changed) return { act: { ...about, do: 'record.update', values } }
  if (comment) return { act: { ...about, do: 'record.comment', ...(said as Pick<HistoryAct, 'comment'>) } }
  return follows.has(first.type) ? {} : { left: first.type }
}
