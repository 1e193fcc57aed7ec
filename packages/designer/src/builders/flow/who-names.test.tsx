import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { FlowNode } from '@tenon/engine'
import { render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import type { Flow } from '../../edits/flow/flow.ts'
import { nodeWords } from './flow-words.ts'
import { useWhoNames } from './use-who-names.ts'

const task = {
  id: 'approve',
  type: 'userTask',
  label: 'Approve',
  assign: [{ user: 'li' }, { department: 'tech' }, { user: 'gone' }],
} as unknown as FlowNode
const flow = { id: 'sop', form: 'ticket', nodes: [task], edges: [] } as unknown as Flow
const t = ((key: string, values: { name?: string } = {}) => (key === 'and' ? ', ' : (values.name ?? key))) as never

function Words() {
  const names = useWhoNames(flow)
  return <p>{nodeWords(task, { documents: {}, form: 'ticket', locale: 'en', t, names })}</p>
}

test('who does a step is told by the names of people and departments', async () => {
  vi.stubGlobal('fetch', async (path: string) => {
    const people = path.includes('q=li')
      ? [
          { username: 'lina', name: 'Lina' },
          { username: 'li', name: 'Li Na' },
        ]
      : []
    const items = path.includes('departments') ? [{ id: 'd', code: 'tech', name: 'Engineering' }] : people
    return new Response(JSON.stringify({ items }))
  })
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Words />
    </QueryClientProvider>,
  )
  expect(await screen.findByText('Li Na, Engineering, gone')).toBeTruthy()
})
