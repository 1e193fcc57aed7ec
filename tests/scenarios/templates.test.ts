import { playScenario } from '@tenon/engine'
import { describe, expect, it } from 'vitest'
import { broken } from './invariants.ts'
import { templateApp, templateMetrics, templates } from './template-app.ts'

/** Every template keeps the promises of its own scenarios, on the bare engine with a virtual clock. */
describe.each(templates)('%s', (template) => {
  const app = templateApp(template)
  it('builds', () => expect(app.ok ? [] : app.error).toEqual([]))
  if (!app.ok) return
  it('has scenarios', () => expect(app.value.scenarios.size).toBeGreaterThan(0))
  it.each([...app.value.scenarios.values()])('$id', async (scenario) => {
    const { report, play } = await playScenario(
      app.value,
      scenario,
      new Map([[app.value.id, app.value]]),
      templateMetrics(template, app.value),
    )
    if (!scenario.future) expect(report.failures).toEqual([])
    expect(play.world.state.records.size).toBeGreaterThan(0)
    expect(broken(play)).toEqual({})
  })
})
