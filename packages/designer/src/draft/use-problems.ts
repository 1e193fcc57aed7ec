import { replaceEqualDeep, useQuery } from '@tanstack/react-query'
import type { DesignProblem } from '@tenon/runtime/contract'
import { client } from '@tenon/runtime/page'
import { useDraftPart, useDraftSession } from './draft-context.tsx'
import type { DraftSession } from './draft-session.ts'

const none: readonly DesignProblem[] = []
/** After a check that did not come through. */
const againMs = 15_000
const last = new WeakMap<DraftSession, readonly DesignProblem[]>()

/** The very same list as before where it says the same, so that nothing is drawn again for it. */
function kept(session: DraftSession, problems: readonly DesignProblem[]): readonly DesignProblem[] {
  const now = replaceEqualDeep(last.get(session), problems)
  last.set(session, now)
  return now
}

/** What the server found in the draft, and whether it has looked at it at all. */
export type Findings = { readonly problems: readonly DesignProblem[]; readonly state: 'known' | 'asking' | 'failed' }

/**
 * What is wrong with the draft, as the server sees it with everything that other apps and data say; of the revision that
 * was saved last.
 */
export function useFindings(): Findings {
  const session = useDraftSession()
  const revision = useDraftPart((state) => (state.saving === 'saved' ? state.revision : -1))
  const { data, isError } = useQuery({
    queryKey: ['design-problems', session.app, session.name, revision],
    queryFn: async () =>
      kept(session, (await client.design.validate(session.app, { draft: session.name, revision })).problems),
    enabled: revision >= 0,
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    refetchInterval: (query) => query.state.status === 'error' && againMs,
  })
  return { problems: data ?? none, state: isError ? 'failed' : data === undefined ? 'asking' : 'known' }
}

/** The problems alone; empty while nothing was asked yet. */
export const useProblems = (): readonly DesignProblem[] => useFindings().problems

/** Problems of one definition; their paths are JSON Pointers inside it. */
export const problemsOf = (problems: readonly DesignProblem[], path: string): readonly DesignProblem[] =>
  problems.filter((problem) => problem.file === path)
