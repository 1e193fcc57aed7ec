import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { Client, DraftView } from '@tenon/runtime/contract'
import { addTexts, setPreferences, startI18n } from '@tenon/runtime/page'
import { fireEvent, render, screen, within } from '@testing-library/react'
import { beforeAll, expect, test, vi } from 'vitest'
import { DraftProvider } from '../draft/draft-context.tsx'
import { DraftSession } from '../draft/draft-session.ts'
import { DiscardDraft } from './DiscardDraft.tsx'

vi.mock('@tanstack/react-router', () => ({ useLocation: () => 'form/ticket' }))

beforeAll(async () => {
  addTexts({
    'zh-CN': async () => ({ designer: (await import('./locales/zh-CN/designer.json')).default }),
    en: async () => ({ designer: (await import('./locales/en/designer.json')).default }),
  })
  await startI18n('en')
  setPreferences({ locale: 'en' })
})

const change = (at: number) => ({ address: `a${at}`, kind: 'changed', text: `Field ${at} is required` })

test('before a draft is thrown away it says what goes, and whose work it is too', async () => {
  const answers: { readonly [end: string]: unknown } = {
    diff: { items: Array.from({ length: 14 }, (_, at) => change(at)) },
    presence: { people: [{ user: 'u', name: 'Wang Wu', place: '' }] },
  }
  vi.stubGlobal('fetch', async (path: string) => {
    const end = new URL(path, 'http://here').pathname.split('/').at(-1) ?? ''
    return new Response(JSON.stringify(answers[end]))
  })
  const view: Partial<DraftView> = { name: 'main', revision: 4, baseVersion: 2, liveVersion: 2, files: [] }
  const discarded = vi.fn(async () => {})
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <DraftProvider session={new DraftSession({} as Client['design'], 'demo', view as DraftView)}>
        <DiscardDraft name="Main draft" onDiscard={discarded} onClose={() => {}} />
      </DraftProvider>
    </QueryClientProvider>,
  )
  const dialog = await screen.findByRole('dialog', { name: 'Throw away the draft “Main draft”?' })
  await within(dialog).findByText('14 changes are lost')
  within(dialog).getByText('Field 11 is required')
  within(dialog).getByText('2 more')
  await within(dialog).findByText('Also in this draft: Wang Wu. Their changes are lost with it.')
  fireEvent.click(within(dialog).getByRole('button', { name: 'Throw this draft away' }))
  await vi.waitFor(() => expect(discarded).toHaveBeenCalledOnce())
})
