import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Edge, FlowDefinition, FlowNode } from '../definitions/flow.ts'
import { migrate, type NodeMapping } from './migrate.ts'
import { emptyInstance, transition } from './transition.ts'
import type { ContinueCommand, FlowCommand, FlowEvent, InstanceSnapshot } from './types.ts'

type Block =
  | { readonly kind: 'task'; readonly watched: boolean }
  | { readonly kind: 'wait' }
  | { readonly kind: 'sequence' | 'parallel'; readonly of: readonly Block[] }

const block: fc.Arbitrary<Block> = fc.letrec<{ block: Block }>((tie) => ({
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ kind: fc.constant('task' as const), watched: fc.boolean() }),
    fc.record({ kind: fc.constant('wait' as const) }),
    fc.record({
      kind: fc.constantFrom('sequence' as const, 'parallel' as const),
      of: fc.array(tie('block'), { minLength: 1, maxLength: 3 }),
    }),
  ),
})).block

/** A well-structured flow: blocks one after the other or side by side, tasks watched by a reminder that does not interrupt. */
function flowOf(root: Block): FlowDefinition {
  const nodes: FlowNode[] = [
    { id: 'start', type: 'startEvent' },
    { id: 'end', type: 'endEvent' },
  ]
  const edges: Edge[] = []
  const join = (from: string, to: string) => edges.push({ id: `e${edges.length}`, from, to })
  let count = 0
  const draw = (one: Block, from: string): string => {
    const id = `n${count++}`
    if (one.kind === 'sequence') return one.of.reduce((at, part) => draw(part, at), from)
    if (one.kind === 'parallel') {
      nodes.push({ id, type: 'parallelGateway' }, { id: `${id}_join`, type: 'parallelGateway' })
      join(from, id)
      for (const part of one.of) join(draw(part, id), `${id}_join`)
      return `${id}_join`
    }
    if (one.kind === 'wait') nodes.push({ id, type: 'intermediateCatchEvent', on: { timer: 'PT1H' } })
    else nodes.push({ id, type: 'userTask', label: id, assign: [{ role: 'agent' }] })
    if (one.kind === 'task' && one.watched) {
      nodes.push(
        { id: `${id}_late`, type: 'boundaryEvent', attachedTo: id, on: { timer: 'P1D' }, interrupting: false },
        { id: `${id}_told`, type: 'endEvent' },
      )
      join(`${id}_late`, `${id}_told`)
    }
    join(from, id)
    return id
  }
  join(draw(root, 'start'), 'end')
  return {
    id: 'f',
    kind: 'flow',
    schemaVersion: 1,
    form: 'ticket',
    label: 'f',
    start: [{ on: 'manual' }],
    nodes,
    edges,
  }
}

/** The same flow with other ids. */
function renamed(flow: FlowDefinition, mapping: NodeMapping): FlowDefinition {
  const to = (node: string) => mapping[node] ?? node
  return {
    ...flow,
    nodes: flow.nodes.map((node) => ({
      ...node,
      id: to(node.id),
      ...(node.type === 'boundaryEvent' ? { attachedTo: to(node.attachedTo) } : {}),
    })),
    edges: flow.edges.map((edge) => ({ ...edge, from: to(edge.from), to: to(edge.to) })),
  }
}

const renamingOf = (flow: FlowDefinition, some: readonly boolean[]): NodeMapping =>
  Object.fromEntries(flow.nodes.flatMap(({ id }, at) => (some[at % some.length] ? [[id, `x_${id}`]] : [])))
const back = (mapping: NodeMapping): NodeMapping =>
  Object.fromEntries(Object.entries(mapping).map(([from, to]) => [to, from]))

/** One instance at work. A choice names one of the things that can be done now, so it means the same under other ids. */
class Walk {
  snapshot: InstanceSnapshot
  readonly log: FlowEvent[] = []
  #ids = 0
  readonly flow: FlowDefinition

