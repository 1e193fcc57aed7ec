import { type Breakage, breakagesBy, breakagesOf, type Usage, usageGraph, usagesOf } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { useCallback, useMemo } from 'react'
import { kinds } from '../builders/kinds.ts'
import type { Documents } from '../draft/documents.ts'
import { useCalmDocuments, useDraftSession } from '../draft/draft-context.tsx'

export type Used = {
  readonly usages: readonly Usage[]
  /** What deleting it would break; with `tidied`, when mentions that can simply be taken out go with it. */
  readonly breaks: readonly Breakage[]
  readonly tidied: readonly Breakage[]
}
const nothing: Used = { usages: [], breaks: [], tidied: [] }

/**
 * What refers to an element of the draft; undefined: a draft that cannot be read tells nothing. `take`: the app without
 * the element, where more goes with it than mentions.
 */
export function useUsages(address: string, take?: (documents: Documents) => Documents): Used | undefined {
  const { locale } = usePreferences()
  const documents = useCalmDocuments()
  return useMemo(() => {
    try {
      const graph = usageGraph(documents, kinds)
      if (!graph) return undefined
      const usages = usagesOf(graph, address, locale)
      if (take) {
        const breaks = breakagesBy(graph, take(documents), locale)
        return { usages, breaks, tidied: breaks }
      }
      if (usages.length === 0) return { ...nothing, breaks: breakagesOf(graph, address, locale) }
      return {
        usages,
        breaks: breakagesOf(graph, address, locale),
        tidied: breakagesOf(graph, address, locale, usages),
      }
    } catch {
      // A half-drawn definition is no ground for an answer.
      return undefined
    }
  }, [documents, address, locale, take])
}

/** Whether anything refers to an element at this moment; of a draft that cannot be read nobody knows, so: yes. */
export function useIsUsed(): (address: string) => boolean {
  const { locale } = usePreferences()
  const session = useDraftSession()
  return useCallback(
    (address) => {
      try {
        const graph = usageGraph(session.state().documents, kinds)
        return !graph || usagesOf(graph, address, locale).length > 0
      } catch {
        return true
      }
    },
    [session, locale],
  )
}
