import { fail, ok, type Problem, pointer, problem, type Result } from '@tenon/engine'
import { type AppFile, inOrder, isDefinition } from '../store/app-files.ts'
import { decoded, isPassedOver, readZip } from './read-zip.ts'
import { writeZip } from './write-zip.ts'

/** As much as a draft may hold. */
const limits = { files: 5000, fileBytes: 10 * 2 ** 20, allBytes: 20_000_000 }

const samples = /^sample\/[\p{L}\p{N}_. -]+$/u
/** What travels with an app beside its definitions. */
const companions = /^[\p{L}\p{N}_. -]+\.(md|txt|svg|png|jpg|jpeg|webp)$/iu
const isOfApp = (path: string): boolean => isDefinition(path) || samples.test(path) || companions.test(path)
export const isSample = (path: string): boolean => samples.test(path)

/** An app's files as a ZIP, byte for byte; without sample data where that is not wanted. The same app, the same bytes. */
export function packApp(files: readonly AppFile[], options: { readonly sample: boolean }): Uint8Array {
  const packed = files.filter(({ path }) => isOfApp(path) && (options.sample || !isSample(path)))
  return writeZip(
    new Map(
      packed.map((file) => [
        file.path,
        'text' in file ? Buffer.from(file.text, 'utf8') : Buffer.from(file.base64, 'base64'),
      ]),
    ),
  )
}

/**
 * The files of an app in a ZIP, or everything that is wrong with it: problems of the archive, files that are none of an
 * app's (`archive.foreignFile`), definitions that are not UTF-8, no `app.json`. A single folder around all is taken off.
 */
export function unpackApp(bytes: Uint8Array): Result<readonly AppFile[], readonly Problem[]> {
  const read = readZip(bytes, limits)
  if (!read.ok) return read
  const given = new Map([...read.value].filter(([path]) => !isPassedOver(path)))
  const root = rootOf([...given.keys()])
  if (root === undefined) return fail([problem('archive.noApp', '')])
  const files: AppFile[] = []
  const problems: Problem[] = []
  for (const [name, content] of given) {
    const path = name.slice(root.length)
    const text = decoded(content)
    if (!isOfApp(path)) problems.push(problem('archive.foreignFile', pointer(name)))
    else if (text !== undefined) files.push({ path, text: isDefinition(path) ? text.replace(/^\uFEFF/, '') : text })
    else if (isDefinition(path)) problems.push(problem('archive.encoding', pointer(name)))
    else files.push({ path, base64: Buffer.from(content).toString('base64') })
  }
  return problems.length > 0 ? fail(problems) : ok(inOrder(files))
}

/** What stands before `app.json` and every other name: nothing, or one folder. */
function rootOf(names: readonly string[]): string | undefined {
  if (names.includes('app.json')) return ''
  const [first = ''] = names
  const root = first.slice(0, first.indexOf('/') + 1)
  return root !== '' && names.includes(`${root}app.json`) && names.every((name) => name.startsWith(root))
    ? root
    : undefined
}
