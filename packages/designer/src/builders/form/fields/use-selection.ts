import { useLayoutEffect, useState, useSyncExternalStore } from 'react'
import { useSteady } from '../../frame/use-steady.ts'
import type { Chosen } from '../use-chosen.ts'

/** Which fields are chosen. It stays the same object: what shows it asks for its own part, and only that is drawn again. */
export type Selection = {
  /** Chosen fields, the leading one last. */
  readonly ids: () => readonly string[]
  readonly select: (ids: readonly string[]) => void
  readonly subscribe: (listener: () => void) => () => void
}

const none: readonly string[] = []
const addressOf = (ids: readonly string[]): string | undefined => {
  const leading = ids.at(-1)
  return leading === undefined ? undefined : `fields/${leading}`
}
const leadingIn = (at: string | undefined): string | undefined => {
  const [list, id] = at?.split('/') ?? []
  return list === 'fields' ? id : undefined
}

function newSelection(at: string | undefined, exists: (id: string) => boolean) {
  const first = leadingIn(at)
  const listeners = new Set<() => void>()
  /** What the address may still say although something else was chosen since. */
  const former = new Set<string | undefined>()
  let said = at
  let chosen = first === undefined ? none : [first]
  let left = none
  const put = (next: readonly string[]) => {
    chosen = next
    for (const listener of listeners) listener()
  }
  return {
    ids: () => {
      if (chosen.every(exists)) return chosen
      const now = chosen.filter(exists)
      if (now.join() !== left.join()) left = now
      return left
    },
    choose: (next: readonly string[]) => {
      former.add(said).add(addressOf(chosen))
      put(next)
    },
    follow: (at: string | undefined) => {
      said = at
      const leading = leadingIn(at)
      if (leading === chosen.at(-1)) former.clear()
      else if (!former.has(at)) put(leading === undefined ? none : [leading])
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}

/**
 * The selection of a form: at once, whatever the address says a moment later. The leading field stands in the address;
 * where that changes by itself (a link to a field, a step back) it wins.
 */
export function useSelection(
  { at, follow }: Pick<Chosen, 'at' | 'follow'>,
  exists: (id: string) => boolean,
): Selection {
  const steady = useSteady({ exists, follow })
  const [store] = useState(() => newSelection(at, steady.exists))
  useLayoutEffect(() => store.follow(at), [store, at])
  const [selection] = useState<Selection>(() => ({
    ids: store.ids,
    subscribe: store.subscribe,
    select: (next) => {
      store.choose(next)
      steady.follow(addressOf(next))
    },
  }))
  return selection
}

export const useChosenIds = ({ ids, subscribe }: Selection): readonly string[] => useSyncExternalStore(subscribe, ids)

/** Whether a field is chosen, and whether it is the one the tab key leads to (`first`: where none is chosen). */
export function useStanding({ ids, subscribe }: Selection, id: string, first: boolean) {
  const standing = useSyncExternalStore(subscribe, () => {
    const chosen = ids()
    const leading = chosen.at(-1)
    const isStop = leading === undefined ? first : leading === id
    return `${chosen.includes(id)} ${isStop}`
  })
  return { isChosen: standing.startsWith('true'), isStop: standing.endsWith('true') }
}
