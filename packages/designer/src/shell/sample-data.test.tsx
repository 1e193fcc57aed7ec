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
  views = [{ loaded: false, people: null, items: [] }]
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
    { loaded: false, people: null, items: [sheet('a', null)] },
    { loaded: false, people: null, items: [sheet('a', job('running', { done: 5 }))] },
    { loaded: false, people: null, items: [sheet('a', job('done', { phase: 'checked', result: wrong }))] },
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
    { loaded: false, people: null, items: [sheet('a', null)] },
    {
      loaded: true,
      people: null,
      items: [sheet('a', job('done', { phase: 'done', result: result({ dryRun: false }) }))],
    },
  ]
  show()
  fireEvent.click(await screen.findByRole('button', { name: 'Import the demo data' }))
  await screen.findByText('10 imported')
  await screen.findByText('The demo data is in.')
  expect(screen.queryByRole('button')).toBeNull()
  expect(bodies).toEqual([{ dryRun: false }])
})

const people = (more: object): SampleView['people'] =>
  ({ count: 3, tickets: 2, allowed: true, made: [], job: null, ...more }) as never

test('people and running work are a choice of their own, not made unless it is; how far the work is, is shown', async () => {
  const loaded = job('done', { phase: 'done', result: result({ dryRun: false }) })
  const made = [
    { username: 'boss-2', name: 'Bo', as: 'boss' },
    { username: 'anna', name: 'Anna', as: 'anna' },
  ]
  views = [
    { loaded: false, people: people({}), items: [sheet('a', null)] },
    { loaded: true, people: people({ made, job: job('running', { done: 5 }) }), items: [sheet('a', loaded)] },
    {
      loaded: true,
      people: people({ made, job: job('done', { phase: 'done', result: result({ created: 2, dryRun: false }) }) }),
      items: [sheet('a', loaded)],
    },
  ]
  show()
  const choice = await screen.findByRole<HTMLInputElement>('checkbox', {
    name: /Also make 3 demo people, with 2 records/,
  })
  expect(choice.checked).toBe(false)
  fireEvent.click(choice)
  screen.getByText(/cannot sign in unless an administrator gives them a password/)
  fireEvent.click(screen.getByRole('button', { name: 'Import the demo data' }))
  await screen.findByRole('progressbar')
  expect(bodies).toEqual([{ dryRun: false, people: true }])
  await screen.findByText('2 worked on', undefined, { timeout: 5000 })
  screen.getByText(/There are 2 demo people/)
  screen.getByText('Their user names were taken, so they are called: Bo boss-2.')
})

test('who may not make accounts is told why it is not offered', async () => {
  views = [{ loaded: false, people: people({ allowed: false }), items: [sheet('a', null)] }]
  show()
  await screen.findByText(/Making accounts takes an administrator/)
  expect(screen.queryByRole('checkbox')).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'Import the demo data' }))
  await waitFor(() => expect(bodies).toEqual([{ dryRun: false }]))
})

test('running work that broke off says so, and what of it is still there', async () => {
  const loaded = job('done', { phase: 'done', result: result({ dryRun: false }) })
  const broken = (created: number) =>
    job('failed', { problem: { code: 'x', message: 'Record 2 failed.' }, result: result({ created }) })
  views = [{ loaded: true, people: people({ job: broken(1) }), items: [sheet('a', loaded)] }]
  show()
  expect((await screen.findByRole('alert')).textContent).toContain('Record 2 failed. 1 record could not be taken back')
  expect(screen.queryByRole('button')).toBeNull()
})
