import { isObject } from '@tenon/engine'
import type { Documents } from '../draft/documents.ts'
import { withDocument } from '../draft/documents.ts'

type Ordered = { readonly id: string; readonly order?: number }
const usual = 100
const step = 10

const isRule = (document: unknown): document is Ordered => isObject(document) && document.kind === 'rule'

/** Paths of the rules of a form as they run: by order, equal ones by id. */
export function rulesInOrder(documents: Documents, form: unknown): readonly string[] {
  const rules = Object.entries(documents).flatMap(([path, document]) =>
    isRule(document) && (document as { form?: unknown }).form === form ? [{ path, document }] : [],
  )
  return rules
    .sort(({ document: one }, { document: other }) => {
      const byOrder = (one.order ?? usual) - (other.order ?? usual)
      return byOrder !== 0 ? byOrder : one.id < other.id ? -1 : 1
    })
    .map(({ path }) => path)
}

/**
 * The rules of a form with one moved to another place. Only the moved one changes where a number is free between its
 * new neighbours; else all are numbered anew.
 */
export function withRuleMoved(documents: Documents, form: unknown, from: number, to: number): Documents {
  const paths = rulesInOrder(documents, form)
  const path = paths[from]
  if (path === undefined || from === to || to < 0 || to >= paths.length) return documents
  const next = paths.toSpliced(from, 1).toSpliced(to, 0, path)
  const orderAt = (at: number): number | undefined => {
    const neighbour = next[at]
    return neighbour === undefined ? undefined : ((documents[neighbour] as Ordered).order ?? usual)
  }
  const before = orderAt(to - 1)
  const after = orderAt(to + 1)
  const free =
    before === undefined
      ? (after ?? usual) - step
      : after === undefined
        ? before + step
        : Math.floor((before + after) / 2)
  const fits = (before === undefined || free > before) && (after === undefined || free < after)
  if (fits) return withOrder(documents, path, free)
  return next.reduce((all, one, at) => withOrder(all, one, (at + 1) * step), documents)
}

function withOrder(documents: Documents, path: string, order: number): Documents {
  const document = documents[path] as Ordered
  return document.order === order ? documents : withDocument(documents, path, { ...document, order })
}
