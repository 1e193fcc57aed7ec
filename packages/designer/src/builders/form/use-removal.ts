import { type Breakage, breakagesOf, type Locale, usageGraph, usagesOf } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Documents } from '../../draft/documents.ts'
import { useDraftSession } from '../../draft/draft-context.tsx'
import { kinds } from '../kinds.ts'
import { useSay } from './announce.tsx'
import { type ElementList, removeElements } from './edits/remove-fields.ts'

type Removal = {
  readonly list: ElementList
  readonly ids: readonly string[]
  readonly what: string
  /** Mentions that go with it. */
  readonly forgotten: number
  readonly breakages: readonly Breakage[]
}
export type Remover = {
  readonly path: string
  /** What somebody wants to remove and has to think about first. */
  readonly asked: Removal | undefined
  readonly ask: (list: Removal['list'], ids: readonly string[], what: string) => void
  readonly confirm: () => void
  readonly cancel: () => void
}

/** Removes elements of a form: at once where nothing breaks, else after somebody has seen what would. */
export function useRemoval(path: string, onRemoved: () => void): Remover {
  const { t } = useTranslation('formBench')
  const { locale } = usePreferences()
  const session = useDraftSession()
  const say = useSay()
  const [asked, setAsked] = useState<Removal>()
  const remove = useCallback(
    ({ list, ids, what }: Pick<Removal, 'list' | 'ids' | 'what'>) => {
      const label = t('did.remove', { what })
      session.edit(label, (documents) => removeElements(documents, path, list, ids))
      say(t('said.remove', { what }))
      setAsked(undefined)
      onRemoved()
    },
    [session, path, t, say, onRemoved],
  )
  const ask = useCallback<Remover['ask']>(
    (list, ids, what) => {
      if (ids.length === 0) return
      const found = consequencesOf(
        session.state().documents,
        ids.map((id) => `${path}/${list}/${id}`),
        locale,
      )
      const breakages = found.flatMap((one) => one.breakages)
      const own = new Set(ids.map((id) => `${path}/${list}/${id}`))
      const real = breakages.filter(({ element }) => !own.has(element))
      if (real.length === 0) return remove({ list, ids, what })
      setAsked({
        list,
        ids,
        what,
        forgotten: found.reduce((sum, { forgotten }) => sum + forgotten, 0),
        breakages: real,
      })
    },
    [session, path, locale, remove],
  )
  return {
    path,
    asked,
    ask,
    confirm: useCallback(() => asked && remove(asked), [asked, remove]),
    cancel: useCallback(() => setAsked(undefined), []),
  }
}

type Consequences = { readonly forgotten: number; readonly breakages: readonly Breakage[] }

/** What removing each of the elements does elsewhere; a half-drawn draft is no ground for an answer. */
function consequencesOf(documents: Documents, addresses: readonly string[], locale: Locale): readonly Consequences[] {
  try {
    const graph = usageGraph(documents, kinds)
    if (!graph) return []
    return addresses.map((address) => {
      const usages = usagesOf(graph, address, locale)
      const forgotten = usages.filter(({ how }) => how === 'entry' || how === 'key').length
      return { forgotten, breakages: breakagesOf(graph, address, locale, usages) }
    })
  } catch {
    return []
  }
}
