import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { PublicLinkList } from '@tenon/runtime/contract'
import { client } from '@tenon/runtime/page'
import { useDraftPart, useDraftSession } from '../../../draft/draft-context.tsx'

/** The links of this installation to the public forms of the app: made, replaced and switched off at once. */
export function usePublicLinks() {
  const { app } = useDraftSession()
  const version = useDraftPart(({ liveVersion }) => liveVersion)
  const cache = useQueryClient()
  const key = ['public-links', app, version]
  const links = useQuery({ queryKey: key, queryFn: () => client.design.publicLinks(app), enabled: version > 0 })
  const onSuccess = (next: PublicLinkList) => cache.setQueryData(key, next)
  const make = useMutation({ mutationFn: (form: string) => client.design.makePublicLink(app, form), onSuccess })
  const drop = useMutation({ mutationFn: (form: string) => client.design.dropPublicLink(app, form), onSuccess })
  return { links, make, drop, error: links.error ?? make.error ?? drop.error }
}
