import { useEffect } from 'react'
import { useDraftPart } from '../draft/draft-context.tsx'

/** A window with edits the server has not got yet asks before it closes. */
export function LeaveGuard() {
  const open = useDraftPart((state) => state.saving !== 'saved')
  useEffect(() => {
    if (!open) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [open])
  return null
}
