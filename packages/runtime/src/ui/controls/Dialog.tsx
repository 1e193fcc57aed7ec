import { Modal, type ModalProps } from 'antd'
import { useEffect, useState } from 'react'

/** A dialog that is there while it is open; whoever closes it goes on where they were. */
export function Dialog(props: ModalProps) {
  useFocusBack()
  return <Modal open {...props} />
}

/** Gives the keyboard back, when this is gone, to what had it before; where that is gone too, to the page's contents. */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      // Later: what comes next may take the keyboard itself.
      setTimeout(() => {
        if (document.activeElement !== document.body) return
        const place = before?.isConnected ? before : document.querySelector('main')
        if (place instanceof HTMLElement) place.focus({ preventScroll: true })
      })
    },
    [before],
  )
}
