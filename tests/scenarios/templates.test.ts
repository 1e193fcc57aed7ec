import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildApp, runScenario, type SourceFile } from '@tenon/engine'
import { describe, expect, it } from 'vitest'

/** Every template keeps the promises of its own scenarios, on the bare engine with a virtual clock. */
const templates = new URL('../../templates/', import.meta.url).pathname

for (const template of readdirSync(templates)) {
  describe(template, () => {
    const app = buildApp(filesOf(join(templates, template)), { version: 1 })
    it('builds', () => expect(app.ok ? [] : app.error).toEqual([]))
    if (!app.ok) return
    it('has scenarios', () => expect(app.value.scenarios.size).toBeGreaterThan(0))
    for (const scenario of app.value.scenarios.values()) {
      it(scenario.id, async () => {
        const report = await runScenario(app.value, scenario)
        if (!scenario.future) expect(report.failures).toEqual([])
      })
    }
  })
}

function filesOf(folder: string): readonly SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json') && !path.startsWith('sample'))
    .map((path) => ({ path: path.replaceAll('\\', '/'), json: JSON.parse(readFileSync(join(folder, path), 'utf8')) }))
}
