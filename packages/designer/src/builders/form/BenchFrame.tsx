import { usePhone } from '@tenon/runtime/ui'
import { Drawer } from 'antd'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import styles from './form-bench.module.css'

type Side = 'left' | 'right'
export type OpenPanel = {
  readonly isOpen: { readonly [S in Side]: boolean }
  readonly toggle: (side: Side) => void
  /** Shows a panel that is a column; a sheet over the canvas opens only when somebody asks for it. */
  readonly open: (side: Side) => void
  /** Shows a panel and goes into it. */
  readonly enter: (side: Side) => void
  readonly close: (side: Side) => void
  readonly entered: { readonly side: Side; readonly times: number } | undefined
}

/** Which of the panels beside the canvas are open: columns on a wide window, sheets from below on a phone. */
export function usePanels(): OpenPanel {
  const phone = usePhone()
  const [isOpen, setOpen] = useState({ left: !phone, right: !phone })
  const [entered, setEntered] = useState<OpenPanel['entered']>()
  useEffect(() => setOpen({ left: !phone, right: !phone }), [phone])
  const put = useCallback((side: Side, open: boolean) => setOpen((before) => ({ ...before, [side]: open })), [])
  return useMemo(
    () => ({
      isOpen,
      entered,
      toggle: (side) => put(side, !isOpen[side]),
      open: (side) => {
        if (!phone) put(side, true)
        else put('left', false)
      },
      enter: (side) => {
        put(side, true)
        setEntered((before) => ({ side, times: (before?.times ?? 0) + 1 }))
      },
      close: (side) => put(side, false),
    }),
    [isOpen, entered, phone, put],
  )
}

type Props = {
  readonly panels: OpenPanel
  readonly left?: ReactNode
  readonly leftTitle?: string
  readonly right: ReactNode
  readonly rightTitle: string
  readonly children: ReactNode
}

/** Palette, canvas and properties beside one another. */
export function BenchFrame({ panels, left, leftTitle = '', right, rightTitle, children }: Props) {
  return (
    <div className={styles.frame}>
      {left !== undefined && (
        <Panel side="left" panels={panels} title={leftTitle}>
          {left}
        </Panel>
      )}
      <div className={styles.middle}>{children}</div>
      <Panel side="right" panels={panels} title={rightTitle}>
        {right}
      </Panel>
    </div>
  )
}

type PanelProps = {
  readonly side: Side
  readonly panels: OpenPanel
  readonly title: string
  readonly children: ReactNode
}

function Panel({ side, panels, title, children }: PanelProps) {
  const phone = usePhone()
  const body = useRef<HTMLDivElement>(null)
  const { entered } = panels
  useEffect(() => {
    if (entered?.side !== side) return
    const find = (what: string) => body.current?.querySelector<HTMLElement>(what)
    const entry = find('input, textarea, [contenteditable="true"], [role="combobox"]') ?? find('button')
    entry?.focus()
  }, [entered, side])
  if (phone)
    return (
      <Drawer
        placement="bottom"
        size="70%"
        open={panels.isOpen[side]}
        onClose={() => panels.close(side)}
        title={title}
        styles={{ body: { padding: 0 } }}
      >
        <div ref={body}>{children}</div>
      </Drawer>
    )
  if (!panels.isOpen[side]) return null
  return (
    <aside ref={body} className={side === 'left' ? styles.left : styles.right} aria-label={title}>
      {children}
    </aside>
  )
}
