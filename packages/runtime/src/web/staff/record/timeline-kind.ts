import type { TimelineEntry } from '../../../contract/index.ts'

export const timelineFilters = ['all', 'talk', 'changes', 'automatic'] as const
export type TimelineFilter = (typeof timelineFilters)[number]

const talk = new Set(['record.commented', 'message.sent'])
const changes = new Set(['record.created', 'record.updated', 'record.deleted', 'record.imported', 'stage.changed', 'history.entry', 'task.completed', 'task.transferred'])
// The flow's inner steps and the clocks' bookkeeping: there when asked for, in the way otherwise.
const quiet = new Set(['node.entered', 'node.left', 'flow.started', 'flow.ended', 'task.created', 'task.cancelled', 'clock.started', 'clock.paused', 'clock.resumed', 'clock.stopped', 'clock.cancelled', 'clock.retargeted'])

export const isAutomatic = (entry: TimelineEntry): boolean => entry.actor === null || entry.source === 'rule' || entry.source === 'flow' || entry.source === 'timer' || entry.source === 'system'

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

/** What made an entry happen, taken apart: `rule:vip@3` → rule, vip, 3; `flow:sop/intake` → flow, sop, intake. */
export type Cause = { readonly kind: 'rule'; readonly id: string; readonly version: string } | { readonly kind: 'flow'; readonly flow: string; readonly node: string } | { readonly kind: 'other' }
export function readCause(cause: string | null): Cause | null {
  if (cause === null) return null
  const rule = /^rule:([a-z0-9_]+)(?:@(.+))?$/.exec(cause)
  if (rule) return { kind: 'rule', id: rule[1] ?? '', version: rule[2] ?? '' }
  const flow = /^flow:([a-z0-9_]+)\/([a-z0-9_]+)/.exec(cause)
  if (flow) return { kind: 'flow', flow: flow[1] ?? '', node: flow[2] ?? '' }
  return { kind: 'other' }
}
