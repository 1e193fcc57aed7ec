import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AppModel, buildApp, type Problem, type Result, type SourceFile } from '@tenon/engine'

const folder = new URL('../../templates/', import.meta.url).pathname

export const templates: readonly string[] = readdirSync(folder)

/** A template's app as the engine sees it, samples left aside. */
export const templateApp = (template: string): Result<AppModel, readonly Problem[]> =>
  buildApp(filesOf(join(folder, template)), { version: 1 })

function filesOf(app: string): readonly SourceFile[] {
  return readdirSync(app, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.json') && !path.startsWith('sample/'))
    .map((path) => ({ path, json: JSON.parse(readFileSync(join(app, path), 'utf8')) }))
}
