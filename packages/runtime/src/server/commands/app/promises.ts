import { type AppModel, runScenario, type ScenarioReport } from '@tenon/engine'
import type { Memory } from '../../store/live-memory.ts'

/** A promise of the live version that the next one would break: its scenario passed and no longer does. */
export type BrokenPromise = { readonly key: string; readonly scenario: string; readonly report: ScenarioReport }

/**
 * Plays the scenarios of the next version; those that fail although they pass in the live one are broken promises.
 * Milliseconds each, no database. A new scenario that fails has never been a promise.
 */
export async function brokenPromises(
  current: AppModel | undefined,
  next: AppModel,
  memory: Memory,
): Promise<readonly BrokenPromise[]> {
  if (!current) return []
  const others = memory.apps.all().map((one) => [one.model.id, one.model] as const)
  const broken: BrokenPromise[] = []
  for (const scenario of next.scenarios.values()) {
    const before = current.scenarios.get(scenario.id)
    if (!before || scenario.future === true) continue
    const report = await runScenario(next, scenario, new Map([...others, [next.id, next]]))
    if (report.passed) continue
    const was = await runScenario(current, before, new Map([...others, [current.id, current]]))
    if (was.passed) broken.push({ key: `promiseBroken:${scenario.id}`, scenario: scenario.id, report })
  }
  return broken
}
