import { useQuery } from '@tanstack/react-query'
import type { DesignProblem } from '@tenon/runtime/contract'
import { client } from '@tenon/runtime/page'
import { useDraftPart, useDraftSession } from './draft-context.tsx'

const none: readonly DesignProblem[] = []

/**
 * What is wrong with the draft, as the server sees it with everything that other apps and data say; of the revision that
 * was saved last. Empty while nothing was asked yet.
 */
export function useProblems(): readonly DesignProblem[] {
  const session = useDraftSession()
  const revision = useDraftPart((state) => (state.saving === 'saved' ? state.revision : -1))
  const { data } = useQuery({
    queryKey: ['design-problems', session.app, session.name, revision],
    queryFn: async () => (await client.design.validate(session.app, { draft: session.name, revision })).problems,
    enabled: revision >= 0,
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  return data ?? none
}

/** Problems of one definition; their paths are JSON Pointers inside it. */
export const problemsOf = (problems: readonly DesignProblem[], path: string): readonly DesignProblem[] =>
  problems.filter((problem) => problem.file === path)
