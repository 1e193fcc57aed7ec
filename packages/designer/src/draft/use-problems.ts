import { replaceEqualDeep, useQuery } from '@tanstack/react-query'
import type { DesignProblem } from '@tenon/runtime/contract'
import { client } from '@tenon/runtime/page'
import { useDraftPart, useDraftSession } from './draft-context.tsx'
import type { DraftSession } from './draft-session.ts'

const none: readonly DesignProblem[] = []
const last = new WeakMap<DraftSession, readonly DesignProblem[]>()

/** The very same list as before where it says the same, so that nothing is drawn again for it. */
function kept(session: DraftSession, problems: readonly DesignProblem[]): readonly DesignProblem[] {
  const now = replaceEqualDeep(last.get(session), problems)
  last.set(session, now)
  return now
}

/**
 * What is wrong with the draft, as the server sees it with everything that other apps and data say; of the revision that
 * was saved last. Empty while nothing was asked yet.
 */
export function useProblems(): readonly DesignProblem[] {
  const session = useDraftSession()
  const revision = useDraftPart((state) => (state.saving === 'saved' ? state.revision : -1))
  const { data } = useQuery({
    queryKey: ['design-problems', session.app, session.name, revision],
    queryFn: async () =>
      kept(session, (await client.design.validate(session.app, { draft: session.name, revision })).problems),
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
