import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useAfterPaint } from '../frame/after-paint.ts'
import { useSteady } from '../frame/use-steady.ts'
import { type EntryList, entryLists } from './edits/entries.ts'

export const benchTabs = ['fields', ...entryLists, 'settings', 'preview'] as const
export type BenchTab = (typeof benchTabs)[number]

export type Chosen = {
  readonly tab: BenchTab
  /** Address of the chosen element; undefined: none. */
  readonly at: string | undefined
  readonly section: string | undefined
  /** Entry of the list that the tab shows. */
  readonly entry: string | undefined
  /** Chooses an element by its address, `fields/priority`; undefined: none. */
  readonly choose: (at: string | undefined) => void
  /** As `choose`, for what is shown already: the address follows when that has been painted. */
  readonly follow: (at: string | undefined) => void
  readonly open: (tab: BenchTab) => void
}

const isTab = (name: string | undefined): name is BenchTab => benchTabs.some((tab) => tab === name)
const isList = (name: string | undefined): name is EntryList => entryLists.some((list) => list === name)

/** What is chosen in the bench: it stands in the address, so that it can be sent to a colleague and linked to. */
export function useChosen(): Chosen {
  const { at, tab } = useSearch({ from: '/$app' })
  const params = useParams({ from: '/$app/$kind/$id' })
  const navigate = useNavigate()
  const [list, id] = at?.split('/') ?? []
  const { later, cancel } = useAfterPaint()
  const go = (next: { at?: string; tab?: BenchTab }) => {
    cancel()
    void navigate({
      to: '/$app/$kind/$id',
      params,
      replace: true,
      search: (before: { readonly draft?: string }) => ({
        ...(before.draft === undefined ? {} : { draft: before.draft }),
        ...next,
      }),
    })
  }
  const choose = (next: string | undefined) =>
    go(next === undefined ? { tab: isTab(tab) ? tab : 'fields' } : { at: next })
  const ways = useSteady({
    choose,
    follow: (next: string | undefined) => (next === at ? cancel() : later(() => choose(next))),
    open: (next: BenchTab) => go({ tab: next }),
  })
  return useMemo(
    () => ({
      tab: isList(list) ? list : list === undefined && isTab(tab) ? tab : 'fields',
      at,
      section: list === 'layout' ? id : undefined,
      entry: isList(list) ? id : undefined,
      ...ways,
    }),
    [list, id, at, tab, ways],
  )
}
