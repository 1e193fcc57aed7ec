import type { CSSProperties, ReactNode } from 'react'

const bare: CSSProperties = {
  background: 'none',
  border: 0,
  padding: 0,
  margin: 0,
  font: 'inherit',
  color: 'inherit',
  textAlign: 'inherit',
  cursor: 'pointer',
}

/** A button that looks like what is in it. The browser's own focus ring shows where the keyboard is. */
export function PlainButton({
  label,
  hint,
  onClick,
  children,
  style,
}: {
  readonly label?: string
  /** Shown when the pointer rests on it. */
  readonly hint?: string
  readonly onClick: () => void
  readonly children: ReactNode
  readonly style?: CSSProperties
}) {
  return (
    <button
      type="button"
      aria-label={label}
      title={hint}
      onClick={onClick}
      style={style ? { ...bare, ...style } : bare}
    >
      {children}
    </button>
  )
}
