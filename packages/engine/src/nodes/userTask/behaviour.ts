import type { NodeOf } from '../../definitions/flow.ts'
import { completeActivity } from '../../flow/activities.ts'
import type { Run } from '../../flow/run.ts'
import type { Activity, Token } from '../../flow/types.ts'
import type { NodeBehaviour } from '../contract.ts'
import type { Outcome } from '../schemas.ts'

type UserTask = NodeOf<'userTask'>

/**
 * BPMN 2.0 §10.3.3.3 with the approval vocabulary: one task for whoever takes it (single), or one per person of which
 * the first answer counts (any, 或签) or all are needed (all, 会签; an outcome with veto ends it at once).
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
  answer: (run, node, activity) => {
    const outcome = decided(node, activity)
    if (outcome === undefined) return
    const token = run.token(activity.token)
    if (token) completeActivity(run, token, outcome)
  },
}

function open(run: Run, node: UserTask, token: Token): void {
  const assign = node.assign ?? []
  const people = (node.mode ?? 'single') === 'single' ? [] : run.context.people(assign, run.facts(token.scope))
  const tasks = (people.length === 0 ? [null] : people).map((person) => ({
    task: run.context.newId(),
    person,
    outcome: null,
  }))
  const activity = run.activityOf(token)
  if (activity) run.replaceActivity({ ...activity, tasks })
  for (const { task, person } of tasks) {
    run.emit({
      type: 'task.created',
      task,
      node: node.id,
      visit: token.visit,
      person,
      assign,
      limit: node.limit ?? null,
    })
  }
}

/** The outcome of the activity, null where the task has none to choose, undefined while answers are missing. */
function decided(node: UserTask, activity: Activity): string | null | undefined {
  const answers = activity.tasks.flatMap(({ outcome }) => (outcome === null ? [] : [outcome]))
  if (node.mode !== 'all') return named(node, answers[0])
  const veto = answers.find((answer) => outcomeOf(node, answer)?.veto === true)
  if (veto !== undefined) return veto
  if (answers.length < activity.tasks.length) return undefined
  return named(node, dissenting(node, answers) ?? answers[0])
}

/** In mode all the first outcome of the list needs everybody; the first other answer wins over it. */
const dissenting = (node: UserTask, answers: readonly string[]): string | undefined =>
  answers.find((answer) => answer !== node.outcomes?.[0]?.id)

const outcomeOf = (node: UserTask, id: string): Outcome | undefined =>
  node.outcomes?.find((outcome) => outcome.id === id)

/** Tasks without outcomes are answered with a mark that no edge names. */
const named = (node: UserTask, answer: string | undefined): string | null | undefined =>
  answer === undefined ? undefined : outcomeOf(node, answer) ? answer : null
