import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AppModel, buildApp, type MemoryMetrics, type Problem, type Result, type SourceFile } from '@tenon/engine'
import { memoryMetricsOf, metricsIn } from '@tenon/reports'

const folder = new URL('../../templates/', import.meta.url).pathname

export const templates: readonly string[] = readdirSync(folder)

/** A template's app as the engine sees it, samples left aside. */
export const templateApp = (template: string): Result<AppModel, readonly Problem[]> =>
  buildApp(filesOf(join(folder, template)), { version: 1 })

/** The figures of a template's metrics, in memory. */
export const templateMetrics = (template: string, app: AppModel): MemoryMetrics =>
  memoryMetricsOf(app, metricsIn(filesOf(join(folder, template))))

function filesOf(app: string): readonly SourceFile[] {
  return readdirSync(app, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.json') && !path.startsWith('sample/'))
    .map((path) => ({ path, json: JSON.parse(readFileSync(join(app, path), 'utf8')) }))
}
