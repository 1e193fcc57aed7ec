import type { Locale, Principal } from '@tenon/engine'
import type { DesignProblem } from '@tenon/runtime/contract'
import type { Clock } from '../clock.ts'
import { checkFiles } from '../commands/app/publish.ts'
import type { AppFile } from '../store/app-files.ts'
import type { LiveMemory } from '../store/live-memory.ts'
import { designProblem } from './design-views.ts'

type Ports = { readonly memory: LiveMemory; readonly clock: Clock }

/** What keeps files from being published as this app, or warns, in words. */
export function problemsOf(
  { memory, clock }: Ports,
  by: Principal,
  app: string,
  files: readonly AppFile[],
  locale: Locale,
): DesignProblem[] {
  const checked = checkFiles(by, app, files, memory.now, clock.now())
  const paths = files.map((file) => file.path)
  const names = { live: memory.now.apps.app(app)?.model }
  return (checked.ok ? checked.value.warnings : checked.error).map((one) => designProblem(one, paths, locale, names))
}
