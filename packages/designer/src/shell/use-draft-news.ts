import { useQueryClient } from '@tanstack/react-query'
import type { LiveEvent } from '@tenon/runtime/contract'
import { client } from '@tenon/runtime/page'
import { useEffect } from 'react'
import { useDraftSession } from '../draft/draft-context.tsx'

/** Takes in what others do to the app while it is open: edits of the draft, comments, publishing. */
export function useDraftNews(): void {
  const session = useDraftSession()
  const cache = useQueryClient()
  useEffect(() => {
    const source = new EventSource(client.eventsAddress())
    const receive = (message: MessageEvent<string>) => {
      const event = read(message.data)
      if (event?.app !== session.app) return
      if (event.kind === 'draft') {
        if ((event.version ?? 0) > session.state().revision) void session.refresh()
        void cache.invalidateQueries({ queryKey: ['design-people', session.app] })
        void cache.invalidateQueries({ queryKey: ['design-comments', session.app] })
      }
      if (event.kind === 'app') {
        void session.refresh()
        void cache.invalidateQueries({ queryKey: ['design-versions', session.app] })
      }
    }
    source.addEventListener('draft', receive)
    source.addEventListener('app', receive)
    source.addEventListener('change', receive)
    source.onmessage = receive
    return () => source.close()
  }, [session, cache])
}

function read(data: string): LiveEvent | undefined {
  try {
    return JSON.parse(data) as LiveEvent
  } catch {
    // A heartbeat of a proxy.
    return undefined
  }
}
