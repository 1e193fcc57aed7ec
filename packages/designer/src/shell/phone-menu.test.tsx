import type { DesignComment } from '@tenon/runtime/contract'
import { fireEvent, render, screen } from '@testing-library/react'
import { beforeAll, expect, test, vi } from 'vitest'
import { DraftStage, speakEnglish } from '../draft/testing/DraftStage.tsx'
import { PhoneMenu } from './PhoneMenu.tsx'

vi.mock('@tanstack/react-router', () => ({
  useNavigate: () => async () => {},
  useParams: () => ({ app: 'demo', kind: 'form', id: 'ticket' }),
  useSearch: () => undefined,
  useLocation: () => 'form/ticket',
}))
vi.mock('./PersonMenu.tsx', () => ({ usePersonItems: () => [{ key: 'out', label: 'Sign out' }] }))

beforeAll(speakEnglish)

const comment: Partial<DesignComment> = { id: 'c1', place: 'forms/ticket.json', body: 'Why two?', resolvedAt: null }
const answers: { readonly [end: string]: object } = {
  comments: { items: [comment] },
  drafts: { items: [{ name: 'trial' }] },
  presence: { people: [{ user: 'u2', name: 'Li Na', place: '', seenAt: '2026-01-01T00:00:00Z' }] },
}

test('on a phone one menu has what the bar has no room for', async () => {
  vi.stubGlobal('fetch', async (path: string) => {
    const end = Object.keys(answers).find((one) => path.split('?')[0]?.endsWith(one))
    return new Response(JSON.stringify(answers[end ?? ''] ?? { items: [] }))
  })
  const files = [
    { path: 'forms/ticket.json', text: JSON.stringify({ id: 'ticket', kind: 'form', label: 'Ticket', fields: [] }) },
  ]
  render(
    <DraftStage view={{ files }}>
      <PhoneMenu />
    </DraftStage>,
  )
  const more = screen.getByRole('button', { name: 'More tools' })
  fireEvent.click(more)
  for (const name of ['Redo', 'Where used', 'History', 'Comments, 1 open', 'Main draft', 'trial', 'Li Na', 'Sign out'])
    expect(await screen.findByText(name)).toBeTruthy()
  fireEvent.click(screen.getByText('Comments, 1 open'))
  expect(await screen.findByText('Why two?')).toBeTruthy()
  fireEvent.click(more)
  fireEvent.click(screen.getByText('Where used'))
  expect(await screen.findByText('Where “Ticket” is used')).toBeTruthy()
})
