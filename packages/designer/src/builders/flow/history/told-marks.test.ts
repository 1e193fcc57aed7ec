import type { FlowHistory } from '@tenon/runtime/contract'
import { expect, test } from 'vitest'
import { flowOf } from '../../../edits/flow/flow.ts'
import { bySlowness, heatOf, toldMarks } from './told-marks.ts'

const spans = (averageMs: number) => ({ count: 1, averageMs, medianMs: averageMs, longestMs: averageMs })
const told = (node: string, visits: number, stayMs: number | null, returns = 0) => ({
  node,
  visits,
  records: visits,
  returns,
  standing: 0,
  stay: stayMs === null ? null : spans(stayMs),
  waiting: null,
  working: null,
})
const history: FlowHistory = {
  from: '2026-01-01T00:00:00.000Z',
  to: '2026-02-01T00:00:00.000Z',
  versions: [],
  runs: { started: 4, ended: 3 },
  nodes: [told('a', 4, 3_600_000), told('b', 6, 9 * 3_600_000, 2), told('c', 3, null), told('d', 5, 4 * 3_600_000)],
  edges: [
    { edge: 'e1', passed: 4, records: 4 },
    { edge: 'e2', passed: 2, records: 1 },
  ],
}
const words = { t: ((_: string, { count }: { count: number }) => `${count}x`) as never, locale: 'en' as const }

test('the slowest third is hot, a third of it warm, no time is cold', () => {
  const heat = (ms: number | null) => heatOf(ms === null ? null : spans(ms), 900)
  expect([900, 600, 599, 300, 299, 1, 0, null].map(heat)).toEqual([3, 3, 2, 2, 1, 1, 0, 0])
  expect(heatOf(spans(0), 0)).toBe(0)
})

test('the list begins with the slowest; what took no time comes by volume', () => {
  expect(bySlowness(history.nodes, 'stay').map(({ node }) => node)).toEqual(['b', 'd', 'a', 'c'])
  expect(bySlowness(history.nodes, 'working').map(({ node }) => node)).toEqual(['b', 'd', 'a', 'c'])
})

test('every node and edge of the flow says its figures, also where nobody went', () => {
  const flow = flowOf({
    id: 'f',
    nodes: ['a', 'b', 'new'].map((id) => ({ id, type: 'userTask' })),
    edges: [
      { id: 'e1', from: 'a', to: 'b' },
      { id: 'e2', from: 'b', to: 'a' },
      { id: 'e3', from: 'b', to: 'new' },
    ],
  })
  expect(Object.fromEntries([...toldMarks(flow, history, 'stay', words)].map(([at, { told }]) => [at, told]))).toEqual({
    'nodes/a': { words: '4x · 1 h', heat: 1, returns: 0 },
    'nodes/b': { words: '6x · 9 h', heat: 3, returns: 2 },
    'nodes/new': { words: '0x', heat: 0, returns: 0 },
    'edges/e1': { words: '4', weight: 1 },
    'edges/e2': { words: '2', weight: 0.5 },
    'edges/e3': { words: '0', weight: 0 },
  })
})
