import { runScenario, type ScenarioReport } from '@tenon/engine'
import { metricsOf } from '../../queries/reading.ts'
import type { LoadedApp } from '../../store/apps.ts'
import type { Memory } from '../../store/live-memory.ts'
import { type Dictionary, figuresOf } from './figures.ts'

/** A promise of the live version that the next one would break: its scenario passed and no longer does. */
export type BrokenPromise = { readonly key: string; readonly scenario: string; readonly report: ScenarioReport }

/**
 * Plays the scenarios of the next version; those that fail although they pass in the live one are broken promises.
 * Milliseconds each, no database. A new scenario that fails has never been a promise.
 */
export async function brokenPromises(
  live: LoadedApp | undefined,
  dictionary: Dictionary,
  memory: Memory,
): Promise<readonly BrokenPromise[]> {
  if (!live) return []
  const { next } = dictionary
  const current = live.model
  const after = figuresOf(dictionary, memory)
  const before = figuresOf({ next: current, metrics: metricsOf(live) }, memory)
  const others = memory.apps.all().map((one) => [one.model.id, one.model] as const)
  const broken: BrokenPromise[] = []
  for (const scenario of next.scenarios.values()) {
    const promised = current.scenarios.get(scenario.id)
    if (!promised || scenario.future === true) continue
    const report = await runScenario(next, scenario, new Map([...others, [next.id, next]]), after)
    if (report.passed) continue
    const was = await runScenario(current, promised, new Map([...others, [current.id, current]]), before)
    if (was.passed) broken.push({ key: `promiseBroken:${scenario.id}`, scenario: scenario.id, report })
  }
  return broken
}
