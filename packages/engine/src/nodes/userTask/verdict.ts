import type { FlowNode, NodeOf } from '../../definitions/flow.ts'
import type { Activity } from '../../flow/types.ts'
import { countOf } from '../share.ts'
import type { Quorum } from './policy.ts'

type UserTask = Pick<NodeOf<'userTask'>, 'mode' | 'quorum' | 'waitForAll' | 'outcomes'>

/** What stands in an answered task of a node that offers no outcomes. */
export const done = '*'

/** The node, if people answer it. */
export const asUserTask = (node: FlowNode | undefined): NodeOf<'userTask'> | undefined =>
  node?.type === 'userTask' ? node : undefined

/** The outcome that means consent: the first of the list. */
export const consent = (node: UserTask): string => node.outcomes?.[0]?.id ?? done

/** The places of an activity in order: each is one vote, given by one person and the signers added beside them. */
export function seatsOf(activity: Activity): readonly number[] {
  const seats = new Set<number>()
  for (const { seat } of activity.tasks) seats.add(seat)
  for (const { seat } of activity.next ?? []) seats.add(seat)
  return seats.size === 1 ? [...seats] : [...seats].toSorted((a, b) => a - b)
}

/** The vote of a seat: the first answer that is not consent, else consent when nobody of it is still to answer. */
export function voteOf(node: UserTask, activity: Activity, seat: number): string | undefined {
  const own = activity.tasks.filter((task) => task.seat === seat)
  const agreed = consent(node)
  const other = own.find(({ outcome }) => outcome !== null && outcome !== agreed)
  if (other) return other.outcome ?? undefined
  const isOpen = own.some(({ outcome }) => outcome === null) || (activity.next ?? []).some((one) => one.seat === seat)
  return isOpen ? undefined : agreed
}

/** How many of `total` seats must consent. A quorum larger than there are people means all of them. */
export function needed(quorum: Quorum | undefined, total: number): number {
  if (quorum === undefined) return total
  if (typeof quorum === 'number') return Math.min(quorum, total)
  return countOf(quorum, total)
}

/**
 * The outcome the votes amount to; undefined while it is open. Any: the first vote. All and sequential: a veto wins,
 * then enough consent, else the first other vote; as soon as it is certain, unless everybody is to be heard.
 */
export function verdictOf(node: UserTask, votes: readonly (string | undefined)[]): string | undefined {
  const given = votes.filter((vote) => vote !== undefined)
  const mode = node.mode ?? 'single'
  if (mode === 'single' || mode === 'any') return given[0]
  const agreed = consent(node)
  const isComplete = given.length === votes.length
  const veto = given.find((vote) => node.outcomes?.find(({ id }) => id === vote)?.veto === true)
  if (veto !== undefined && (isComplete || node.waitForAll !== true)) return veto
  const hearsAll = node.waitForAll ?? (mode === 'all' && node.quorum === undefined)
  if (hearsAll && !isComplete) return undefined
  const wanted = needed(node.quorum, votes.length)
  const others = given.filter((vote) => vote !== agreed)
  if (given.length - others.length >= wanted) return agreed
  return others.length > votes.length - wanted ? others[0] : undefined
}
