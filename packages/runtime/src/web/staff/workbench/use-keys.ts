import { useEffect, useRef } from 'react'

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

/** Single keys of a page, named in lower case, silent while somebody types, a dialog is open, or the key belongs to a shortcut. */
export function useKeys(keys: { readonly [key: string]: () => void }): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || event.isComposing || isTyping(event.target)) return
      if (document.querySelector('[role="dialog"][aria-modal="true"]:not([style*="display: none"])')) return
      const act = latest.current[event.key.toLowerCase()]
      // Enter on a button or link is that button's.
      if (!act || (event.key === 'Enter' && event.target instanceof Element && event.target.closest('button, a')))
        return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
