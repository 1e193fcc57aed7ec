import { type CSSProperties, type KeyboardEvent, useId, useState } from 'react'
import type { ChartMark } from '../charts/contract.ts'
import type { NamedMark } from './marks.ts'
import type { ChartLook } from './theme.ts'

const unseen: CSSProperties = {
  position: 'absolute',
  width: 1,
  height: 1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
}

/**
 * A chart by keyboard: one stop for all its figures, arrow keys from figure to figure, Enter opens the records. What is
 * chosen is shown over the chart while the list has the focus, and is read out by screen readers.
 */
export function MarkList({
  marks,
  label,
  look: { tokens },
  onMark,
}: {
  readonly marks: readonly NamedMark[]
  readonly label: string
  readonly look: ChartLook
  readonly onMark: (mark: ChartMark) => void
}) {
  const id = useId()
  const [chosen, setChosen] = useState(0)
  const [focused, setFocused] = useState(false)
  const at = Math.min(chosen, marks.length - 1)
  const current = marks[at]
  if (current === undefined) return null

  const onKeyDown = (event: KeyboardEvent) => {
    const moves: { readonly [key: string]: number } = {
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      ArrowLeft: at - 1,
      ArrowUp: at - 1,
      Home: 0,
      End: marks.length - 1,
    }
    const next = moves[event.key]
    if (next !== undefined) setChosen(Math.max(0, Math.min(next, marks.length - 1)))
    else if (event.key === 'Enter' || event.key === ' ') onMark(current.mark)
    else return
    event.preventDefault()
  }

  return (
    <div
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={`${id}-${at}`}
      onKeyDown={onKeyDown}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      style={{
        position: 'absolute',
        left: 8,
        bottom: 8,
        maxWidth: 'calc(100% - 16px)',
        outline: focused ? `2px solid ${tokens.primary}` : 'none',
        borderRadius: 6,
        background: focused ? tokens.surface : 'transparent',
        pointerEvents: 'none',
      }}
    >
      <div
        id={`${id}-${at}`}
        role="option"
        aria-selected="true"
        aria-posinset={at + 1}
        aria-setsize={marks.length}
        tabIndex={-1}
        style={focused ? { padding: '4px 8px', fontSize: 13, color: tokens.ink } : unseen}
      >
        {current.text}
      </div>
    </div>
  )
}
