import { expect, test } from 'vitest'
import { connect, reconnect, whyNotConnect } from './connect.ts'
import { copied, pasted } from './copy.ts'
import { type Flow, flowOf, incoming, nodeOf, outgoing } from './flow.ts'
import { changeGroup, frameOf, grouped, ungrouped } from './groups.ts'
import { addAfter, addAt, insertOnEdge } from './insert.ts'
import { aligned, isPlaced, laidOut, movedTo, placesOf } from './places.ts'
import { remove } from './remove.ts'

const around = { decisions: ['grading'], flows: ['other'] }
const sample = (): Flow =>
  flowOf({
    id: 'ticket',
    nodes: [
      { id: 'start', type: 'startEvent' },
      {
        id: 'check',
        type: 'userTask',
        outcomes: [
          { id: 'yes', label: 'Yes' },
          { id: 'no', label: 'No' },
        ],
      },
      { id: 'late', type: 'boundaryEvent', attachedTo: 'check', on: { timer: 'PT2H' } },
      { id: 'choose', type: 'exclusiveGateway' },
      { id: 'repair', type: 'userTask' },
      { id: 'end', type: 'endEvent' },
      { id: 'refused', type: 'endEvent' },
    ],
    edges: [
      { id: 'e1', from: 'start', to: 'check' },
      { id: 'e2', from: 'check', to: 'choose', outcome: 'yes' },
      { id: 'e3', from: 'check', to: 'refused', outcome: 'no' },
      { id: 'e4', from: 'choose', to: 'repair', when: { formula: 'true' } },
      { id: 'e5', from: 'choose', to: 'end', default: true },
      { id: 'e6', from: 'repair', to: 'end' },
    ],
  })
const ways = (flow: Flow) => flow.edges.map(({ from, to }) => `${from} → ${to}`).toSorted()

test('a node put into an edge: the way in keeps what it said, the way on is plain', () => {
  const done = insertOnEdge(sample(), 'e2', 'approve', around)
  expect(done?.id).toBe('approval_1')
  expect(done?.flow.edges.find(({ id }) => id === 'e2')).toEqual({
    id: 'e2',
    from: 'check',
    to: 'approval_1',
    outcome: 'yes',
  })
  expect(done && outgoing(done.flow, 'approval_1')).toEqual([{ id: 'edge_1', from: 'approval_1', to: 'choose' }])
  expect(done && nodeOf(done.flow, 'approval_1')).not.toHaveProperty('at')
})

test('what has no way on, or watches a step, cannot stand in an edge', () => {
  expect(insertOnEdge(sample(), 'e2', 'end', around)).toBeUndefined()
  expect(insertOnEdge(sample(), 'e2', 'timeout', around)).toBeUndefined()
})

test('a node after another goes into its only way, else gets the first answer that leads nowhere', () => {
  const into = addAfter(sample(), 'repair', 'work', around)
  expect(into && ways(into.flow)).toContain('user_1 → end')
  expect(into && ways(into.flow)).not.toContain('repair → end')
  const ended = addAfter(remove(sample(), ['e3']).flow, 'check', 'end', around)
  expect(ended?.flow.edges.at(-1)).toMatchObject({ from: 'check', to: 'end_1', outcome: 'no' })
  expect(addAfter(sample(), 'end', 'work', around)).toBeUndefined()
})

test('a sub-process comes with a way through it; a deadline is attached to its step', () => {
  const done = addAfter(sample(), 'repair', 'subProcess', around)
  const inside = done?.flow.nodes.filter(({ parent }) => parent === done.id).map(({ type }) => type)
  expect(inside).toEqual(['startEvent', 'userTask', 'endEvent'])
  const timed = addAfter(sample(), 'repair', 'timeout', around)
  expect(timed && nodeOf(timed.flow, timed.id)).toMatchObject({ attachedTo: 'repair', interrupting: false })
  expect(addAfter(sample(), 'choose', 'timeout', around)).toBeUndefined()
})

test('connecting says why not, and gives the way its beginning', () => {
  const flow = sample()
  expect(whyNotConnect(flow, 'end', 'check')).toBe('noWayOut')
  expect(whyNotConnect(flow, 'repair', 'start')).toBe('noWayIn')
  expect(whyNotConnect(flow, 'repair', 'late')).toBe('noWayIn')
  expect(whyNotConnect(flow, 'repair', 'end')).toBe('already')
  expect(whyNotConnect(flow, 'repair', 'repair')).toBe('itself')
  expect(connect(flow, 'late', 'repair')?.flow.edges.at(-1)).toEqual({ id: 'edge_1', from: 'late', to: 'repair' })
  const open = remove(flow, ['e5']).flow
  expect(connect(open, 'choose', 'end')?.flow.edges.at(-1)).toMatchObject({ default: true })
})

test('an edge that begins elsewhere keeps its condition and loses an answer that is not there', () => {
  const flow = sample()
  expect(reconnect(flow, 'e4', 'choose', 'refused')?.edges[3]).toMatchObject({
    to: 'refused',
    when: { formula: 'true' },
  })
  expect(reconnect(flow, 'e3', 'repair', 'refused')?.edges[2]).toEqual({ id: 'e3', from: 'repair', to: 'refused' })
})

