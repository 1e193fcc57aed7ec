import { fireEvent, render, screen, within } from '@testing-library/react'
import { beforeAll, expect, test, vi } from 'vitest'
import { DraftStage, speakEnglish } from '../draft/testing/DraftStage.tsx'
import { DiscardDraft } from './DiscardDraft.tsx'

vi.mock('@tanstack/react-router', () => ({ useLocation: () => 'form/ticket' }))

beforeAll(speakEnglish)

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
  const discarded = vi.fn(async () => {})
  render(
    <DraftStage view={{ revision: 4, baseVersion: 2, liveVersion: 2 }}>
      <DiscardDraft name="Main draft" onDiscard={discarded} onClose={() => {}} />
    </DraftStage>,
  )
  const dialog = await screen.findByRole('dialog', { name: 'Throw away the draft “Main draft”?' })
  await within(dialog).findByText('14 changes are lost')
  within(dialog).getByText('Field 11 is required')
  within(dialog).getByText('2 more')
  await within(dialog).findByText('Also in this draft: Wang Wu. Their changes are lost with it.')
  fireEvent.click(within(dialog).getByRole('button', { name: 'Throw this draft away' }))
  await vi.waitFor(() => expect(discarded).toHaveBeenCalledOnce())
})
