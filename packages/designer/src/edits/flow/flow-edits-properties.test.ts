import fc from 'fast-check'
import { expect, test } from 'vitest'
import { connect, reconnect } from './connect.ts'
import { copied, pasted } from './copy.ts'
import { type Flow, flowOf, hostOf, nodeOf, standsAlone, traitsOf } from './flow.ts'
import { addAfter, addAt, insertOnEdge } from './insert.ts'
import { aligned, laidOut, movedTo } from './places.ts'
import { remove } from './remove.ts'
import { stencilNames } from './stencils.ts'

const around = { decisions: ['grading'], flows: ['other'] }
const beginning = flowOf({
  id: 'f',
  nodes: [
    { id: 'start', type: 'startEvent' },
    { id: 'book', type: 'serviceTask', actions: [], compensatedBy: 'unbook' },
    { id: 'unbook', type: 'serviceTask', actions: [] },
    { id: 'undo', type: 'intermediateThrowEvent', throws: { compensation: 'book' } },
    { id: 'end', type: 'endEvent' },
  ],
  edges: [
    { id: 'e1', from: 'start', to: 'book' },
    { id: 'e2', from: 'book', to: 'undo' },
    { id: 'e3', from: 'undo', to: 'end' },
  ],
})

/** Everything in the flow that names a node, an edge's end or an answer, names one that is there and may be named so. */
function brokenIn(flow: Flow): readonly string[] {
  const ids = [...flow.nodes, ...flow.edges].map(({ id }) => id)
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index)
  const nodes = flow.nodes.flatMap((node) => {
    const host = hostOf(node)
    const told: string[] = []
    if (node.parent !== undefined && nodeOf(flow, node.parent)?.type !== 'subProcess')
      told.push(`${node.id} in nothing`)
    if (host !== undefined) {
      const watched = nodeOf(flow, host)
      if (!watched || !traitsOf(watched).isActivity) told.push(`${node.id} watches nothing`)
      else if (watched.parent !== node.parent) told.push(`${node.id} on another level`)
    }
    if ('compensatedBy' in node && node.compensatedBy && !nodeOf(flow, node.compensatedBy))
      told.push(`${node.id} undone by nothing`)
    const thrown = 'throws' in node && node.throws && 'compensation' in node.throws ? node.throws.compensation : true
    if (thrown !== true && !nodeOf(flow, thrown)) told.push(`${node.id} undoes nothing`)
    return told
  })
  const edges = flow.edges.flatMap((edge) => {
    const [from, to] = [nodeOf(flow, edge.from), nodeOf(flow, edge.to)]
    if (!from || !to) return [`${edge.id} hangs`]
    const told: string[] = []
    if (!traitsOf(from).mayHaveOutgoing || standsAlone(flow, from)) told.push(`${edge.id} from ${from.type}`)
    if (!traitsOf(to).mayHaveIncoming || standsAlone(flow, to)) told.push(`${edge.id} to ${to.type}`)
    if (from.parent !== to.parent) told.push(`${edge.id} across levels`)
    const answers = 'outcomes' in from ? (from.outcomes ?? []) : []
    if (edge.outcome !== undefined && !answers.some(({ id }) => id === edge.outcome)) told.push(`${edge.id} no answer`)
    return told
  })
  return [...twice.map((id) => `${id} twice`), ...nodes, ...edges]
}

type Act = { readonly what: number; readonly one: number; readonly other: number; readonly third: number }
const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)]

function done(flow: Flow, { what, one, other, third }: Act): Flow {
  const node = pick(flow.nodes, one)?.id ?? ''
  const second = pick(flow.nodes, other)?.id ?? ''
  const edge = pick(flow.edges, one)?.id ?? ''
  const stencil = pick(stencilNames, third) ?? 'work'
  switch (what) {
    case 0:
      return insertOnEdge(flow, edge, stencil, around)?.flow ?? flow
    case 1:
      return addAfter(flow, node, stencil, around)?.flow ?? flow
    case 2: {
      const parent = flow.nodes.find(({ type }) => type === 'subProcess')?.id
      return addAt(flow, stencil, [one, other], third % 2 ? parent : undefined, around)?.flow ?? flow
    }
    case 3:
      return connect(flow, node, second)?.flow ?? flow
    case 4:
      return reconnect(flow, edge, node, second) ?? flow
    case 5:
      return remove(flow, [node, edge].slice(0, 1 + (third % 2))).flow
    case 6:
      return pasted(flow, copied(flow, [node, second])).flow
    case 7:
      return movedTo(flow, aligned(flow, [node, second], 'left'))
    default:
      return laidOut(flow)
  }
}

const act = fc.record({ what: fc.nat(8), one: fc.nat(60), other: fc.nat(60), third: fc.nat(60) })

test('whatever is done, in whatever order, what the flow names is there and may be named so', () => {
  expect(brokenIn(beginning)).toEqual([])
  fc.assert(
    fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
      let flow = beginning
      for (const one of acts) {
        if (flow.nodes.length > 40) break
        flow = done(flow, one)
        expect(brokenIn(flow)).toEqual([])
      }
    }),
    { numRuns: 60 },
  )
})

test('an edit leaves what it does not touch as it was, by reference', () => {
  fc.assert(
    fc.property(act, ({ one, third }) => {
      const edge = pick(beginning.edges, one)?.id ?? ''
      const next = insertOnEdge(beginning, edge, pick(stencilNames, third) ?? 'work', around)?.flow
      if (!next) return
      for (const node of beginning.nodes) expect(nodeOf(next, node.id)).toBe(node)
      for (const old of beginning.edges)
        if (old.id !== edge) expect(next.edges.find(({ id }) => id === old.id)).toBe(old)
    }),
  )
})
