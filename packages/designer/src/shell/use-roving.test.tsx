import { fireEvent, render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useRoving } from './use-roving.ts'

const names = ['Asset', 'Contact', 'Customer', 'Ticket']

function List({ current }: { readonly current: string }) {
  const { container, ...roving } = useRoving(current)
  return (
    <nav ref={container} {...roving}>
      <div data-rows>
        <button type="button" data-row="" tabIndex={-1} aria-label="New form" />
        {names.map((name) => (
          <div key={name}>
            <a
              href={`#${name}`}
              data-row={`id_${name}`}
              tabIndex={-1}
              aria-current={name === current ? 'page' : undefined}
            >
              {name}
            </a>
            <button type="button" data-act tabIndex={-1}>
              {`More about ${name}`}
            </button>
          </div>
        ))}
      </div>
      <div data-rows>
        <a href="#bin" data-row="" tabIndex={-1} aria-current={current === 'Bin' ? 'page' : undefined}>
          Bin
        </a>
      </div>
    </nav>
  )
}

const stops = () => [...document.querySelectorAll<HTMLElement>('[tabindex="0"]')].map(nameOf)
const nameOf = (one: Element) => one.getAttribute('aria-label') ?? one.textContent
/** Presses keys one after another on what has the focus; gives what has it then. */
function press(...keys: readonly string[]) {
  for (const key of keys) fireEvent.keyDown(document.activeElement ?? document.body, { key })
  return nameOf(document.activeElement ?? document.body)
}

test('the many rows of a list are one stop: arrows, Home, End and letters move, what can be done with a row is at its right', () => {
  const { rerender } = render(<List current="Customer" />)
  expect(stops()).toEqual(['Customer', 'Bin'])
  screen.getByText('Customer').focus()
  expect(press('ArrowDown')).toBe('Ticket')
  expect(stops()).toEqual(['Ticket', 'Bin'])
  expect(press('ArrowDown')).toBe('Bin')
  expect(press('ArrowDown')).toBe('Bin')
  expect(press('Home')).toBe('New form')
  expect(press('ArrowDown', 'ArrowRight')).toBe('More about Asset')
  expect(press('ArrowLeft')).toBe('Asset')
  expect(press('ArrowRight', 'ArrowDown')).toBe('Contact')
  expect(press('End')).toBe('Bin')
  expect(press('c')).toBe('Contact')
  expect(press('u')).toBe('Customer')
  expect(stops()).toEqual(['Customer', 'Bin'])
  rerender(<List current="Asset" />)
  expect(stops()).toEqual(['Asset', 'Bin'])
  // A list that scrolls keeps a way in, whatever is shown.
  rerender(<List current="Bin" />)
  expect(stops()).toEqual(['Asset', 'Bin'])
})

test('a row is found by its id too, for names that no keyboard types', () => {
  render(<List current="Asset" />)
  screen.getByText('Asset').focus()
  expect(press('i', 'd', '_', 't')).toBe('Ticket')
})
