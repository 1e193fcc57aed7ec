import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { loadLocale, startI18n } from '../shell/i18n.ts'
import { setPreferences } from '../shell/preferences.ts'
import PortalPage from './PortalPage.tsx'

const view = {
  title: { 'zh-CN': '服务中心', en: 'Service centre' },
  intro: { 'zh-CN': '请在这里报修', en: 'Tell us what is broken' },
  contact: '400-800-0000',
  locales: ['zh-CN', 'en'],
  zone: 'Asia/Shanghai',
  tracking: null,
  forms: [
    { title: { 'zh-CN': '报修', en: 'Ask for a repair' }, intro: null, token: 'first' },
    { title: 'Spare parts', intro: 'What you need, and where', token: 'second' },
  ],
}
let answer: { status: number; body: object }

beforeAll(() => startI18n('en'))
beforeEach(async () => {
  await loadLocale('en')
  setPreferences({ locale: 'en' })
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(answer.body), { status: answer.status }))
})
afterEach(() => {
  vi.unstubAllGlobals()
  localStorage.clear()
})

const open = () =>
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <PortalPage app="after_sales" />
    </QueryClientProvider>,
  )

test('what is open stands in order and leads to its form, which knows the way back', async () => {
  answer = { status: 200, body: view }
  open()
  await screen.findByRole('heading', { name: 'Service centre' })
  expect(document.title).toBe('Service centre')
  screen.getByText('Tell us what is broken')
  screen.getByText('400-800-0000')
  const offers = screen.getByRole('list', { name: 'What you can do here' })
  const links = [...offers.querySelectorAll('a')]
  expect(links.map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
    ['Ask for a repair', '/p/first?from=after_sales'],
    ['Spare partsWhat you need, and where', '/p/second?from=after_sales'],
  ])
  fireEvent.click(screen.getByRole('button', { name: /中文/ }))
  await screen.findByRole('heading', { name: '服务中心' })
  screen.getByText('报修')
})

test('with nothing to do and nothing to say it says so, and does not stand empty', async () => {
  answer = { status: 200, body: { ...view, intro: null, contact: ' ', locales: ['en'], forms: [] } }
  open()
  await screen.findByText('There is nothing to be done online at the moment.')
  expect(screen.queryByRole('list')).toBeNull()
  expect(screen.queryByRole('region', { name: 'Contact' })).toBeNull()
  expect(screen.queryByRole('button')).toBeNull()
})

test('an address that leads nowhere says so in words', async () => {
  answer = { status: 404, body: { type: 'x', title: 'x', status: 404, code: 'portal.notFound' } }
  open()
  await screen.findByText('No such page, or closed')
})
