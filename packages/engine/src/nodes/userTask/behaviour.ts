import type { NodeOf } from '../../definitions/flow.ts'
import { completeActivity } from '../../flow/activities.ts'
import type { Run } from '../../flow/run.ts'
import type { Seat, Sent, Token } from '../../flow/types.ts'
import type { Id } from '../../kernel/ids.ts'
import type { NodeBehaviour } from '../contract.ts'
import { settle, takeSeats } from './seats.ts'

type UserTask = NodeOf<'userTask'>

/**
 * BPMN 2.0 §10.3.3.3 with the approval vocabulary of `policy.ts`: one task for whoever takes it (single), or a seat for
 * each person of which the first vote counts (any, 或签), all are asked (all, 会签) or one after the other (sequential,
 * 依次). A seat is one vote, given by its person and the signers added beside them (加签).
 */
export const userTask: NodeBehaviour<'userTask'> = {
  traits: {
    isActivity: true,
    isGateway: false,
    needsPerson: true,
    waits: true,
    mayHaveIncoming: true,
    mayHaveOutgoing: true,
  },
  arrive: open,
  answer: (run, node, activity) => settle(run, node, activity),
}

function open(run: Run, node: UserTask, token: Token): void {
  const entered = run.activityOf(token)
  if (!entered) return
  const { sent, ...activity } = entered
  const people = peopleFor(run, node, token, sent)
  if (people.length === 0) {
    run.emit({ type: 'task.passed', node: node.id, visit: token.visit, person: null, why: 'nobody' })
    completeActivity(run, token, node.outcomes?.[0]?.id ?? null)
    return
  }
  const agreed = sent === undefined && node.dedupe !== undefined ? (run.context.agreed?.(node.dedupe) ?? []) : []
  const seated = takeSeats(run, node, activity, people, agreed, sent)
  run.replaceActivity(seated)
  settle(run, node, seated)
}

/** Who has a seat; null: whoever takes it. Empty: nobody is to be asked. */
function peopleFor(run: Run, node: UserTask, token: Token, sent: Sent | undefined): readonly Seat[] {
  if (sent?.seats) return sent.seats
  const assign = node.assign ?? []
  const seat = (person: Id | null): Seat => ({ person, outcome: null })
  // Whom a strategy chooses is known only to the pipeline.
  const facts = run.facts(token.scope)
  const named = assign.some((who) => 'strategy' in who) ? undefined : run.context.people(assign, facts)
  if (named?.length === 0 && node.empty === 'autoPass') return []
  if ((node.mode ?? 'single') === 'single') return [single(node, sent?.person ?? null, named, seat)]
  const instead = typeof node.empty === 'object' ? run.context.people(node.empty.who, facts) : []
  const people = named !== undefined && named.length > 0 ? named : instead
  return people.length > 0 ? people.map(seat) : [seat(null)]
}

/** Of a task for one: the person it was sent to, or, to see whether they have agreed before, the only one there is. */
function single(
  node: UserTask,
  to: Id | null,
  named: readonly Id[] | undefined,
  seat: (person: Id | null) => Seat,
): Seat {
  if (to !== null) return seat(to)
  return seat(node.dedupe !== undefined && named?.length === 1 ? (named[0] ?? null) : null)
}
