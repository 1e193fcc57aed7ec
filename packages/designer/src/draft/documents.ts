import { isObject, parseDocument } from '@tenon/engine'
import type { DraftView } from '@tenon/runtime/contract'

/** The files of an app as one document: a definition as its JSON by path, another text as a string, bytes as `{base64}`. */
export type Documents = { readonly [path: string]: unknown }

const isDefinition = (path: string) => path.endsWith('.json') && !path.startsWith('sample/')

export function documentsOf(files: DraftView['files']): Documents {
  return Object.fromEntries(files.map((file) => [file.path, memberOf(file)]))
}

function memberOf({ path, text, base64 }: DraftView['files'][number]): unknown {
  if (text === undefined) return { base64 }
  if (!isDefinition(path)) return text
  const parsed = parseDocument(text)
  return parsed.ok ? parsed.value : text
}

/** The definition at a path, as an object of whatever is in it; undefined: there is none. */
export const documentAt = (documents: Documents, path: string): { readonly [key: string]: unknown } | undefined => {
  const found = Object.hasOwn(documents, path) ? documents[path] : undefined
  return isObject(found) ? found : undefined
}

/** The same documents with another one at a path; undefined takes it away. */
export function withDocument(documents: Documents, path: string, document: unknown): Documents {
  if (document !== undefined) return { ...documents, [path]: document }
  const { [path]: _gone, ...rest } = documents
  return rest
}