  constructor(flow: FlowDefinition, snapshot?: InstanceSnapshot, ids = 0) {
    this.flow = flow
    this.#ids = ids
    this.snapshot = snapshot ?? emptyInstance('i', 'f')
    if (!snapshot) this.do({ type: 'start' })
  }

  get ids(): number {
    return this.#ids
  }

  do(command: FlowCommand | ContinueCommand): void {
    const step = transition(this.flow, this.snapshot, command, {
      now: 0,
      newId: () => `id${++this.#ids}`,
      facts: { now: 0, zone: 'UTC', record: {} },
      people: () => [],
    })
    if (!step.ok) throw new Error(step.error.code)
    this.snapshot = step.value.snapshot
    this.log.push(...step.value.events)
  }

  walk(choices: readonly number[]): this {
    for (const choice of choices) {
      const open = this.possible()
      const command = open[choice % open.length]
      if (this.snapshot.status === 'running' && command) this.do(command)
    }
    return this
  }

  possible(): readonly FlowCommand[] {
    const { activities, waits } = this.snapshot
    const tasks = activities.flatMap(({ tasks }) =>
      tasks.map(({ task }) => ({ type: 'task.complete' as const, task, outcome: null, by: 'p' })),
    )
    const due = waits.map(({ node, visit }) => ({ type: 'timer.fire' as const, node, visit }))
    return [...tasks, ...due]
  }
}

const choices = fc.array(fc.nat({ max: 11 }), { maxLength: 12 })
const some = fc.array(fc.boolean(), { minLength: 1, maxLength: 9 })
const settings = { numRuns: 300, seed: 20261128 }

