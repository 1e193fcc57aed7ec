import type { FieldValue } from '@tenon/engine'
import { useEffect, useRef, useState } from 'react'
import type { ApprovalView } from '../../../contract/index.ts'
import type { FormSession } from '../../../ui/form/use-form-session.ts'

/**
 * Puts what was saved with the task (暂存) into its form, once, unless something newer is being typed there; gives when
 * it was saved while it stands in the form.
 */
export function useStoredDraft(approval: ApprovalView | undefined, session: FormSession): string | null {
  const [restored, setRestored] = useState<string | null>(null)
  const seen = useRef(false)
  const { draft } = approval ?? {}
  useEffect(() => {
    if (approval === undefined || seen.current) return
    seen.current = true
    if (!draft || session.dirty) return
    for (const [field, value] of Object.entries(draft.values)) session.set(field, value as FieldValue)
    setRestored(draft.at)
  }, [approval, draft, session])
  return session.dirty ? restored : null
}