test('what is removed from a way is bridged; what it takes along and what is stuck is told', () => {
  const bridged = remove(sample(), ['repair'])
  expect(ways(bridged.flow)).toContain('choose → end')
  expect(bridged.stuck).toEqual([])
  const cut = remove(sample(), ['check'])
  expect(cut.flow.nodes.map(({ id }) => id)).not.toContain('late')
  expect([cut.stuck, cut.lost]).toEqual([['start'], ['choose', 'refused']])
})

test('copies have ids of their own and keep the edges between them', () => {
  const flow = sample()
  const done = pasted(flow, copied(flow, ['check', 'choose']))
  expect(done.ids).toEqual(['check_2', 'late_2', 'choose_2'])
  expect(nodeOf(done.flow, 'late_2')).toMatchObject({ attachedTo: 'check_2' })
  expect(incoming(done.flow, 'choose_2')).toMatchObject([{ from: 'check_2', outcome: 'yes' }])
  const alone = pasted(flow, { nodes: flow.nodes.filter(({ id }) => id === 'late'), edges: [] })
  expect(alone.ids).toEqual([])
})

test('places are written when something is moved, and all at once', () => {
  const flow = sample()
  expect(isPlaced(flow)).toBe(false)
  const before = placesOf(flow)
  const moved = movedTo(flow, new Map([['repair', [900.4, 10]]]))
  expect(nodeOf(moved, 'repair')?.at).toEqual([900, 10])
  expect(placesOf(moved).get('check')).toEqual(before.get('check'))
  expect(laidOut(moved)).toEqual(flow)
})

test('in line and at equal distances', () => {
  const at = (id: string, x: number, y: number) => ({ id, type: 'userTask' as const, at: [x, y], size: [100, 50] })
  const flow = flowOf({ nodes: [at('a', 0, 0), at('b', 130, 40), at('c', 500, 90)], edges: [] })
  const ids = ['a', 'b', 'c']
  expect([...aligned(flow, ids, 'top').values()]).toEqual([
    [0, 0],
    [130, 0],
    [500, 0],
  ])
  expect(aligned(flow, ids, 'across').get('b')).toEqual([250, 40])
  expect([...aligned(flow, ['a'], 'left')]).toEqual([])
})

test('in a flow with places, what is put into an edge finds room', () => {
  const placed = movedTo(sample(), new Map([['end', placesOf(sample()).get('end')?.at ?? [0, 0]]]))
  const done = insertOnEdge(placed, 'e6', 'work', around)
  const places = done && placesOf(done.flow)
  const [x = 0, width = 0] = [places?.get(done?.id ?? '')?.at[0], places?.get(done?.id ?? '')?.size[0]]
  const repair = places?.get('repair')
  expect(x).toBeGreaterThanOrEqual((repair?.at[0] ?? 0) + (repair?.size[0] ?? 0))
  expect(places?.get('end')?.at[0]).toBeGreaterThanOrEqual(x + width)
})

test('what is put down on free ground stays there, and so do the others', () => {
  const before = placesOf(sample())
  const done = addAt(sample(), 'parallel', [700, 300], undefined, around)
  expect(done && placesOf(done.flow).get(done.id)?.at).toEqual([700, 300])
  expect(done && placesOf(done.flow).get('check')).toEqual(before.get('check'))
})

test('a group frames its nodes with what hangs on them, follows them, and lets go of what is removed', () => {
  const made = grouped(sample(), ['repair', 'check', 'nobody'], 'Workshop')
  if (!made) throw new Error('no group')
  expect(made.flow.groups).toEqual([{ id: made.id, label: 'Workshop', nodes: ['check', 'repair'] }])
  expect(grouped(sample(), ['nobody'], 'Nothing')).toBe(undefined)
  const second = grouped(made.flow, ['end'], 'Rest')
  expect(second?.id).not.toBe(made.id)

  const [group] = made.flow.groups ?? []
  if (!group) throw new Error('no group')
  const places = placesOf(made.flow)
  const frame = frameOf(made.flow, group, places)
  for (const id of ['check', 'repair', 'late']) {
    const { at, size } = places.get(id) ?? { at: [0, 0], size: [0, 0] }
    expect(at[0]).toBeGreaterThan(frame?.at[0] ?? 0)
    expect(at[1] + size[1]).toBeLessThan((frame?.at[1] ?? 0) + (frame?.size[1] ?? 0))
  }
  const [x = 0, y = 0] = places.get('repair')?.at ?? []
  const moved = movedTo(made.flow, new Map([['repair', [x + 400, y]]]))
  expect(frameOf(moved, group, placesOf(moved))?.size[0]).toBeGreaterThan(frame?.size[0] ?? 0)

  expect(remove(made.flow, ['check']).flow.groups).toEqual([{ ...group, nodes: ['repair'] }])
  expect(remove(made.flow, ['check', 'repair']).flow).not.toHaveProperty('groups')
  expect(remove(made.flow, [`groups/${made.id}`]).flow).toEqual(sample())
  expect(ungrouped(made.flow, made.id)).toEqual(sample())
  expect(changeGroup(made.flow, made.id, (one) => ({ ...one, label: 'Shop' })).groups).toMatchObject([
    { label: 'Shop' },
  ])
})
