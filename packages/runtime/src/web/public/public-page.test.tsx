import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type FormDefinition, formModel, formSchema } from '@tenon/engine'
import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { startI18n } from '../shell/i18n.ts'
import { setPreferences } from '../shell/preferences.ts'
import PublicPage from './PublicPage.tsx'

const definition: FormDefinition = {
  id: 'form',
  kind: 'form',
  schemaVersion: 1,
  label: 'Report',
  title: { formula: 'null' },
  fields: [
    { id: 'subject', type: 'text', label: 'Subject', required: true },
    { id: 'site', type: 'text', label: 'Site' },
  ],
}
const rights = { subject: 'edit', site: 'edit' } as const
const view = {
  title: { 'zh-CN': '报修', en: 'Report a fault' },
  intro: 'Tell us',
  locales: ['zh-CN', 'en'],
  zone: 'Asia/Shanghai',
  currency: 'CNY',
  definition,
  ...formSchema(formModel(definition, { id: 'x', currency: 'CNY' }), {
    mode: 'create',
    rights: new Map(Object.entries(rights)),
    locale: 'en',
  }),
  data: { site: 'Hall 1' },
  rights,
  fileMaxBytes: 1,
}

type Sent = { readonly url: string; readonly body: Record<string, unknown> }
const answers: { status: number; body: object }[] = []
const sent: Sent[] = []
const answer = (status: number, body: object) => answers.push({ status, body })

beforeAll(() => startI18n('en'))
beforeEach(() => {
  setPreferences({ locale: 'en' })
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (init.method === 'POST') sent.push({ url, body: JSON.parse(String(init.body)) as Sent['body'] })
    const next = answers.shift() ?? { status: 500, body: {} }
    return new Response(JSON.stringify(next.body), { status: next.status })
  })
  vi.stubGlobal('scrollTo', () => {})
  // jsdom lays nothing out, so it scrolls to nothing.
  Element.prototype.scrollIntoView = () => {}
})
afterEach(() => {
  vi.unstubAllGlobals()
  localStorage.clear()
  answers.length = 0
  sent.length = 0
})

const open = () =>
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <PublicPage token="abc" />
    </QueryClientProvider>,
  )
const send = () => fireEvent.click(screen.getByRole('button', { name: 'Send' }))

test('what is wrong is said before anything is sent; what was filled in is sent, and its number shown', async () => {
  answer(200, view)
  open()
  await screen.findByRole('heading', { name: 'Report a fault' })
  expect(screen.getByText('Tell us')).toBeTruthy()
  send()
  await screen.findByText('Subject is required')
  expect(sent).toEqual([])
  fireEvent.change(screen.getByLabelText(/Subject/), { target: { value: 'Paper jam' } })
  answer(201, { number: 'TK202611-0001', thanks: { en: 'We will call', 'zh-CN': '谢谢' } })
  send()
  await screen.findByText('TK202611-0001')
  expect(screen.getByText('We will call')).toBeTruthy()
  expect(sent).toMatchObject([
    { url: '/api/public/abc', body: { values: { subject: 'Paper jam', site: 'Hall 1' }, website: '' } },
  ])
  // Another one begins blank, with another key.
  fireEvent.click(screen.getByRole('button', { name: 'Fill in another one' }))
  expect((await screen.findByLabelText<HTMLInputElement>(/Subject/)).value).toBe('')
})

test('what the server refuses stands at its field, or above the button where there is none', async () => {
  answer(200, view)
  open()
  fireEvent.change(await screen.findByLabelText(/Subject/), { target: { value: 'x' } })
  answer(422, {
    type: 'x',
    title: 'Not right',
    status: 422,
    code: 'record.invalid',
    errors: [
      { path: '/subject', code: 'x', message: 'Too short' },
      { path: '', code: 'check.failed', message: 'Not on Sundays' },
    ],
  })
  send()
  await screen.findByText('Too short')
  expect(screen.getByText('Not on Sundays')).toBeTruthy()
})

test('a link that leads nowhere says so in words, in the language of the browser', async () => {
  answer(404, { type: 'x', title: 'No such form', status: 404, code: 'publicForm.notFound' })
  open()
  await screen.findByText('No such form, or no longer open')
})

test('the field for programs is out of reach for people and for readers of the screen', async () => {
  answer(200, view)
  const { container } = open()
  await screen.findByRole('heading', { name: 'Report a fault' })
  const trap = container.querySelector<HTMLInputElement>('input[name="website"]')
  expect(trap?.tabIndex).toBe(-1)
  expect(trap?.closest('[aria-hidden]')).toBeTruthy()
  if (trap) trap.value = 'https://pills.example'
  fireEvent.change(screen.getByLabelText(/Subject/), { target: { value: 'x' } })
  answer(422, { type: 'x', title: 'This was not sent', status: 422, code: 'publicForm.refused' })
  send()
  await waitFor(() => expect(sent[0]?.body.website).toBe('https://pills.example'))
  await screen.findByText('This was not sent')
})
