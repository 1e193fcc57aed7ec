import type { DraftView } from '@tenon/runtime/contract'
import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { beforeAll, expect, test, vi } from 'vitest'
import { DraftStage, speakEnglish } from '../draft/testing/DraftStage.tsx'
import { DraftMenu } from './DraftMenu.tsx'

vi.mock('@tanstack/react-router', () => ({ useNavigate: () => async () => {}, useParams: () => ({ app: 'demo' }) }))

beforeAll(speakEnglish)

test('a copy of the draft of an upgrade says what it is a copy of, and upgrades have a name', async () => {
  const files = [{ path: 'app.json', text: '{}' }]
  const view: Partial<DraftView> = { id: 'd1', name: 'upgrade-2', revision: 3, baseVersion: 5, files }
  const puts: { readonly path: string; readonly body: unknown }[] = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    if (init.method === 'PUT') puts.push({ path, body: JSON.parse(String(init.body)) })
    return new Response(JSON.stringify(path.includes('/drafts') ? { items: [{ name: 'upgrade-2' }] } : view))
  })
  render(
    <DraftStage view={view} design={{ draft: async () => view as DraftView }}>
      <DraftMenu />
    </DraftStage>,
  )
  fireEvent.click(screen.getByRole('button', { name: /Upgrade \(2\)/ }))
  fireEvent.click(await screen.findByText('Another draft'))
  fireEvent.change(await screen.findByLabelText('Name of the draft'), { target: { value: 'trial' } })
  fireEvent.click(screen.getByRole('button', { name: 'Create' }))
  await waitFor(() => expect(puts).toHaveLength(1))
  expect(puts[0]?.path).toContain('name=trial')
  expect(puts[0]?.body).toEqual({ files, baseVersion: 5, revision: 0, copyOf: 'upgrade-2' })
})
