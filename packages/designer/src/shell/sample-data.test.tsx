import type { SampleView } from '@tenon/runtime/contract'
import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { DraftStage, speakEnglish } from '../draft/testing/DraftStage.tsx'
import { SampleData } from './SampleData.tsx'

type Sheet = SampleView['items'][number]
const job = (state: string, more: object): Sheet['job'] =>
  ({ id: '1', kind: 'import', state, title: '', done: 0, total: 10, phase: null, problem: null, ...more }) as never
const sheet = (file: string, of: Sheet['job']): Sheet => ({ file, form: 'customer', rows: 10, job: of })
const result = (more: object) => ({ rows: 10, created: 10, updated: 0, skipped: 0, failed: 0, errors: [], ...more })

let views: SampleView[]
const bodies: unknown[] = []
beforeAll(speakEnglish)
beforeEach(() => {
  bodies.length = 0
  vi.stubGlobal('fetch', async (_: string, init: RequestInit = {}) => {
    if (init.method === 'POST') bodies.push(JSON.parse(String(init.body)))
    return new Response(JSON.stringify(views.length > 1 ? views.shift() : views[0]))
  })
})

function show(): void {
  const files = [
    { path: 'forms/customer.json', text: JSON.stringify({ id: 'customer', kind: 'form', label: 'Customer' }) },
  ]
  render(
    <DraftStage view={{ files }}>
      <SampleData />
    </DraftStage>,
  )
}

test('an app without demo data says nothing of it', async () => {
  views = [{ loaded: false, items: [] }]
  show()
  await waitFor(() => expect(screen.queryByText('Demo data')).toBeNull())
})

test('tried first: each sheet with how far it is, then what is wrong, by row', async () => {
  const wrong = result({
    created: 9,
    failed: 1,
    dryRun: true,
    errors: [{ row: 3, column: 'level', message: 'No "gold"' }],
  })
  views = [
    { loaded: false, items: [sheet('a', null)] },
    { loaded: false, items: [sheet('a', job('running', { done: 5 }))] },
    { loaded: false, items: [sheet('a', job('done', { phase: 'checked', result: wrong }))] },
  ]
  show()
  fireEvent.click(await screen.findByRole('button', { name: 'Try it' }))
  await screen.findByRole('progressbar')
  await screen.findByText('Row 3: No "gold"', undefined, { timeout: 5000 })
  expect(screen.getByText(/1 row is wrong/)).toBeTruthy()
  expect(bodies).toEqual([{ dryRun: true }])
})

test('loaded, it is there and is not offered again', async () => {
  views = [
    { loaded: false, items: [sheet('a', null)] },
    { loaded: true, items: [sheet('a', job('done', { phase: 'done', result: result({ dryRun: false }) }))] },
  ]
  show()
  fireEvent.click(await screen.findByRole('button', { name: 'Import the demo data' }))
  await screen.findByText('10 imported')
  await screen.findByText('The demo data is in.')
  expect(screen.queryByRole('button')).toBeNull()
  expect(bodies).toEqual([{ dryRun: false }])
})
