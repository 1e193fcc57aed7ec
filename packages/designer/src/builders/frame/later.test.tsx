import { render, screen } from '@testing-library/react'
import { useLayoutEffect, useRef } from 'react'
import { expect, test } from 'vitest'
import { Later } from './Later.tsx'

const seen: string[] = []

/** A panel that remembers what it showed each time something was chosen. */
function Panel({ of }: { of: string }) {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const part = box.current?.firstElementChild as HTMLElement
    seen.push(`${part.textContent} ${part.style.contentVisibility}`.trim())
  })
  return (
    <div ref={box}>
      <Later of={of}>
        <button key={of} type="button">{`change ${of}`}</button>
      </Later>
    </div>
  )
}

test('what is chosen is answered before its controls are there; those of the former one are out of reach until then', () => {
  const { rerender } = render(<Panel of="a" />)
  expect(seen).toEqual(['hidden'])
  const first = screen.getByRole('button', { name: 'change a' })

  seen.length = 0
  rerender(<Panel of="b" />)
  expect(seen).toEqual(['change a hidden'])
  expect(first.isConnected).toBe(false)
  expect(screen.getByRole('button', { name: 'change b' }).parentElement?.style.contentVisibility).toBeFalsy()

  seen.length = 0
  rerender(<Panel of="b" />)
  expect(seen).toEqual(['change b'])
})
