import type { TimelineEntry } from '../../../contract/index.ts'

export const timelineFilters = ['all', 'talk', 'changes', 'automatic'] as const
export type TimelineFilter = (typeof timelineFilters)[number]

const talk = new Set(['record.commented', 'message.sent', 'message.mailed'])
const changes = new Set([
  'record.created',
  'record.updated',
  'record.deleted',
  'record.imported',
  'stage.changed',
  'history.entry',
  'task.completed',
  'task.transferred',
  'task.refused',
  'clock.acknowledged',
  'task.delegated',
  'task.resolved',
  'task.signerAdded',
  'task.signerRemoved',
  'task.returned',
  'task.withdrawn',
  'task.passed',
  'alert.acknowledged',
  'alert.closed',
])
// The flow's inner steps and the clocks' bookkeeping: there when asked for, in the way otherwise.
const quiet = new Set([
  'node.entered',
  'node.left',
  'flow.started',
  'flow.ended',
  'flow.retried',
  'flow.migrated',
  'flow.kept',
  'task.created',
  'task.cancelled',
  'task.draftSaved',
  'clock.started',
  'clock.paused',
  'clock.resumed',
  'clock.stopped',
  'clock.cancelled',
  'clock.retargeted',
  'clock.escalated',
])

export const isAutomatic = (entry: TimelineEntry): boolean =>
  (entry.actor === null && entry.source !== 'public') ||
  entry.source === 'rule' ||
  entry.source === 'flow' ||
  entry.source === 'timer' ||
  entry.source === 'system'

export function isShown(entry: TimelineEntry, filter: TimelineFilter): boolean {
  switch (filter) {
    case 'all':
      return !quiet.has(entry.type)
    case 'talk':
      return talk.has(entry.type)
    case 'changes':
      return changes.has(entry.type)
    case 'automatic':
      return isAutomatic(entry)
  }
}

/** Whether an entry tells of one field only: a changed stage is told by its own entry. */
export function tellsOnly(entry: TimelineEntry, field: string | undefined): boolean {
  const changes = entry.type === 'record.updated' ? Object.keys((entry.data.changes ?? {}) as object) : []
  return field !== undefined && changes.length === 1 && changes[0] === field
}

export type Told = { readonly entry: TimelineEntry; readonly people: readonly string[] }

/** The same message to several people at one time is told once, with all their names. */
export function gathered(entries: readonly TimelineEntry[]): readonly Told[] {
  const groups: { entry: TimelineEntry; people: string[] }[] = []
  for (const entry of entries) {
    const last = groups.at(-1)
    const to =
      entry.type === 'message.sent' && typeof entry.data.to === 'string'
        ? [entry.data.to]
        : entry.type === 'task.copied' && Array.isArray(entry.data.who)
          ? (entry.data.who as string[])
          : []
    const same =
      last &&
      to.length > 0 &&
      last.people.length > 0 &&
      last.entry.at === entry.at &&
      last.entry.data.message === entry.data.message
    if (same) last.people.push(...to.filter((id) => !last.people.includes(id)))
    else groups.push({ entry, people: to })
  }
  return groups
}

/** What made an entry happen, taken apart: `rule:vip@3`, `flow:sop/intake`, `policy:urgent/first_response/warn`. */
export type Cause =
  | { readonly kind: 'rule'; readonly id: string; readonly version: string }
  | { readonly kind: 'flow'; readonly flow: string; readonly node: string }
  | { readonly kind: 'policy'; readonly policy: string; readonly clock: string }
  | { readonly kind: 'assignment' | 'other' }
export function readCause(cause: string | null): Cause | null {
  if (cause === null) return null
  const [kind = '', rest = ''] = cause.split(/:(.*)/s)
  const [first = '', second = ''] = rest.split(/[/@]/)
  switch (kind) {
    case 'rule':
      return { kind, id: first, version: second }
    case 'flow':
      return { kind, flow: first, node: second }
    case 'policy':
      return { kind, policy: first, clock: second }
    case 'assignment':
      return { kind }
    default:
      return { kind: 'other' }
  }
}
