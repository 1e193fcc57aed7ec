import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AppFile } from '../store/app-files.ts'

const textual = /\.(json|csv|md|txt|svg)$/

/** The files of an app's folder as a version keeps them, samples and README included. */
export function readFolder(folder: string): readonly AppFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path): AppFile => {
      const name = path.slice(folder.length).replaceAll('\\', '/').replace(/^\//, '')
      const bytes = readFileSync(path)
      return textual.test(name)
        ? { path: name, text: bytes.toString('utf8') }
        : { path: name, base64: bytes.toString('base64') }
    })
}
