import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'

const isRow = '[data-row]'
const isAct = '[data-act]'
/** Letters typed within this time belong to one name. */
const pauseMs = 700

type Roving = {
  readonly container: RefObject<HTMLElement | null>
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onFocus: (event: FocusEvent) => void
}

/**
 * One stop for Tab in each list (`data-rows`) of many rows (`data-row`): up and down go from row to row, right and left to what can be
 * done with one (`data-act`) and back, Home and End to the ends, letters to the next row whose name or id begins so.
 * `current`: what is shown; when that changes, its row is the stop. Rows and acts are rendered with `tabIndex={-1}`.
 */
export function useRoving(current: string): Roving {
  const container = useRef<HTMLElement>(null)
  const typed = useRef({ text: '', at: 0 })
  const rows = () => [...(container.current?.querySelectorAll<HTMLElement>(isRow) ?? [])]
  /** Each list keeps one stop: what is wanted, else what is shown where that is new, else what was the stop before. */
  const settle = (wanted: HTMLElement | undefined, isNew: boolean) => {
    for (const list of container.current?.querySelectorAll('[data-rows]') ?? []) {
      const own = [...list.querySelectorAll<HTMLElement>(isRow)]
      const shown = own.find((row) => row.getAttribute('aria-current') === 'page')
      const before = own.find((row) => row.tabIndex === 0)
      const stop = own.find((row) => row === wanted) ?? (isNew ? shown : undefined) ?? before ?? shown ?? own[0]
      for (const row of own) row.tabIndex = row === stop ? 0 : -1
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place has another row
  useEffect(() => settle(undefined, true), [current])
  useEffect(() => settle(undefined, false))

  const find = (letter: string, from: HTMLElement): HTMLElement | undefined => {
    const now = performance.now()
    const { text, at } = typed.current
    typed.current = { text: (now - at < pauseMs ? text : '') + letter.toLowerCase(), at: now }
    const wanted = typed.current.text
    const all = rows()
    const here = all.indexOf(from)
    // A name that goes on being typed may be that of the row itself; a first letter leads on.
    const turned = wanted.length > 1 ? all.slice(here).concat(all.slice(0, here)) : all.slice(here + 1).concat(all)
    const begins = (text: string | null | undefined) => text?.trim().toLowerCase().startsWith(wanted) ?? false
    return turned.find((row) => begins(row.textContent) || begins(row.dataset.row))
  }
  const next = (key: string, row: HTMLElement, isOnAct: boolean): HTMLElement | undefined => {
    const all = rows()
    const at = all.indexOf(row)
    switch (key) {
      case 'ArrowDown':
        return all[at + 1]
      case 'ArrowUp':
        return all[at - 1]
      case 'Home':
        return all[0]
      case 'End':
        return all.at(-1)
      case 'ArrowRight':
        return isOnAct ? undefined : (row.parentElement?.querySelector<HTMLElement>(isAct) ?? undefined)
      case 'ArrowLeft':
        return isOnAct ? row : undefined
      default:
        return key.length === 1 && key !== ' ' ? find(key, row) : undefined
    }
  }
  return {
    container,
    onKeyDown(event) {
      if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return
      const act = event.target.closest<HTMLElement>(isAct)
      const row = act?.parentElement?.querySelector<HTMLElement>(isRow) ?? event.target.closest<HTMLElement>(isRow)
      const to = row && next(event.key, row, act !== null)
      if (!to) return
      event.preventDefault()
      to.focus()
    },
    onFocus({ target }) {
      const row = target.closest<HTMLElement>(isRow)
      if (row) settle(row, false)
    },
  }
}
