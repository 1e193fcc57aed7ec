import { startTransition, useEffect, useState } from 'react'
import { useAfterPaint } from './after-paint.ts'

/**
 * A value for what comes once the change itself has been seen: as before until then, then drawn in pieces that the next
 * key or click interrupts.
 */
export function usePainted<T>(value: T, first: T): T {
  const [painted, setPainted] = useState(first)
  const { later } = useAfterPaint()
  useEffect(() => later(() => startTransition(() => setPainted(() => value))), [value, later])
  return painted
}
