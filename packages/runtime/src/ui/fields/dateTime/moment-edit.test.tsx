import type { FieldValue } from '@tenon/engine'
import { fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { emptyEnvironment, UiEnvironmentProvider } from '../../environment.tsx'
import { DateTimeEdit } from './Edit.tsx'

let now: FieldValue

function Stage({ zone, value }: { zone: string; value: string }) {
  const [shown, show] = useState<FieldValue>(value)
  now = shown
  return (
    <UiEnvironmentProvider value={{ ...emptyEnvironment, zone }}>
      <DateTimeEdit
        field={{ id: 'at', type: 'dateTime', label: 'At' }}
        id="at"
        value={shown}
        onChange={show}
        invalid={false}
        describedBy={undefined}
      />
    </UiEnvironmentProvider>
  )
}

function enter(text: string) {
  const box = screen.getByRole<HTMLInputElement>('textbox')
  fireEvent.mouseDown(box)
  fireEvent.change(box, { target: { value: text } })
  fireEvent.keyDown(box, { key: 'Enter' })
}

test.each([
  ['Asia/Shanghai', '2026-03-02 08:30', '2026-03-02T00:30:00.000Z'],
  ['Asia/Kathmandu', '2026-03-02 08:30', '2026-03-02T02:45:00.000Z'],
  // The clock goes from 2 to 3: what it never shows is an hour later.
  ['America/New_York', '2026-03-08 02:30', '2026-03-08T07:30:00.000Z'],
  // It shows 1:30 twice: the first time counts.
  ['America/New_York', '2026-11-01 01:30', '2026-11-01T05:30:00.000Z'],
])('in %s, %s is entered as it is shown there', (zone, text, instant) => {
  render(<Stage zone={zone} value="2026-07-01T00:10:00Z" />)
  enter(text)
  expect(now).toBe(instant)
})

test('a moment is shown by the clock of the zone', () => {
  render(<Stage zone="America/New_York" value="2026-07-01T00:10:00Z" />)
  expect(screen.getByRole<HTMLInputElement>('textbox').value).toBe('2026-06-30 20:10')
})

test('what is no moment is asked for anew', () => {
  render(<Stage zone="Asia/Shanghai" value="soon" />)
  expect(screen.getByRole<HTMLInputElement>('textbox').value).toBe('')
  enter('2026-03-02 08:30')
  expect(now).toBe('2026-03-02T00:30:00.000Z')
})
