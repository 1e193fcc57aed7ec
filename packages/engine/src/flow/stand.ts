import type { FlowDefinition } from '../definitions/flow.ts'
import { type Migrated, type MigrationReason, migrate } from './migrate.ts'
import type { InstanceSnapshot } from './types.ts'

/** What is to become of the instances that stand at a node when another version of the flow goes live. */
export type NodeChoice = {
  /** Absent: every node that no other choice names. */
  readonly node?: string
  /** keep: finish on the old version; move: go on in the new one; park: keep, and let a person decide. */
  readonly choice: 'keep' | 'move' | 'park'
  /** Node of the new version that takes over; absent: the one with the same id. */
  readonly to?: string
}
export type Standing =
  | { readonly what: 'keep' }
  | { readonly what: 'park' }
  | { readonly what: 'move'; readonly migrated: Migrated }
  | { readonly what: 'blocked'; readonly reasons: readonly MigrationReason[] }

/**
 * What the choices mean for one instance, which may stand at several nodes at once: it is moved whole or not at all.
 * One place that is parked parks it, one that is kept keeps it; places nobody has chosen for go along.
 */
export function standingOf(
  from: FlowDefinition,
  to: FlowDefinition,
  snapshot: InstanceSnapshot,
  choices: readonly NodeChoice[],
  recompute = false,
): Standing {
  const everywhere = choices.find((one) => one.node === undefined)
  const made = snapshot.tokens.flatMap(({ node }) => choices.find((one) => one.node === node) ?? everywhere ?? [])
  for (const what of ['park', 'keep'] as const) if (made.some(({ choice }) => choice === what)) return { what }
  if (made.length === 0) return { what: 'keep' }
  const moved = migrate(from, to, snapshot, { mapping: mappingOf(choices), recompute })
  return moved.ok ? { what: 'move', migrated: moved.value } : { what: 'blocked', reasons: moved.error }
}

export const mappingOf = (choices: readonly NodeChoice[]) =>
  Object.fromEntries(choices.flatMap(({ node, to }) => (node !== undefined && to !== undefined ? [[node, to]] : [])))
