import type { TextValue } from '@tenon/engine'
import type { Simulated } from '@tenon/runtime/contract'
import type { TryStep } from './use-try.ts'

/** The try as a scenario of the app: the same steps, and at the end that everything stands as it stood. */
export function recordedScenario(
  answer: Pick<Simulated, 'scenario' | 'tasks' | 'instances' | 'record'>,
  {
    id,
    label,
    flow,
    stageField,
  }: { readonly id: string; readonly label: TextValue; readonly flow: string; readonly stageField: string | undefined },
): object {
  const played = answer.scenario as { readonly given: object; readonly steps: readonly TryStep[] }
  const instance = answer.instances.findLast((one) => one.flow === flow)
  const tasks = answer.tasks.filter((task) => task.flow === flow)
  const stage = stageField === undefined ? undefined : answer.record?.values[stageField]
  const expected: TryStep[] = [
    ...(instance ? [{ expect: { instance: { as: 'it', flow, status: instance.status } } }] : []),
    ...tasks.map(({ node, assignee }) => ({ expect: { task: { as: 'it', node, assignee } } })),
    ...(instance && tasks.length === 0 ? [{ expect: { noTask: { as: 'it' } } }] : []),
    ...(typeof stage === 'string' && stageField !== undefined
      ? [{ expect: { record: { as: 'it', values: { [stageField]: stage } } } }]
      : []),
  ]
  return { id, kind: 'scenario', schemaVersion: 1, label, given: played.given, steps: [...played.steps, ...expected] }
}
