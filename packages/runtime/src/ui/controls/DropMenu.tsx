import { Dropdown, type DropdownProps } from 'antd'
import { useRef } from 'react'

/** A button's menu: it has the keyboard while it is open, and the button again when something was taken from it. */
export function DropMenu({ menu, onOpenChange, ...props }: DropdownProps) {
  const opener = useRef<Element>(null)
  return (
    <Dropdown
      autoFocus
      trigger={['click']}
      {...props}
      menu={{
        ...menu,
        onClick: (taken) => {
          // The same stroke of Enter would press the button that gets the keyboard back.
          if (taken.domEvent.type === 'keydown') taken.domEvent.preventDefault()
          menu?.onClick?.(taken)
        },
      }}
      onOpenChange={(open, how) => {
        if (open) opener.current = document.activeElement
        else if (isLeft(how.source) && opener.current instanceof HTMLElement) opener.current.focus()
        onOpenChange?.(open, how)
      }}
    />
  )
}

/** Something was taken, or Escape pressed in the menu; whoever clicked elsewhere is there. */
const isLeft = (source: 'trigger' | 'menu') =>
  source === 'menu' || (document.activeElement?.closest('[role=menu]') ?? null) !== null
