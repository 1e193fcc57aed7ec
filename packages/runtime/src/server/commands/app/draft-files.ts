import { canonicalText, isObject, parseDocument } from '@tenon/engine'
import { type AppFile, isDefinition } from '../../store/app-files.ts'
import { allKinds } from './publish.ts'

/** The files of an app as one document: a definition as its JSON, another text as a string, bytes as `{base64}`. */
export type AppDocument = { readonly [path: string]: unknown }

export const documentOf = (files: readonly AppFile[]): AppDocument =>
  Object.fromEntries(files.map((file) => [file.path, memberOf(file)]))

function memberOf(file: AppFile): unknown {
  if (!('text' in file)) return { base64: file.base64 }
  if (!isDefinition(file.path)) return file.text
  const parsed = parseDocument(file.text)
  return parsed.ok ? parsed.value : file.text
}

/** The document as files again: members that say the same keep their text byte for byte, others become canonical. */
export function filesOf(document: AppDocument, before: readonly AppFile[], known: AppDocument): readonly AppFile[] {
  const old = new Map(before.map((file) => [file.path, file]))
  return Object.entries(document).map(([path, member]) => {
    const file = old.get(path)
    return file && isSame(known[path], member) ? file : fileOf(path, member)
  })
}

const isSame = (one: unknown, other: unknown): boolean => one === other || JSON.stringify(one) === JSON.stringify(other)

function fileOf(path: string, member: unknown): AppFile {
  if (typeof member === 'string') return { path, text: member }
  if (!isDefinition(path) && isObject(member) && typeof member.base64 === 'string')
    return { path, base64: member.base64 }
  const kind = Object.values(allKinds).find((one) => one.folder === (path === 'app.json' ? '' : path.split('/')[0]))
  return { path, text: kind ? canonicalText(member, kind.schema) : `${JSON.stringify(member, null, 2)}\n` }
}
