import type { LadderStep } from '../definitions/ladder.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { dueStep } from '../sla/thresholds.ts'
import type { Check } from './context.ts'

/** A clock has a timer of its own for the due moment, whose name no step may take. */
export const ladderSteps: Check = ({ app }) => [
  ...app.policies.flatMap((policy) =>
    policy.clocks.flatMap((clock, at) => reserved(clock.ladder, `/policies/${policy.id}.json/clocks/${at}/ladder`)),
  ),
  ...[...app.flows.values()].flatMap((flow) =>
    flow.nodes.flatMap((node, at) =>
      'limit' in node ? reserved(node.limit?.ladder, `/flows/${flow.id}.json/nodes/${at}/limit/ladder`) : [],
    ),
  ),
]

const reserved = (ladder: readonly LadderStep[] | undefined, path: string): Problem[] =>
  (ladder ?? []).flatMap(({ id }, at) =>
    id === dueStep ? [problem('ladder.reservedId', `${path}/${at}/id`, { id })] : [],
  )
