import type { Id } from '../kernel/ids.ts'
import type { AssignmentRow } from '../pipeline/rows.ts'

/** Why somebody did not get a task. `filtered`: ids of the filters, or inactive, away, refused. */
export type WhyNot =
  | { readonly kind: 'chosen' }
  | { readonly kind: 'notInPool' }
  | { readonly kind: 'filtered'; readonly failed: readonly string[] }
  | {
      readonly kind: 'outscored'
      readonly by: Id
      readonly difference: number
      readonly parts: readonly ScoreDifference[]
    }
  /** The same score, but the other had been longer without an assignment (or, there too equal, comes first by id). */
  | { readonly kind: 'tie'; readonly with: Id }
export type ScoreDifference = { readonly id: string; readonly own: number; readonly chosen: number }

/** Answers "why not her?" from a stored decision alone; the parts in which the chosen one was ahead come first. */
export function explainWhyNot(decision: Pick<AssignmentRow, 'chosen' | 'candidates'>, user: Id): WhyNot {
  const asked = decision.candidates.find((candidate) => candidate.user === user)
  if (!asked) return { kind: 'notInPool' }
  if (decision.chosen === user) return { kind: 'chosen' }
  if (asked.failed.length > 0) return { kind: 'filtered', failed: asked.failed }
  const chosen = decision.candidates.find((candidate) => candidate.user === decision.chosen)
  if (!chosen) return { kind: 'notInPool' }
  if (chosen.total === asked.total) return { kind: 'tie', with: chosen.user }
  const parts = asked.scores
    .map(({ id, weighted }) => ({
      id,
      own: weighted,
      chosen: chosen.scores.find((part) => part.id === id)?.weighted ?? 0,
    }))
    .toSorted((a, b) => b.chosen - b.own - (a.chosen - a.own))
  return { kind: 'outscored', by: chosen.user, difference: Math.round((chosen.total - asked.total) * 1e9) / 1e9, parts }
}
