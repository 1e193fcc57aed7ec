import { render, screen } from '@testing-library/react'
import { useLayoutEffect, useRef } from 'react'
import { expect, test, vi } from 'vitest'
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

test('what is chosen is painted before its controls are drawn; those of the former one are out of reach until then', async () => {
  const { rerender } = render(<Panel of="a" />)
  expect(seen).toEqual(['hidden'])
  const first = await screen.findByRole('button', { name: 'change a' })

  seen.length = 0
  const frame = vi.spyOn(globalThis, 'requestAnimationFrame').mockImplementation(() => 0)
  rerender(<Panel of="b" />)
  expect(seen).toEqual(['change a hidden'])
  expect(first.isConnected).toBe(true)

  const [painted] = frame.mock.lastCall ?? []
  frame.mockRestore()
  painted?.(0)
  const next = await screen.findByRole('button', { name: 'change b' })
  expect(first.isConnected).toBe(false)
  expect(next.parentElement?.style.contentVisibility).toBeFalsy()

  seen.length = 0
  rerender(<Panel of="b" />)
  expect(seen).toEqual(['change b'])
})
