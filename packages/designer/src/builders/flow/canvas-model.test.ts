import type { FlowNode } from '@tenon/engine'
import { expect, test } from 'vitest'
import { changeNode, type Flow, isDrawnAlike } from '../../edits/flow/flow.ts'
import { movedTo } from '../../edits/flow/places.ts'
import { canvasDrawer } from './canvas-model.ts'

const many = 300
const nodes = Array.from({ length: many }, (_, at) => ({
  id: `n${at}`,
  type: 'userTask',
  label: `Step ${at}`,
  assign: [{ role: 'clerk' }],
  at: [(at % 20) * 220, Math.floor(at / 20) * 140],
})) as unknown as FlowNode[]
const edges = nodes.slice(1).map((node, at) => ({ id: `e${at}`, from: nodes[at]?.id ?? '', to: node.id }))
const flow: Flow = { id: 'large', nodes, edges }

const names = { person: String, department: String }
const wording = { documents: {}, form: '', locale: 'en' as const, t: ((key: string) => key) as never, names }
const still = {
  wording,
  marks: new Map(),
  dragged: new Map(),
  describe: (_: FlowNode, name: string) => name,
  roles: { node: 'node', edge: 'edge' },
  readOnly: false,
}
type Drawn = ReturnType<ReturnType<typeof canvasDrawer>>
const changed = (before: Drawn, after: Drawn) => [
  ...after.nodes.filter((node, at) => node !== before.nodes[at]).map(({ id }) => id),
  ...after.edges.filter((edge, at) => edge !== before.edges[at]).map(({ id }) => id),
]
const renamed = changeNode(flow, 'n7', (node) => ({ ...node, label: 'Other' }))

test('of 300 nodes only what is typed into, chosen or dragged is drawn anew', () => {
  const draw = canvasDrawer()
  const first = draw({ ...still, flow, chosen: new Set() })
  const typed = draw({ ...still, flow: renamed, chosen: new Set() })
  expect(typed.nodes[7]?.data.name).toBe('Other')
  expect(changed(first, typed)).toEqual(['n7', 'e7'])

  const chosen = draw({ ...still, flow: renamed, chosen: new Set(['nodes/n9']) })
  expect(changed(typed, chosen)).toEqual(['n9'])
  const another = draw({ ...still, flow: renamed, chosen: new Set(['nodes/n12']) })
  expect(changed(chosen, another)).toEqual(['n9', 'n12'])

  const dragged = draw({ ...still, flow: renamed, chosen: new Set(['nodes/n12']), dragged: new Map([['n12', [0, 5]]]) })
  expect(changed(another, dragged).filter((id) => id.startsWith('n'))).toEqual(['n12'])
})

test('a name may be drawn a moment later, a place or a way may not', () => {
  expect(isDrawnAlike(flow, renamed)).toBe(true)
  expect(isDrawnAlike(flow, movedTo(flow, new Map([['n7', [1, 2]]])))).toBe(false)
  expect(isDrawnAlike(flow, { ...flow, edges: edges.slice(1) })).toBe(false)
  expect(isDrawnAlike(flow, { ...flow, nodes: nodes.toReversed() })).toBe(false)
})
