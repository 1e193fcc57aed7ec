import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Form } from '../edits/form-edit.ts'
import type { Chosen } from '../use-chosen.ts'

export type Selection = {
  /** Chosen fields, the leading one last. */
  readonly ids: readonly string[]
  readonly select: (ids: readonly string[]) => void
}
type Own = {
  readonly ids: readonly string[]
  /** What the address said when they were chosen, while it has not followed yet. */
  readonly before: { readonly at: string | undefined } | undefined
}

const none: Own = { ids: [], before: undefined }

/**
 * Which fields are chosen: at once, whatever the address says a moment later. The leading one stands in the address;
 * where that changes by itself (a link to a field, a step back) it wins.
 */
export function useSelection(form: Form, { at, choose }: Pick<Chosen, 'at' | 'choose'>): Selection {
  const [own, setOwn] = useState(none)
  const last = own.ids.at(-1)
  const ownAt = last === undefined ? undefined : `fields/${last}`
  const isSettled = at === ownAt
  useEffect(() => {
    if (isSettled) setOwn((now) => (now.before ? { ...now, before: undefined } : now))
  }, [isSettled])
  const isOwn = isSettled || (own.before !== undefined && own.before.at === at)
  const ids = useMemo(() => {
    const [list, id] = at?.split('/') ?? []
    const chosen = isOwn ? own.ids : list === 'fields' && id !== undefined ? [id] : []
    return chosen.filter((one) => form.fields.some((field) => field.id === one))
  }, [form.fields, at, isOwn, own.ids])
  const select = useCallback(
    (next: readonly string[]) => {
      const leading = next.at(-1)
      setOwn({ ids: next, before: { at } })
      choose(leading === undefined ? undefined : `fields/${leading}`)
    },
    [at, choose],
  )
  return useMemo(() => ({ ids, select }), [ids, select])
}