function moved(from: FlowDefinition, to: FlowDefinition, snapshot: InstanceSnapshot, mapping: NodeMapping = {}) {
  const result = migrate(from, to, snapshot, { mapping })
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

describe('migration of a running instance (engine semantics 1.6)', () => {
  it('to the identical version is the identity and says nothing', () => {
    fc.assert(
      fc.property(block, choices, (root, way) => {
        const flow = flowOf(root)
        const walk = new Walk(flow).walk(way)
        if (walk.snapshot.status !== 'running') return
        expect(moved(flow, structuredClone(flow), walk.snapshot)).toEqual({
          snapshot: walk.snapshot,
          events: [],
          open: [],
        })
      }),
      settings,
    )
  })

  it('there and back is the identity when every node has its counterpart', () => {
    fc.assert(
      fc.property(block, choices, some, (root, way, names) => {
        const flow = flowOf(root)
        const mapping = renamingOf(flow, names)
        const other = renamed(flow, mapping)
        const walk = new Walk(flow).walk(way)
        if (walk.snapshot.status !== 'running') return
        const there = moved(flow, other, walk.snapshot, mapping)
        expect(moved(other, flow, there.snapshot, back(mapping)).snapshot).toEqual(walk.snapshot)
      }),
      settings,
    )
  })

  it('goes on as if it had always run in the new version: same marking, same trace to the end', () => {
    fc.assert(
      fc.property(block, choices, choices, some, (root, before, after, names) => {
        const flow = flowOf(root)
        const mapping = renamingOf(flow, names)
        const other = renamed(flow, mapping)
        const walk = new Walk(flow).walk(before)
        const always = new Walk(other).walk(before)
        if (walk.snapshot.status !== 'running') return
        const carried = moved(flow, other, walk.snapshot, mapping).snapshot
        expect(carried).toEqual(always.snapshot)
        const told = always.log.length
        const gone = new Walk(other, carried, walk.ids).walk(after)
        expect(gone.log).toEqual(always.walk(after).log.slice(told))
        expect(gone.snapshot).toEqual(always.snapshot)
      }),
      settings,
    )
  })
})

const task = (id: string): FlowNode => ({ id, type: 'userTask', label: id, assign: [{ role: 'agent' }] })
const watchedBy = (id: string, attachedTo: string, timer = 'P1D'): FlowNode => ({
  id,
  type: 'boundaryEvent',
  attachedTo,
  on: { timer },
  interrupting: false,
})
const line = (
  nodes: readonly FlowNode[],
  ...edges: readonly (readonly [string, string, string])[]
): FlowDefinition => ({
  ...flowOf({ kind: 'sequence', of: [] }),
  nodes: [{ id: 'start', type: 'startEvent' }, ...nodes, { id: 'end', type: 'endEvent' }],
  edges: edges.map(([id, from, to]) => ({ id, from, to })),
})

describe('what stands in the way, and what is carried along', () => {
  const one = line([task('a')], ['e1', 'start', 'a'], ['e2', 'a', 'end'])

  it('a node that is gone, until it is told who takes over', () => {
    const other = line([task('b')], ['e1', 'start', 'b'], ['e2', 'b', 'end'])
    const { snapshot } = new Walk(one)
    expect(migrate(one, other, snapshot)).toEqual({ ok: false, error: [{ code: 'migration.nodeGone', node: 'a' }] })
    const { events, snapshot: after } = moved(one, other, snapshot, { a: 'b' })
    expect(after.tokens).toMatchObject([{ node: 'b', visit: 1 }])
    expect(events).toEqual([
      { type: 'task.moved', task: snapshot.activities[0]?.tasks[0]?.task, to: { node: 'b', visit: 1 } },
    ])
  })

  it('a node of another type', () => {
    const other = line(
      [{ id: 'a', type: 'intermediateCatchEvent', on: { timer: 'PT1H' } }],
      ['e1', 'start', 'a'],
      ['e2', 'a', 'end'],
    )
    expect(migrate(one, other, new Walk(one).snapshot)).toEqual({
      ok: false,
      error: [{ code: 'migration.typeChanged', node: 'a' }],
    })
  })

  it('a token at a join whose edge is gone: it would wait for ever', () => {
    const split = flowOf({
      kind: 'parallel',
      of: [
        { kind: 'task', watched: false },
        { kind: 'task', watched: false },
      ],
    })
    const walk = new Walk(split).walk([0])
    const waiting = walk.snapshot.tokens.find((token) => token.edge !== undefined)
    expect(waiting).toBeDefined()
    const without = { ...split, edges: split.edges.map((edge) => ({ ...edge, id: `new_${edge.id}` })) }
    expect(migrate(split, without, walk.snapshot)).toEqual({
      ok: false,
      error: [{ code: 'migration.edgeGone', node: waiting?.node, edge: waiting?.edge }],
    })
  })

  it('an ended instance', () => {
    const walk = new Walk(one).walk([0])
    expect(migrate(one, one, walk.snapshot)).toMatchObject({ ok: false, error: [{ code: 'migration.ended' }] })
  })

  it('boundary events that are gone close their wait, added ones open one, kept ones keep their moment', () => {
    const edges = [
      ['e1', 'start', 'a'],
      ['e2', 'a', 'end'],
    ] as const
    const before = line([task('a'), watchedBy('kept', 'a'), watchedBy('gone', 'a')], ...edges)
    const after = line([task('a'), watchedBy('kept', 'a', 'P9D'), watchedBy('added', 'a', 'P2D')], ...edges)
    const { snapshot } = new Walk(before)
    const carried = moved(before, after, snapshot)
    expect(carried.events).toEqual([{ type: 'timer.cancelled', node: 'gone', visit: 1 }])
    expect(carried.open).toMatchObject([{ node: 'added', visit: 1 }])
    const walk = new Walk(after, carried.snapshot, 99)
    walk.do({ type: 'waits.open', open: carried.open })
    expect(walk.log).toMatchObject([{ type: 'timer.set', node: 'added', visit: 1, within: 'P2D' }])
    expect(walk.snapshot.waits.map((wait) => wait.node)).toEqual(['kept', 'added'])
    const anew = migrate(before, after, snapshot, { recompute: true })
    expect(anew.ok && anew.value.events).toMatchObject([
      { type: 'timer.cancelled', node: 'kept' },
      { type: 'timer.cancelled', node: 'gone' },
    ])
    expect(anew.ok && anew.value.open).toMatchObject([{ node: 'kept' }, { node: 'added' }])
  })

  it('levels, items and listeners of sub-processes: carried where they have their counterpart', () => {
    const inside = (parent: string): FlowDefinition => ({
      ...line([]),
      nodes: [
        { id: 'start', type: 'startEvent' },
        { id: parent, type: 'subProcess', label: parent },
        { id: 'in', type: 'startEvent', parent },
        { ...task('a'), parent },
        { id: 'end', type: 'endEvent' },
      ],
      edges: [
        { id: 'e1', from: 'start', to: parent },
        { id: 'e2', from: 'in', to: 'a' },
        { id: 'e3', from: parent, to: 'end' },
      ],
    })
    const { snapshot } = new Walk(inside('sub'))
    expect(snapshot.scopes).toHaveLength(2)
    expect(moved(inside('sub'), inside('other'), snapshot, { sub: 'other' }).snapshot.scopes).toMatchObject([
      { node: null },
      { node: 'other' },
    ])
    expect(migrate(inside('sub'), inside('other'), snapshot)).toMatchObject({
      ok: false,
      error: [
        { code: 'migration.nodeGone', node: 'sub' },
        { code: 'migration.levelChanged', node: 'a' },
      ],
    })
    const listening = inside('sub')
    const withListener: FlowDefinition = {
      ...listening,
      nodes: [
        ...listening.nodes,
        { id: 'esc', type: 'subProcess', label: 'x', triggeredByEvent: true, parent: 'sub' },
        { id: 'late', type: 'startEvent', parent: 'esc', on: { timer: 'P1D' }, interrupting: false },
        { id: 'done', type: 'endEvent', parent: 'esc' },
      ],
      edges: [...listening.edges, { id: 'e4', from: 'late', to: 'done' }],
    }
    const carried = moved(listening, withListener, snapshot)
    expect(carried.open).toEqual([{ node: 'late', scope: snapshot.scopes[1]?.id }])
    const walk = new Walk(withListener, carried.snapshot, 99)
    walk.do({ type: 'waits.open', open: carried.open })
    expect(walk.snapshot.waits).toMatchObject([{ node: 'late', visit: 1, kind: 'timer' }])
    expect(migrate(withListener, listening, walk.snapshot)).toMatchObject({
      ok: true,
      value: { snapshot: { waits: [] }, events: [{ type: 'timer.cancelled', node: 'late' }] },
    })
  })

  it('a place in the queue of a critical section does not change hands', () => {
    const edges = (id: string) =>
      [
        ['e1', 'start', id],
        ['e2', id, 'end'],
      ] as const
    const before = line([{ ...task('a'), mutex: 'crane' } as FlowNode], ...edges('a'))
    const after = line([{ ...task('b'), mutex: 'crane' } as FlowNode], ...edges('b'))
    const { snapshot } = new Walk(before)
    expect(migrate(before, before, snapshot)).toMatchObject({ ok: true })
    expect(migrate(before, after, snapshot, { mapping: { a: 'b' } })).toEqual({
      ok: false,
      error: [{ code: 'migration.mutexHeld', node: 'a' }],
    })
  })

  it('a visit of a node that another one merges into counts on, so that no timer or task is mistaken', () => {
    const two = line([task('a'), task('b')], ['e1', 'start', 'a'], ['e2', 'a', 'b'], ['e3', 'b', 'end'])
    const merged = line([task('a')], ['e1', 'start', 'a'], ['e2', 'a', 'end'])
    const { snapshot } = new Walk(two).walk([0])
    const after = moved(two, merged, snapshot, { b: 'a' }).snapshot
    expect(after.tokens).toMatchObject([{ node: 'a', visit: 2 }])
    expect(after.visits).toMatchObject({ a: 2 })
  })
})
