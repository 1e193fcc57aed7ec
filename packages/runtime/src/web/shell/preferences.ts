import { isLocale, type Locale } from '@tenon/engine'
import { useSyncExternalStore } from 'react'

/**
 * What a person chose for this browser; `system` follows the machine. The language begins as the browser's and changes
 * only by hand: a page that changes its language at sign-in has moved under one's eyes.
 */
export type Preferences = {
  readonly locale: Locale
  readonly theme: 'system' | 'light' | 'dark'
  readonly sideFolded: boolean
}

const key = 'tenon.preferences'
const listeners = new Set<() => void>()

function read(): Preferences {
  const first: Preferences = {
    locale: navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en',
    theme: 'system',
    sideFolded: false,
  }
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Preferences>
    return {
      locale: isLocale(kept.locale) ? kept.locale : first.locale,
      theme: kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : 'system',
      sideFolded: kept.sideFolded === true,
    }
  } catch {
    // Forbidden or broken storage: begin as on a new machine.
    return first
  }
}

let current = read()

export const preferences = (): Preferences => current
export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change }
  try {
    localStorage.setItem(key, JSON.stringify(current))
  } catch {
    // Kept for this visit only.
  }
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, preferences)

const dark = () => window.matchMedia('(prefers-color-scheme: dark)')
const subscribeDark = (changed: () => void) => {
  dark().addEventListener('change', changed)
  return () => dark().removeEventListener('change', changed)
}
/** Light or dark as it is to be drawn now. */
export function useMode(): 'light' | 'dark' {
  const { theme } = usePreferences()
  const system = useSyncExternalStore(subscribeDark, () => dark().matches)
  return theme === 'system' ? (system ? 'dark' : 'light') : theme
}
