import { useQuery } from '@tanstack/react-query'
import { client } from '@tenon/runtime/page'
import { useDraft, useDraftSession } from '../draft/draft-context.tsx'

/** What the draft changes in the version it was made from, in words. */
export function useUnpublished() {
  const session = useDraftSession()
  const { revision, baseVersion } = useDraft()
  return useQuery({
    queryKey: ['design-diff', session.app, 'draft', session.name, revision, baseVersion],
    queryFn: () => client.design.diff(session.app, { from: baseVersion, draft: session.name }),
    enabled: revision > 0 && baseVersion > 0,
    placeholderData: (before) => before,
  })
}
