import type { FieldValue } from '@tenon/engine'
import { fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { beforeEach, expect, test } from 'vitest'
import { TimeEdit } from './Edit.tsx'

let kept: FieldValue
function Bench({ initial }: { initial: FieldValue }) {
  const [now, setNow] = useState(initial)
  kept = now
  return <TimeEdit field={{ id: 'at', type: 'time', label: 'At' }} id="it" value={now} onChange={setNow} />
}
const box = () => screen.getByRole<HTMLInputElement>('textbox')
beforeEach(() => {
  kept = null
})

test.each([
  ['9:05', '09:05:00'],
  ['3:20 PM', '15:20:00'],
  ['下午3点20分', '15:20:00'],
])('%s is read when it is left and when it is confirmed', (text, value) => {
  for (const leave of [() => fireEvent.keyDown(box(), { key: 'Enter' }), () => fireEvent.blur(box())]) {
    const { unmount } = render(<Bench initial={null} />)
    fireEvent.focus(box())
    fireEvent.change(box(), { target: { value: text } })
    leave()
    expect(kept).toBe(value)
    unmount()
  }
})

test('what is there is shown with its seconds, and what is no time of day changes nothing', () => {
  render(<Bench initial="23:59:58" />)
  expect(box().value).toBe('23:59:58')
  fireEvent.focus(box())
  fireEvent.change(box(), { target: { value: '25:00' } })
  fireEvent.blur(box())
  expect(kept).toBe('23:59:58')
})
