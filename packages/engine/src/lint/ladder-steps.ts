import type { LadderStep } from '../definitions/ladder.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { ownSteps } from '../sla/thresholds.ts'
import type { Check } from './context.ts'

/** A clock has timers of its own, for the due moment and the end of a pause, whose names no step may take. */
export const ladderSteps: Check = ({ app }) => [
  ...app.policies.flatMap((policy) =>
    policy.clocks.flatMap((clock, at) => [
      ...reserved(clock.ladder, `/policies/${policy.id}.json/clocks/${at}/ladder`),
      ...answering(clock.ladder, `/policies/${policy.id}.json/clocks/${at}/ladder`),
    ]),
  ),
  ...[...app.flows.values()].flatMap((flow) =>
    flow.nodes.flatMap((node, at) =>
      'limit' in node ? reserved(node.limit?.ladder, `/flows/${flow.id}.json/nodes/${at}/limit/ladder`) : [],
    ),
  ),
]

const reserved = (ladder: readonly LadderStep[] | undefined, path: string): Problem[] =>
  (ladder ?? []).flatMap(({ id }, at) =>
    ownSteps.includes(id) ? [problem('ladder.reservedId', `${path}/${at}/id`, { id })] : [],
  )

/** A clock of a policy is about a record, which has no answer to give. */
const answering = (ladder: readonly LadderStep[] | undefined, path: string): Problem[] =>
  (ladder ?? []).flatMap(({ outcome }, at) =>
    outcome === undefined ? [] : [problem('ladder.outcomeUnknown', `${path}/${at}/outcome`, { outcome })],
  )
