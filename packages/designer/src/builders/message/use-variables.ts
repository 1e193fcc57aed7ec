import { useQuery } from '@tanstack/react-query'
import { client } from '@tenon/runtime/page'
import { useMemo } from 'react'
import { useDraftPart, useDraftSession } from '../../draft/draft-context.tsx'

const none: { readonly [variable: string]: string } = {}

/** What the variables of the draft are on this installation, as texts that name them say it. */
export function useVariables(): { readonly [variable: string]: string } {
  const { app, name } = useDraftSession()
  const revision = useDraftPart((state) => (state.saving === 'saved' ? state.revision : -1))
  const { data } = useQuery({
    queryKey: ['design-needs', app, name, revision],
    queryFn: () => client.design.needs(app, name),
    enabled: revision >= 0,
    placeholderData: (before) => before,
  })
  return useMemo(
    () =>
      data
        ? Object.fromEntries(data.variables.flatMap(({ name: id, value }) => (value === null ? [] : [[id, value]])))
        : none,
    [data],
  )
}
