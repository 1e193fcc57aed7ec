import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalText, parseDocument } from '@tenon/engine'
import type { AppFile } from '@tenon/runtime/contract'
import { allKinds } from '../server/commands/app/publish.ts'
import { isDefinition } from '../server/store/app-files.ts'

/** The files with every definition in canonical text; one that cannot be read stays as it is. `changed` are paths. */
export function canonicalFiles(files: readonly AppFile[]): {
  readonly files: readonly AppFile[]
  readonly changed: readonly string[]
} {
  const changed: string[] = []
  const rewritten = files.map((file) => {
    const text = canonicalOf(file)
    if (text === undefined || text === file.text) return file
    changed.push(file.path)
    return { path: file.path, text }
  })
  return { files: rewritten, changed }
}

export function saveFiles(folder: string, files: readonly AppFile[], paths: readonly string[]): void {
  for (const file of files)
    if (paths.includes(file.path) && file.text !== undefined) writeFileSync(join(folder, file.path), file.text)
}

function canonicalOf({ path, text }: AppFile): string | undefined {
  if (text === undefined || !isDefinition(path)) return undefined
  const kind = Object.values(allKinds).find((one) => one.folder === (path === 'app.json' ? '' : path.split('/')[0]))
  const parsed = parseDocument(text)
  return kind && parsed.ok ? canonicalText(parsed.value, kind.schema) : undefined
}
