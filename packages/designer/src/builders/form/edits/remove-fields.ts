import { type Locale, type UsageGraph, usageGraph, usagesOf, withoutElement } from '@tenon/engine'
import { type Documents, documentAt, withDocument } from '../../../draft/documents.ts'
import { retire } from '../../../edits/retired.ts'
import { kinds } from '../../kinds.ts'
import type { Form } from './form-edit.ts'
import { withoutPlaces } from './place-fields.ts'

/** Lists of a form whose entries are removed so; of a sub-table the list of its columns. */
export type ElementList = 'fields' | 'views' | 'stages' | 'checks' | 'actions' | `fields/${string}/fields`

/**
 * Takes elements out of a form together with every mention of them that is a mere entry: places in the layout, columns
 * of lists, fields of steps. What is a thought (a condition, a formula, a text) stays, for a person to decide. Their ids
 * are never given again: data, rights and history of the old would fall to the new.
 */
export function removeElements(
  documents: Documents,
  path: string,
  list: ElementList,
  ids: readonly string[],
): Documents {
  const form = documentAt(documents, path)
  if (!form) return documents
  const unplaced = list === 'fields' ? withoutPlaces(form as Form, new Set(ids)) : form
  const cleared = ids.reduce<Documents>(
    (all, id) => without(all, `${path}/${list}/${id}`),
    withDocument(documents, path, unplaced),
  )
  return retire(
    cleared,
    ids.map((id) => `${path}/${list}/${id}`),
  )
}

/** The same text in every language: places are asked for, not sentences. */
const anyLocale: Locale = 'zh-CN'

function without(documents: Documents, address: string): Documents {
  const graph: UsageGraph | undefined = usageGraph(documents, kinds)
  return withoutElement(documents, address, graph ? usagesOf(graph, address, anyLocale) : [])
}
