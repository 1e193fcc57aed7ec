import type { LiveEvent } from '@tenon/runtime/contract'
import type { UserPrincipal } from '../auth/identity.ts'

/** An open page that wants to hear of changes. */
export type Listener = {
  /** Session or token it came in with; when that is gone, so is the stream. */
  readonly key: string
  readonly user: string
  principal(): UserPrincipal | undefined
  send(event: LiveEvent): void
  close(): void
}

export type HubPorts = {
  /** Which of these changed things the person may see. */
  visible(principal: UserPrincipal, events: readonly LiveEvent[]): Promise<readonly LiveEvent[]>
  /** Which sessions and tokens are still valid. */
  stillOpen(keys: readonly string[]): Promise<ReadonlySet<string>>
  report(error: unknown): void
}

/** Time in which changes are gathered, so that a burst asks the database once per person and not once per change. */
const gatherMs = 150
const checkEveryMs = 800
/** More distinct changes than this in one gathering are told as "the app has changed": pages then ask anew. */
const mostAtOnce = 200

export type Hub = ReturnType<typeof createHub>

/**
 * Tells open pages what has changed that they may see. Carries no values: a page asks for them, and the answer is
 * filtered like any other. Notices for one person (bell, tasks) name that person.
 */
export function createHub(ports: HubPorts) {
  const listeners = new Set<Listener>()
  let waiting = new Map<string, { event: LiveEvent; only: string | undefined }>()
  let timer: NodeJS.Timeout | undefined

  const flush = async () => {
    timer = undefined
    const changes = [...waiting.values()]
    waiting = new Map()
    for (const [user, group] of groupByUser(listeners)) await tell(user, group, changes)
  }

  const tell = async (
    user: string,
    group: readonly Listener[],
    changes: readonly { event: LiveEvent; only: string | undefined }[],
  ) => {
    const principal = group[0]?.principal()
    if (!principal) return
    const mine = changes.filter(({ only }) => only === undefined || only === user).map(({ event }) => event)
    if (mine.length === 0) return
    const seen = await ports.visible(principal, mine)
    for (const event of seen) for (const listener of group) listener.send(event)
  }

  const check = async () => {
    if (listeners.size === 0) return
    const open = await ports.stillOpen([...new Set([...listeners].map((listener) => listener.key))])
    for (const listener of [...listeners]) if (!open.has(listener.key)) drop(listener)
  }
  const checking = setInterval(() => void check().catch(ports.report), checkEveryMs)
  checking.unref()

  function drop(listener: Listener): void {
    if (listeners.delete(listener)) listener.close()
  }

  return {
    /** Announces a change after its commit; `only` names the one person it concerns. */
    publish(event: LiveEvent, only?: string): void {
      if (listeners.size === 0) return
      const key = `${only ?? ''} ${event.kind} ${event.app} ${event.form} ${event.id}`
      waiting.set(
        waiting.size < mostAtOnce ? key : `app ${event.app}`,
        waiting.size < mostAtOnce
          ? { event, only }
          : {
              event: { kind: 'app', app: event.app, form: null, id: null, record: null, version: null },
              only: undefined,
            },
      )
      timer ??= setTimeout(() => void flush().catch(ports.report), gatherMs)
    },
    listen(listener: Listener): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    count: () => listeners.size,
    close(): void {
      clearInterval(checking)
      clearTimeout(timer)
      for (const listener of [...listeners]) drop(listener)
    },
  }
}

function groupByUser(listeners: Iterable<Listener>): Map<string, Listener[]> {
  const groups = new Map<string, Listener[]>()
  for (const listener of listeners) groups.set(listener.user, [...(groups.get(listener.user) ?? []), listener])
  return groups
}
