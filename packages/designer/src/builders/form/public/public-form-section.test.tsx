import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { FormDefinition } from '@tenon/engine'
import type { Client, DraftView } from '@tenon/runtime/contract'
import { addTexts, setPreferences, startI18n } from '@tenon/runtime/page'
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { App } from 'antd'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { DraftProvider } from '../../../draft/draft-context.tsx'
import { DraftSession } from '../../../draft/draft-session.ts'
import { useForm } from '../use-form.ts'
import { PublicFormSection } from './PublicFormSection.tsx'

vi.mock('../ElementPanel.tsx', () => ({ ElementPanel: () => null }))

const path = 'forms/ticket.json'
const form: FormDefinition = {
  id: 'ticket',
  kind: 'form',
  schemaVersion: 1,
  label: 'Ticket',
  title: { formula: 'subject' },
  fields: [
    { id: 'subject', type: 'text', label: 'Subject', required: true },
    { id: 'customer', type: 'link', label: 'Customer', form: 'customer' },
    { id: 'site', type: 'text', label: 'Site' },
  ],
}
const design = {
  patchDraft: async (_: string, body: { revision: number }) => ({
    revision: body.revision + 1,
    patch: [],
    canUndo: true,
    canRedo: false,
  }),
} as unknown as Client['design']

let links: { origin: null; items: object[] }
const asked: string[] = []
beforeAll(async () => {
  const texts = (language: 'zh-CN' | 'en') => import(`../../../shell/locales/${language}/publicForm.json`)
  addTexts({
    'zh-CN': async () => ({ publicForm: (await texts('zh-CN')).default }),
    en: async () => ({ publicForm: (await texts('en')).default }),
  })
  await startI18n('en')
})
beforeEach(() => {
  setPreferences({ locale: 'en' })
  asked.length = 0
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    asked.push(`${init.method ?? 'GET'} ${url}`)
    if (url.endsWith('/validate')) return new Response(JSON.stringify({ problems: [] }))
    if (init.method === 'PUT') links = { origin: null, items: [{ ...links.items[0], token: 'a'.repeat(43) }] }
    if (init.method === 'DELETE') links = { origin: null, items: [{ ...links.items[0], token: null }] }
    return new Response(JSON.stringify(links))
  })
})

function Section() {
  const { form: now, edit } = useForm(path)
  return now ? <PublicFormSection path={path} form={now} edit={edit} /> : null
}

function show(document: FormDefinition): DraftSession {
  const app = { id: 'demo', kind: 'app', schemaVersion: 1, version: '1.0.0', label: 'Demo', locales: ['en'], roles: [] }
  const files = [
    { path: 'app.json', text: JSON.stringify(app) },
    { path, text: JSON.stringify(document) },
  ]
  const view: Partial<DraftView> = { name: 'main', revision: 1, baseVersion: 1, liveVersion: 1, files }
  const session = new DraftSession(design, 'demo', view as DraftView)
  render(
    <App>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <DraftProvider session={session}>
          <Section />
        </DraftProvider>
      </QueryClientProvider>
    </App>,
  )
  return session
}
const publicForm = (session: DraftSession) => (session.state().documents[path] as unknown as FormDefinition).publicForm

test('on: what must be filled in is asked; what shows the inside cannot be chosen; the link waits for publishing', async () => {
  links = { origin: null, items: [] }
  const session = show(form)
  const main = screen.getByRole('switch', { name: 'Public form' })
  act(() => void fireEvent.click(main))
  expect(publicForm(session)).toEqual({ fields: ['subject'] })
  const fields = within(screen.getByRole('group', { name: 'Fields that people outside fill in' }))
  expect(fields.getByRole<HTMLInputElement>('checkbox', { name: /Customer/ }).disabled).toBe(true)
  expect(fields.getByText(/not for outside/)).toBeTruthy()
  act(() => void fireEvent.click(fields.getByRole('checkbox', { name: 'Site' })))
  expect(publicForm(session)).toEqual({ fields: ['subject', 'site'] })
  expect(screen.getByRole<HTMLButtonElement>('button', { name: /Make a link/ }).disabled).toBe(true)
  await screen.findByText(/Once it is published/)
  act(() => void fireEvent.click(main))
  expect(publicForm(session)).toEqual({ fields: ['subject', 'site'], closed: true })
  expect(screen.queryByRole('button', { name: /Make a link/ })).toBeNull()
  // What was set stays in sight, and can be changed before it is opened again.
  screen.getByText(/What is set below is kept/)
  act(() => void fireEvent.click(fields.getByRole('checkbox', { name: /^Subject/ })))
  act(() => void fireEvent.click(main))
  expect(publicForm(session)).toEqual({ fields: ['site'] })
  expect(screen.queryByText(/What is set below is kept/)).toBeNull()
})

test('published: the link is made, shown with its code, and switched off after a question', async () => {
  links = { origin: null, items: [{ form: 'ticket', open: true, token: null, madeAt: null, madeBy: null }] }
  show({ ...form, publicForm: { fields: ['subject'] } })
  const make = await screen.findByRole<HTMLButtonElement>('button', { name: /Make a link/ })
  await waitFor(() => expect(make.disabled).toBe(false))
  fireEvent.click(make)
  await screen.findByText(`${location.origin}/p/${'a'.repeat(43)}`)
  expect(screen.getByRole('button', { name: /Download the QR code/ })).toBeTruthy()
  expect(asked).toContain('PUT /api/design/apps/demo/public-links/ticket')
  fireEvent.click(screen.getByRole('button', { name: 'Switch the link off' }))
  const question = await screen.findByRole('dialog')
  expect(asked.some((one) => one.startsWith('DELETE'))).toBe(false)
  fireEvent.click(within(question).getByRole('button', { name: 'Switch the link off' }))
  await screen.findByRole('button', { name: /Make a link/ })
  expect(asked).toContain('DELETE /api/design/apps/demo/public-links/ticket')
})
