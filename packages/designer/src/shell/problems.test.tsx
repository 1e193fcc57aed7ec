import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { Client, DraftView } from '@tenon/runtime/contract'
import { addTexts, setPreferences, startI18n } from '@tenon/runtime/page'
import { fireEvent, render, screen } from '@testing-library/react'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { DraftProvider } from '../draft/draft-context.tsx'
import { DraftSession } from '../draft/draft-session.ts'
import { ProblemsButton } from './ProblemsButton.tsx'

vi.mock('./go-to.ts', () => ({ useGoTo: () => () => {} }))

beforeAll(async () => {
  addTexts({
    'zh-CN': async () => ({ designer: (await import('./locales/zh-CN/designer.json')).default }),
    en: async () => ({ designer: (await import('./locales/en/designer.json')).default }),
  })
  await startI18n('en')
})
beforeEach(() => setPreferences({ locale: 'en' }))

function show(answer: () => Promise<Response>): void {
  vi.stubGlobal('fetch', answer)
  const app = { id: 'demo', kind: 'app', schemaVersion: 1, version: '1.0.0', label: 'Demo', locales: ['en'], roles: [] }
  const files = [{ path: 'app.json', text: JSON.stringify(app) }]
  const view: Partial<DraftView> = { name: 'main', revision: 1, baseVersion: 1, liveVersion: 1, files }
  render(
    <QueryClientProvider client={new QueryClient()}>
      <DraftProvider session={new DraftSession({} as Client['design'], 'demo', view as DraftView)}>
        <ProblemsButton />
      </DraftProvider>
    </QueryClientProvider>,
  )
}
const isFine = () => screen.queryByText('No problems found; it can be published') !== null

test('a draft is called fine when the server has looked at it, not before', async () => {
  let answer = (_: Response) => {}
  show(() => new Promise((resolve) => (answer = resolve)))
  fireEvent.click(screen.getByRole('button', { name: 'Checking…' }))
  expect(isFine()).toBe(false)
  await vi.waitFor(() => answer(new Response(JSON.stringify({ problems: [] }))))
  await screen.findByRole('button', { name: 'No problems' })
  expect(isFine()).toBe(true)
})

test('a check that did not come through says so', async () => {
  show(() => Promise.reject(new TypeError('no network')))
  fireEvent.click(await screen.findByRole('button', { name: 'Not checked' }))
  expect(isFine()).toBe(false)
})
