import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { Button } from 'antd'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { Dialog } from './Dialog.tsx'
import { DropMenu } from './DropMenu.tsx'

function Page() {
  const [asks, setAsks] = useState(false)
  return (
    <>
      <DropMenu menu={{ items: [{ key: 'remove', label: 'Remove', onClick: () => setAsks(true) }] }}>
        <Button>More</Button>
      </DropMenu>
      {asks && (
        <Dialog title="Remove it?" onCancel={() => setAsks(false)} cancelText="Keep it">
          <input aria-label="Why" autoFocus />
        </Dialog>
      )}
    </>
  )
}

test('what opened a menu, and the dialog behind it, has the keyboard again afterwards', async () => {
  render(<Page />)
  const more = screen.getByRole('button', { name: 'More' })
  more.focus()
  fireEvent.click(more)
  const entry = await screen.findByRole('menuitem', { name: 'Remove' })
  await waitFor(() => expect(document.activeElement?.closest('[role=menu]')).not.toBeNull())
  fireEvent.click(entry)
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Why')))
  fireEvent.click(screen.getByRole('button', { name: 'Keep it' }))
  await waitFor(() => expect(document.activeElement).toBe(more))
})

test('Escape in a menu gives the keyboard back', async () => {
  render(<Page />)
  const more = screen.getByRole('button', { name: 'More' })
  more.focus()
  fireEvent.click(more)
  await screen.findByRole('menuitem', { name: 'Remove' })
  await waitFor(() => expect(document.activeElement?.closest('[role=menu]')).not.toBeNull())
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape', keyCode: 27, which: 27 })
  await waitFor(() => expect(document.activeElement).toBe(more))
})
