import { fireEvent, render, screen } from '@testing-library/react'
import { beforeAll, expect, test, vi } from 'vitest'
import { DraftStage, speakEnglish } from '../draft/testing/DraftStage.tsx'
import { ProblemsButton } from './ProblemsButton.tsx'

vi.mock('./go-to.ts', () => ({ useGoTo: () => () => {} }))

beforeAll(speakEnglish)

function show(answer: () => Promise<Response>): void {
  vi.stubGlobal('fetch', answer)
  render(
    <DraftStage>
      <ProblemsButton />
    </DraftStage>,
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
