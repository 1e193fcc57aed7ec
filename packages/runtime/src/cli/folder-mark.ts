import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isObject, parseDocument, tellChanges } from '@tenon/engine'
import { ApiProblem, type AppFile, type Client } from '@tenon/runtime/contract'
import { documentOf } from '../server/commands/app/draft-files.ts'
import { allKinds } from '../server/commands/app/publish.ts'
import { fileFromWire } from '../server/doors/design-views.ts'
import { filesHash } from '../server/store/app-files.ts'
import { readAppFolder } from './app-folder.ts'
import { canonicalFiles } from './canonical-folder.ts'
import type { Terminal } from './terminal.ts'

/** Beside the definitions: what was published when the folder was pulled or pushed last. It may be kept in Git. */
const markName = '.tenon.json'

type Files = readonly AppFile[]
const hashOf = (files: Files): string => filesHash(files.map(fileFromWire))

export function writeMark(folder: string, app: string, files: Files): void {
  writeFileSync(join(folder, markName), `${JSON.stringify({ app, published: hashOf(files) }, null, 2)}\n`)
}

function readMark(folder: string, app: string): string | undefined {
  const path = join(folder, markName)
  if (!existsSync(path)) return undefined
  const parsed = parseDocument(readFileSync(path, 'utf8'))
  if (!parsed.ok || !isObject(parsed.value) || parsed.value.app !== app) return undefined
  return typeof parsed.value.published === 'string' ? parsed.value.published : undefined
}

/** What was published since the folder was pulled and would be taken back by pushing it; undefined: nothing was. */
export async function publishedSince(
  client: Client,
  folder: string,
  app: string,
  files: Files,
): Promise<{ readonly version: number; readonly files: Files } | undefined> {
  const mark = readMark(folder, app)
  if (mark === undefined) return undefined
  const live = await client.design.get(app).catch((error: unknown) => {
    if (error instanceof ApiProblem && error.status === 404) return undefined
    throw error
  })
  if (!live || [mark, hashOf(files)].includes(hashOf(live.files))) return undefined
  return { version: live.version, files: live.files }
}

/** What is in the folder, was never pushed, and would be lost by pulling over it; undefined: nothing would. */
export function unpushed(folder: string, app: string, published: Files): Files | undefined {
  if (!existsSync(join(folder, 'app.json'))) return undefined
  const { files } = canonicalFiles(readAppFolder(folder).files)
  return [readMark(folder, app), hashOf(published)].includes(hashOf(files)) ? undefined : files
}

/** Says in words how one state of an app differs from another. */
export function sayChanges(terminal: Terminal, from: Files, to: Files): void {
  const [before, after] = [from, to].map((files) => documentOf(files.map(fileFromWire)))
  for (const { file, text } of tellChanges(before ?? {}, after ?? {}, allKinds, terminal.locale))
    terminal.say(`  ${file}: ${text}`)
}
