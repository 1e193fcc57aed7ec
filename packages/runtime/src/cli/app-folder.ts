import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { AppFile } from '@tenon/runtime/contract'
import { isDefinition } from '../server/store/app-files.ts'
import { CliError } from './command.ts'

/** Files beside the definitions that travel with an app, byte for byte. */
const companions = /^(README(\.[\w-]+)?\.md|sample\/[\w.-]+|[\w-]+\.svg)$/
/** The files of an app's folder, sorted by path. Other files are named in `ignored` and stay where they are. */
export function readAppFolder(folder: string): {
  readonly files: readonly AppFile[]
  readonly ignored: readonly string[]
} {
  if (!existsSync(join(folder, 'app.json')))
    throw new CliError(
      {
        'zh-CN': '{folder} 里没有 app.json，不是应用文件夹',
        en: 'There is no app.json in {folder}: it is no app folder',
      },
      { folder },
    )
  const paths = readdirSync(folder, { recursive: true })
    .map((entry) => String(entry).split(sep).join('/'))
    .filter((path) => !path.split('/').some((part) => part.startsWith('.')) && statSync(join(folder, path)).isFile())
    .sort()
  const ours = paths.filter((path) => isDefinition(path) || companions.test(path))
  return { files: ours.map((path) => readAppFile(folder, path)), ignored: paths.filter((path) => !ours.includes(path)) }
}

function readAppFile(folder: string, path: string): AppFile {
  const bytes = readFileSync(join(folder, path))
  const text = bytes.toString('utf8')
  return Buffer.from(text, 'utf8').equals(bytes) ? { path, text } : { path, base64: bytes.toString('base64') }
}

export const bytesOf = (file: AppFile): Buffer =>
  file.text !== undefined ? Buffer.from(file.text, 'utf8') : Buffer.from(file.base64 ?? '', 'base64')

/** Makes the folder hold exactly these files of the app; files that are none of the app's stay untouched. */
export function writeAppFolder(
  folder: string,
  files: readonly AppFile[],
): { readonly written: number; readonly removed: number } {
  const wanted = new Map(files.map((file) => [file.path, bytesOf(file)]))
  let written = 0
  for (const [path, bytes] of wanted) {
    const target = safeTarget(folder, path)
    if (existsSync(target) && readFileSync(target).equals(bytes)) continue
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, bytes)
    written += 1
  }
  const present = existsSync(join(folder, 'app.json')) ? readAppFolder(folder).files.map((file) => file.path) : []
  const leftOver = present.filter((path) => !wanted.has(path))
  for (const path of leftOver) rmSync(safeTarget(folder, path))
  return { written, removed: leftOver.length }
}

/** A path inside the folder; a name from outside that leads elsewhere is refused. */
function safeTarget(folder: string, path: string): string {
  const target = resolve(folder, path)
  const inside = relative(resolve(folder), target)
  if (inside.startsWith('..') || inside === '' || resolve(inside) === inside) throw new CliError(path)
  return target
}
