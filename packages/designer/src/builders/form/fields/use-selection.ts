import { useCallback, useMemo, useState } from 'react'
import type { Form } from '../edits/form-edit.ts'
import type { Chosen } from '../use-chosen.ts'

export type Selection = {
  /** Chosen fields, the leading one last. */
  readonly ids: readonly string[]
  readonly select: (ids: readonly string[]) => void
}

/** Which fields are chosen. The leading one stands in the address; the others go when somebody leaves. */
export function useSelection(form: Form, { field, choose }: Chosen): Selection {
  const [many, setMany] = useState<readonly string[]>([])
  const ids = useMemo(() => {
    const exists = (id: string) => form.fields.some((one) => one.id === id)
    if (field === undefined || !exists(field)) return []
    return many.at(-1) === field ? many.filter(exists) : [field]
  }, [form.fields, field, many])
  const select = useCallback(
    (next: readonly string[]) => {
      const last = next.at(-1)
      setMany(next)
      choose(last === undefined ? undefined : `fields/${last}`)
    },
    [choose],
  )
  return useMemo(() => ({ ids, select }), [ids, select])
}
