import { useDeferredValue } from 'react'

/**
 * A definition for what is drawn of it: a moment behind what is typed into it, so that drawing never holds up the next
 * key; at once where `isDrawnAlike` says that more has changed than words, so that what is pointed at is what is there.
 */
export function useCalm<T>(value: T, isDrawnAlike: (calm: T, now: T) => boolean): T {
  const calm = useDeferredValue(value)
  return calm === value || isDrawnAlike(calm, value) ? calm : value
}
