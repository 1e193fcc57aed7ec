import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { LiveEvent } from '../../contract/index.ts'
import { client } from './client.ts'

/**
 * Listens to what changed on the server and asks again for what is on the screen. Events are gathered for a moment:
 * a bulk edit of a thousand rows is one question, not a thousand.
 */
export function useLive(): { readonly connected: boolean } {
  const cache = useQueryClient()
  const [connected, setConnected] = useState(true)

  useEffect(() => {
    const pending = new Map<string, readonly unknown[]>()
    let flushing: ReturnType<typeof setTimeout> | undefined
    let source: EventSource | undefined
    let retry: ReturnType<typeof setTimeout> | undefined
    let failures = 0
    let closed = false

    const flush = () => {
      flushing = undefined
      const keys = [...pending.values()]
      pending.clear()
      for (const queryKey of keys) void cache.invalidateQueries({ queryKey })
    }
    const again = (...keys: readonly (readonly unknown[])[]) => {
      for (const key of keys) pending.set(JSON.stringify(key), key)
      flushing ??= setTimeout(flush, 250)
    }
    const receive = (message: MessageEvent<string>) => {
      try {
        again(...keysOf(JSON.parse(message.data) as LiveEvent))
      } catch {
        // A line that is no event, for example a heartbeat of a proxy.
      }
    }
    const open = () => {
      source = new EventSource(client.eventsAddress())
      source.onopen = () => {
        // What happened while nobody listened is unknown: everything on the screen is asked again.
        if (failures > 0) void cache.invalidateQueries()
        failures = 0
        setConnected(true)
      }
      source.onmessage = receive
      for (const kind of ['record', 'task', 'notification', 'app', 'job', 'change'])
        source.addEventListener(kind, receive)
      source.onerror = () => {
        failures += 1
        if (failures > 2) setConnected(false)
        if (source?.readyState !== EventSource.CLOSED || closed) return
        retry = setTimeout(open, Math.min(30_000, 1000 * 2 ** Math.min(failures, 5)))
      }
    }
    open()
    return () => {
      closed = true
      source?.close()
      clearTimeout(retry)
      clearTimeout(flushing)
    }
  }, [cache])

  return { connected }
}

function keysOf(event: LiveEvent): readonly (readonly unknown[])[] {
  switch (event.kind) {
    case 'record':
      return [
        ['records', event.app, event.form],
        ['record', event.id],
        ['timeline', event.id],
        ['tasks'],
        ['badges'],
        ['board', event.app],
      ]
    case 'alert':
      return [['alerts'], ['alert', event.id], ['badges']]
    case 'task':
      return [
        ['tasks'],
        ['badges'],
        ...(event.id
          ? [
              ['record', event.id],
              ['task', event.id],
            ]
          : []),
      ]
    case 'notification':
      return [['notifications'], ['badges']]
    case 'app':
      return [['apps'], ['app', event.app]]
    case 'job':
      return [['jobs'], ['job', event.id]]
    // Only the designer shows drafts.
    case 'draft':
      return []
  }
}
