import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { loadLocale, startI18n } from '../shell/i18n.ts'
import { setPreferences } from '../shell/preferences.ts'
import PortalPage from './PortalPage.tsx'

const id = '01900000-0000-7000-8000-000000000001'
const record = {
  form: 'ticket',
  id,
  kind: { 'zh-CN': '工单', en: 'Ticket' },
  number: 'TK1',
  title: 'TK1 No power',
  status: { label: { 'zh-CN': '处理中', en: 'At work' }, category: 'open' },
  created_at: '2026-11-01T08:00:00.000Z',
  updated_at: '2026-11-02T08:00:00.000Z',
}
const detail = {
  ...record,
  fields: [{ label: { en: 'Site', 'zh-CN': '地点' }, text: '<b>Hall 1</b>' }],
  progress: [
    { label: { en: 'Received', 'zh-CN': '已收到' }, category: 'new', at: '2026-11-01T08:00:00.000Z' },
    { label: { en: 'At work', 'zh-CN': '处理中' }, category: 'open', at: '2026-11-02T08:00:00.000Z' },
  ],
}
let isSignedIn: boolean
const sent: { url: string; body: unknown }[] = []
let refusal: object | undefined

const answerTo = (method: string, url: string): [number, object | null] => {
  if (url.endsWith('/code')) return [202, { ticket: 'a-ticket' }]
  if (url.endsWith('/session')) {
    if (refusal) return [403, refusal]
    isSignedIn = method === 'POST'
    return [204, null]
  }
  if (url.endsWith('/records')) return [200, { items: [record] }]
  if (url.endsWith(`/records/ticket/${id}`)) return [200, detail]
  return [
    200,
    {
      title: 'Service',
      intro: null,
      contact: null,
      locales: ['en'],
      zone: 'UTC',
      tracking: { signedIn: isSignedIn },
      forms: [],
    },
  ]
}

beforeAll(() => startI18n('en'))
beforeEach(async () => {
  await loadLocale('en')
  setPreferences({ locale: 'en' })
  isSignedIn = false
  refusal = undefined
  sent.length = 0
  location.hash = '#own'
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    const method = init.method ?? 'GET'
    if (method !== 'GET') sent.push({ url, body: init.body === undefined ? null : JSON.parse(String(init.body)) })
    const [status, body] = answerTo(method, url)
    return new Response(body === null ? null : JSON.stringify(body), { status })
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  location.hash = ''
})

const open = () =>
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <PortalPage app="after_sales" />
    </QueryClientProvider>,
  )
const press = (name: string) => act(async () => fireEvent.click(screen.getByRole('button', { name })))
const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })

test('a code is asked for and entered; then the own records stand there, and each with its progress', async () => {
  open()
  await screen.findByRole('heading', { name: 'My requests' })
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send me a code' }).disabled).toBe(true)
  type('Mail address', ' zhou@example.com ')
  await press('Send me a code')
  await screen.findByText(/If zhou@example.com is the address of one of our contacts/)
  type('Code of six digits', '12 34 56')
  await press('Sign in')
  const list = await screen.findByRole('list', { name: 'My requests' })
  expect(sent).toEqual([
    { url: '/api/portal/after_sales/code', body: { mail: 'zhou@example.com' } },
    { url: '/api/portal/after_sales/session', body: { ticket: 'a-ticket', code: '123456' } },
  ])
  const link = within(list).getByRole('link')
  expect(link.textContent).toContain('TK1 No power')
  expect(link.textContent).toContain('At work')
  await act(async () => {
    location.hash = link.getAttribute('href') ?? ''
    window.dispatchEvent(new HashChangeEvent('hashchange'))
  })
  const steps = await screen.findByRole('list', { name: 'Progress' })
  expect([...steps.querySelectorAll('strong')].map(({ textContent }) => textContent)).toEqual(['At work', 'Received'])
  expect(steps.querySelector('[aria-current="step"]')?.textContent).toContain('At work')
  screen.getByText('<b>Hall 1</b>')
})

test('a wrong code is said at once, and another can be asked for', async () => {
  refusal = { type: 'x', title: 'Wrong', detail: 'This code is wrong', status: 403, code: 'portal.wrongCode' }
  open()
  await screen.findByRole('heading', { name: 'My requests' })
  type('Mail address', 'zhou@example.com')
  await press('Send me a code')
  await screen.findByLabelText('Code of six digits')
  type('Code of six digits', '000000')
  await press('Sign in')
  await screen.findByRole('alert')
  await press('Another code or another address')
  screen.getByLabelText('Mail address')
  expect(screen.queryByRole('alert')).toBeNull()
})
