import { type FlowNode, type FormDefinition, formModel } from '@tenon/engine'
import type { Simulated } from '@tenon/runtime/contract'
import { RefsProvider } from '@tenon/runtime/ui'
import { fireEvent, render, screen } from '@testing-library/react'
import { beforeAll, expect, test, vi } from 'vitest'
import { Stage, speak } from '../panels/testing/Stage.tsx'
import { TaskCard } from './TaskCard.tsx'

// The first drawing of the kit takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

vi.mock('@tenon/runtime/page', () => ({
  client: { people: () => Promise.resolve({ items: [] }) },
  useSession: () => ({ user: { id: 'u1', username: 'admin', name: 'Admin', locale: 'en' } }),
}))

const task = {
  form: 'ticket',
  flow: 'sop',
  node: 'intake',
  label: 'Accept',
  outcomes: [],
  people: ['li'],
  assignee: 'li',
  candidates: [],
  dueAt: null,
} as unknown as Simulated['tasks'][number]
const answer = {
  now: '2026-03-02T08:00:00Z',
  record: { form: 'ticket', title: 'T', values: { subject: 'Jam' } },
  names: {},
  scenario: { id: 's' },
} as unknown as Simulated
const nodeWith = (fields: object) => ({ id: 'intake', type: 'userTask', fields }) as unknown as FlowNode

const ticket = {
  id: 'ticket',
  kind: 'form',
  schemaVersion: 1,
  label: 'Ticket',
  title: { formula: 'subject' },
  fields: [
    { id: 'subject', type: 'text', label: 'Subject' },
    { id: 'customer', type: 'link', form: 'customer', label: 'Customer' },
    { id: 'photos', type: 'file', label: 'Photos' },
  ],
} as unknown as FormDefinition
const form = formModel(ticket, { id: 'demo', currency: 'CNY' })

const draw = (fields: object) => {
  const answered = vi.fn()
  render(
    <Stage locale="en">
      <RefsProvider refs={{}}>
        <TaskCard task={task} node={nodeWith(fields)} form={form} answer={answer} onAnswer={answered} />
      </RefsProvider>
    </Stage>,
  )
  return answered
}

beforeAll(() => speak('en'))

test('a step that demands a link asks for it, instead of a button that does nothing', () => {
  const answered = draw({ customer: 'required' })
  expect(screen.getByRole('combobox', { name: 'Customer' })).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Done' }))
  expect(answered).not.toHaveBeenCalled()
  expect(screen.getAllByText(/Customer/).length).toBeGreaterThan(1)
})

test('a file the step demands counts as handed in, and the card says so', () => {
  const answered = draw({ photos: 'required' })
  expect(screen.getByText('Counts as uploaded: Photos.')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Done' }))
  expect(answered.mock.lastCall?.[0]).toEqual([expect.objectContaining({ values: { photos: ['sample'] } })])
})
