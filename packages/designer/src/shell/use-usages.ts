import { type Breakage, breakagesOf, type Usage, usageGraph, usagesOf } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { useMemo } from 'react'
import { kinds } from '../builders/kinds.ts'
import { useCalmDocuments } from '../draft/draft-context.tsx'

export type Used = {
  readonly usages: readonly Usage[]
  /** What deleting it would break; with `tidied`, when mentions that can simply be taken out go with it. */
  readonly breaks: readonly Breakage[]
  readonly tidied: readonly Breakage[]
}
const nothing: Used = { usages: [], breaks: [], tidied: [] }

/** What refers to an element of the draft; undefined: a draft that cannot be read tells nothing. */
export function useUsages(address: string): Used | undefined {
  const { locale } = usePreferences()
  const documents = useCalmDocuments()
  return useMemo(() => {
    try {
      const graph = usageGraph(documents, kinds)
      if (!graph) return undefined
      const usages = usagesOf(graph, address, locale)
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
  }, [documents, address, locale])
}
