import { useQuery } from '@tanstack/react-query'
import { elementsOf, parseDocument } from '@tenon/engine'
import { client } from '@tenon/runtime/page'
import { useCallback, useMemo } from 'react'
import { useDraftPart, useDraftSession } from '../../draft/draft-context.tsx'

/**
 * Whether an element (`forms/ticket/fields/priority/options/urgent`) is in the version that people use, so that records
 * may have it. True while nobody knows yet: what may have data is not deleted.
 */
export function useIsLive(): (address: string) => boolean {
  const { app } = useDraftSession()
  const version = useDraftPart(({ liveVersion }) => liveVersion)
  const { data } = useQuery({
    queryKey: ['design-live', app, version],
    queryFn: () => client.design.get(app),
    enabled: version > 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const known = useMemo(
    () =>
      data &&
      new Set(
        data.files.flatMap(({ path, text }) => {
          const parsed = path.startsWith('forms/') && text !== undefined ? parseDocument(text) : undefined
          const home = path.slice(0, -'.json'.length)
          return parsed?.ok ? elementsOf(parsed.value).map(({ address }) => `${home}/${address}`) : []
        }),
      ),
    [data],
  )
  return useCallback((address) => (version === 0 ? false : (known?.has(address) ?? true)), [known, version])
}
