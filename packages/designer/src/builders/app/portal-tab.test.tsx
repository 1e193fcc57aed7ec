import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { Client, DraftView } from '@tenon/runtime/contract'
import { addTexts, setPreferences, startI18n } from '@tenon/runtime/page'
import { act, fireEvent, render, screen, within } from '@testing-library/react'
import { App } from 'antd'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { DraftProvider } from '../../draft/draft-context.tsx'
import { DraftSession } from '../../draft/draft-session.ts'
import { PortalTab } from './PortalTab.tsx'

vi.mock('./PublicForms.tsx', () => ({ PublicForms: () => null }))

const design = {
  patchDraft: async (_: string, body: { revision: number }) => ({
    revision: body.revision + 1,
    patch: [],
    canUndo: true,
    canRedo: false,
  }),
} as unknown as Client['design']
const formOf = (id: string, label: string, isPublic: boolean) => ({
  id,
  kind: 'form',
  schemaVersion: 1,
  label,
  title: { formula: 'subject' },
  fields: [{ id: 'subject', type: 'text', label: 'Subject' }],
  ...(isPublic ? { publicForm: { fields: ['subject'] } } : {}),
})
const token = 'a'.repeat(43)
let links: { origin: string | null; portal: boolean; items: object[] }
const asked: string[] = []

vi.setConfig({ testTimeout: 60_000 })
beforeAll(async () => {
  addTexts({
    'zh-CN': async () => (await import('../../shell/locales/zh-CN/bundle.ts')).bundle,
    en: async () => (await import('../../shell/locales/en/bundle.ts')).bundle,
  })
  await startI18n('en')
})
beforeEach(() => {
  setPreferences({ locale: 'en' })
  asked.length = 0
  links = { origin: 'https://service.example', portal: false, items: [] }
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    asked.push(`${init.method ?? 'GET'} ${url}`)
    if (url.endsWith('/validate')) return new Response(JSON.stringify({ problems: [] }))
    if (init.method === 'PUT') links = { ...links, items: links.items.map((one) => ({ ...one, token })) }
    return new Response(JSON.stringify(links))
  })
})

function show(portal?: object): DraftSession {
  const app = { id: 'demo', kind: 'app', schemaVersion: 1, version: '1.0.0', label: 'Demo', locales: ['en'], roles: [] }
  const files = [
    { path: 'app.json', text: JSON.stringify({ ...app, navigation: [], ...(portal ? { portal } : {}) }) },
    { path: 'forms/ticket.json', text: JSON.stringify(formOf('ticket', 'Ticket', true)) },
    { path: 'forms/order.json', text: JSON.stringify(formOf('order', 'Order', true)) },
    { path: 'forms/inside.json', text: JSON.stringify(formOf('inside', 'Inside', false)) },
  ]
  const view: Partial<DraftView> = { name: 'main', revision: 1, baseVersion: 1, liveVersion: 1, files }
  const session = new DraftSession(design, 'demo', view as DraftView)
  render(
    <App>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <DraftProvider session={session}>
          <PortalTab path="app.json" />
        </DraftProvider>
      </QueryClientProvider>
    </App>,
  )
  return session
}
const portalOf = (session: DraftSession) => (session.state().documents['app.json'] as { portal?: object }).portal
const click = (element: HTMLElement) => act(async () => fireEvent.click(element))
const main = () => screen.getByRole('switch', { name: 'Portal' })

test('on: it offers what is open; off: what was set stays, and comes back', async () => {
  const session = show()
  expect(screen.queryByRole('group', { name: 'Forms it offers, in this order' })).toBeNull()
  await click(main())
  expect(portalOf(session)).toEqual({ forms: ['ticket', 'order'] })
  await act(async () => fireEvent.change(screen.getByLabelText('标题'), { target: { value: 'Service' } }))
  await click(main())
  expect(portalOf(session)).toEqual({ title: { 'zh-CN': 'Service' }, forms: ['ticket', 'order'], closed: true })
  await click(main())
  expect(portalOf(session)).toEqual({ title: { 'zh-CN': 'Service' }, forms: ['ticket', 'order'] })
})

test('the forms are put in order with the keys, taken off and put on again; none that is closed is offered', async () => {
  const session = show({ forms: ['ticket', 'order'] })
  const forms = within(screen.getByRole('group', { name: 'Forms it offers, in this order' }))
  await act(async () =>
    fireEvent.keyDown(forms.getByRole('button', { name: /Order/, description: /./ }), { key: 'ArrowUp' }),
  )
  expect(portalOf(session)).toEqual({ forms: ['order', 'ticket'] })
  await click(forms.getByRole('button', { name: 'Remove Ticket' }))
  expect(portalOf(session)).toEqual({ forms: ['order'] })
  await act(async () => fireEvent.mouseDown(forms.getByRole('combobox', { name: 'Add a form' })))
  const offers = screen.getAllByRole('option').map((option) => option.textContent)
  expect(offers.join()).not.toContain('Inside')
  await click(screen.getByTitle('Ticket'))
  expect(portalOf(session)).toEqual({ forms: ['order', 'ticket'] })
})

test('a published form without a link is said, with the way to make one; the address is there to copy', async () => {
  links = {
    ...links,
    items: [
      { form: 'ticket', open: true, token: null, madeAt: null, madeBy: null },
      { form: 'order', open: true, token: null, madeAt: null, madeBy: null },
    ],
  }
  show({ forms: ['ticket'] })
  await screen.findByText('https://service.example/p/demo')
  screen.getByText('Customers can open this address once it is published.')
  expect(screen.queryByText(/"Order" has no link yet/)).toBeNull()
  links = { ...links, portal: true }
  await click(screen.getByRole('button', { name: 'Make a link for "Ticket"' }))
  expect(asked).toContain('PUT /api/design/apps/demo/public-links/ticket')
  await screen.findByText('Customers find the portal at this address.')
  expect(screen.queryByText(/has no link yet/)).toBeNull()
  expect(screen.getByRole('link', { name: /Have a look/ }).getAttribute('href')).toBe('https://service.example/p/demo')
})
