import { type AppModel, isObject, type Locale, type MemoryMetrics, type Problem } from '@tenon/engine'
import { memoryMetricsOf } from '@tenon/reports'
import type { AppFile, DesignProblem } from '@tenon/runtime/contract'
import { systemClock } from '../server/clock.ts'
import { checkFiles } from '../server/commands/app/publish.ts'
import { designProblem, fileFromWire } from '../server/doors/design-views.ts'
import { parseSources } from '../server/store/app-files.ts'

/** Nothing installed: the app is judged by itself. */
const alone = { apps: { app: () => undefined, all: () => [], storage: () => undefined } } as unknown as Parameters<
  typeof checkFiles
>[3]

/** What is wrong with the files of an app, in the language of the person, and the app when nothing is. */
export function checkFolder(
  files: readonly AppFile[],
  locale: Locale,
): {
  readonly problems: readonly DesignProblem[]
  readonly app: AppModel | undefined
  readonly metrics: MemoryMetrics | undefined
} {
  const stored = files.map(fileFromWire)
  const checked = checkFiles({ kind: 'system', reason: 'validate' }, appIdOf(files), stored, alone, systemClock.now())
  const told = (problems: readonly Problem[]) =>
    problems.map((one) =>
      designProblem(
        one,
        files.map((file) => file.path),
        locale,
      ),
    )
  return checked.ok
    ? {
        problems: told(checked.value.warnings),
        app: checked.value.next,
        metrics: memoryMetricsOf(checked.value.next, checked.value.metrics),
      }
    : { problems: told(checked.error), app: undefined, metrics: undefined }
}

/** The id an app's files say it has; empty when they do not. */
export function appIdOf(files: readonly AppFile[]): string {
  const sources = parseSources(files.filter((file) => file.path === 'app.json').map(fileFromWire))
  const json = sources.ok ? sources.value[0]?.json : undefined
  return isObject(json) && typeof json.id === 'string' ? json.id : ''
}
