import { useSyncExternalStore } from 'react'

let offsetMs = 0
const store = (periodMs: number) => {
  const listeners = new Set<() => void>()
  let timer: ReturnType<typeof setInterval> | undefined
  let now = Math.floor(Date.now() / periodMs) * periodMs
  const tick = () => {
    now = Date.now() + offsetMs
    for (const listener of listeners) listener()
  }
  return {
    subscribe(listener: () => void) {
      if (listeners.size === 0) {
        now = Date.now() + offsetMs
        timer = setInterval(tick, periodMs)
      }
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) clearInterval(timer)
      }
    },
    read: () => now,
    tick,
  }
}
const seconds = store(1000)
const minutes = store(60_000)

/** Moves the page's clock to the server's, so that a wrong clock of a computer does not show wrong countdowns. */
export function setServerTime(server: number): void {
  const found = server - Date.now()
  if (Math.abs(found - offsetMs) < 2000) return
  offsetMs = Math.abs(found) < 2000 ? 0 : found
  seconds.tick()
  minutes.tick()
}

/** Milliseconds since 1970, renewed every second: only the component that calls it draws again. */
export const useSecond = (): number => useSyncExternalStore(seconds.subscribe, seconds.read)
/** As `useSecond`, renewed every minute. */
export const useMinute = (): number => useSyncExternalStore(minutes.subscribe, minutes.read)
export const serverNow = (): number => Date.now() + offsetMs
