import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { UrlView } from './View.tsx'

const field = { id: 'site', type: 'url', label: 'Site' } as const

test('a link beside the page, called by the address without its scheme', () => {
  render(<UrlView field={field} value="https://www.example.com/" />)
  const link = screen.getByRole('link', { name: 'www.example.com' })
  expect([link.getAttribute('href'), link.getAttribute('target')]).toEqual(['https://www.example.com/', '_blank'])
  expect(link.getAttribute('rel')?.split(' ')).toContain('noopener')
})

// Such values are refused wherever they are written; a page does not rely on it.
test.each(['javascript:alert(1)', 'JAVASCRIPT:alert(1)', 'data:text/html,x', '//example.com', ' https://a.example'])(
  '%s is text and no link',
  (value) => {
    render(<UrlView field={field} value={value} />)
    expect(screen.queryByRole('link')).toBeNull()
    expect(document.querySelector('[href]')).toBeNull()
  },
)
