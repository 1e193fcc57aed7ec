import { describe, expect, it } from 'vitest'
import type { Edge, FlowDefinition, FlowNode } from '../definitions/flow.ts'
import type { Facts } from '../facts.ts'
import { emptyInstance, transition } from './transition.ts'
import type { ContinueCommand, FlowCommand, FlowEvent, FlowStep, InstanceSnapshot } from './types.ts'

const label = 'x'
const user = (id: string, more: Partial<Extract<FlowNode, { type: 'userTask' }>> = {}): FlowNode => ({
  id,
  type: 'userTask',
  label,
  assign: [{ role: 'agent' }],
  ...more,
})
const edges = (...pairs: readonly (readonly [string, string, Partial<Edge>?])[]): Edge[] =>
  pairs.map(([from, to, more], i) => ({ id: `e${i}`, from, to, ...more }))
const flow = (nodes: FlowNode[], ways: Edge[]): FlowDefinition => ({
  id: 'f',
  kind: 'flow',
  schemaVersion: 1,
  form: 'ticket',
  label,
  start: [{ on: 'created' }],
  nodes,
  edges: ways,
})
const start: FlowNode = { id: 'start', type: 'startEvent' }
const end: FlowNode = { id: 'end', type: 'endEvent' }

/** Plays one instance, remembering where it stands. */
class Play {
  readonly log: FlowEvent[] = []
  snapshot: InstanceSnapshot = emptyInstance('i', 'f')
  pending: FlowStep['pending'] = null
  #ids = 0
  readonly #definition: FlowDefinition
  record: Record<string, string | number>
  readonly #people: readonly string[]

  constructor(
    definition: FlowDefinition,
    record: Record<string, string | number> = {},
    people: readonly string[] = ['p1', 'p2', 'p3'],
  ) {
    this.#definition = definition
    this.record = record
    this.#people = people
  }

  do(command: FlowCommand | ContinueCommand): string | undefined {
    const facts: Facts = { now: 0, zone: 'UTC', record: this.record }
    const result = transition(this.#definition, this.snapshot, command, {
      now: 0,
      newId: () => `id${++this.#ids}`,
      facts,
      people: () => this.#people,
    })
    if (!result.ok) return result.error.code
    this.snapshot = result.value.snapshot
    this.pending = result.value.pending
    this.log.push(...result.value.events)
    return undefined
  }

  get nodes(): readonly string[] {
    return this.snapshot.tokens.map((token) => token.node).toSorted()
  }

  taskAt(node: string, index = 0): string {
    const open = this.snapshot.activities
      .find((activity) => activity.node === node)
      ?.tasks.filter((task) => task.outcome === null)
    return open?.[index]?.task ?? 'none'
  }

  answer(node: string, outcome: string | null = null, index = 0): string | undefined {
    return this.do({ type: 'task.complete', task: this.taskAt(node, index), outcome, by: 'p' })
  }

  count(type: FlowEvent['type'], node?: string): number {
    return this.log.filter(
      (event) => event.type === type && (node === undefined || ('node' in event && event.node === node)),
    ).length
  }
}

describe('sequence, choice and end', () => {
  it('walks start → task → end and ends once', () => {
    const play = new Play(flow([start, user('a'), end], edges(['start', 'a'], ['a', 'end'])))
    play.do({ type: 'start' })
    expect(play.nodes).toEqual(['a'])
    play.answer('a')
    expect(play.snapshot.status).toBe('completed')
    expect(play.count('flow.ended')).toBe(1)
  })

  it.each([
    [5, 'big'],
    [1, 'small'],
  ])('exclusive gateway: amount %i goes to %s', (amount, expected) => {
    const when = { fact: 'record', path: '$.amount', operator: 'greaterThan', value: 3 } as const
    const play = new Play(
      flow(
        [start, { id: 'x', type: 'exclusiveGateway' }, user('big'), user('small'), end],
        edges(
          ['start', 'x'],
          ['x', 'big', { when }],
          ['x', 'small', { default: true }],
          ['big', 'end'],
          ['small', 'end'],
        ),
      ),
      { amount },
    )
    play.do({ type: 'start' })
    expect(play.nodes).toEqual([expected])
  })

  it('a gateway without an open way leaves a dead instance with a reason, never a silent end', () => {
    const when = { fact: 'record', path: '$.amount', operator: 'greaterThan', value: 3 } as const
    const play = new Play(
      flow([start, { id: 'x', type: 'exclusiveGateway' }, end], edges(['start', 'x'], ['x', 'end', { when }])),
      { amount: 1 },
    )
    play.do({ type: 'start' })
    expect(play.snapshot).toMatchObject({ status: 'dead', reason: 'flow.noWayOut' })
  })

  it('takes the edge of the outcome, and the unnamed one for outcomes no edge names', () => {
    const outcomes = [
      { id: 'yes', label },
      { id: 'no', label },
    ]
    const definition = flow(
      [start, user('a', { outcomes }), user('b'), user('c'), end],
      edges(['start', 'a'], ['a', 'b', { outcome: 'yes' }], ['a', 'c'], ['b', 'end'], ['c', 'end']),
    )
    for (const [outcome, node] of [
      ['yes', 'b'],
      ['no', 'c'],
    ] as const) {
      const play = new Play(definition)
      play.do({ type: 'start' })
      play.answer('a', outcome)
      expect(play.nodes).toEqual([node])
    }
  })

  it('a loop without a wait goes on in following transactions and dies after a hundred of them, visible', () => {
    const play = new Play(
      flow(
        [start, { id: 'x', type: 'exclusiveGateway' }, { id: 'y', type: 'exclusiveGateway' }],
        edges(['start', 'x'], ['x', 'y', { default: true }], ['y', 'x', { default: true }]),
      ),
    )
    play.do({ type: 'start' })
    expect(play.snapshot).toMatchObject({ status: 'running' })
    expect(play.snapshot.agenda).toHaveLength(1)
    for (let more = 0; more <= 100; more += 1) expect(play.do({ type: 'resume' })).toBeUndefined()
    expect(play.snapshot).toMatchObject({ status: 'dead', reason: 'flow.budget' })
    expect(play.do({ type: 'retry' })).toBeUndefined()
    expect(play.snapshot).toMatchObject({ status: 'running' })
  })
})

describe('parallel gateway', () => {
  const split = flow(
    [
      start,
      { id: 'p', type: 'parallelGateway' },
      user('a'),
      user('b'),
      { id: 'j', type: 'parallelGateway' },
      user('c'),
      end,
    ],
    edges(['start', 'p'], ['p', 'a'], ['p', 'b'], ['a', 'j'], ['b', 'j'], ['j', 'c'], ['c', 'end']),
  )

  it('waits for every incoming edge and goes on once', () => {
    const play = new Play(split)
    play.do({ type: 'start' })
    play.answer('a')
    expect(play.nodes).toEqual(['b', 'j'])
    play.answer('b')
    expect(play.nodes).toEqual(['c'])
    expect(play.count('node.entered', 'j')).toBe(1)
  })

  it('two tokens over the same edge do not open the join (per edge, not per token)', () => {
    const play = new Play(
      flow(
        [
          start,
          { id: 'p', type: 'parallelGateway' },
          user('a'),
          user('b'),
          { id: 'm', type: 'exclusiveGateway' },
          { id: 'q', type: 'parallelGateway' },
          user('d'),
          { id: 'j', type: 'parallelGateway' },
          end,
        ],
        edges(
          ['start', 'q'],
          ['q', 'p'],
          ['q', 'd'],
          ['p', 'a'],
          ['p', 'b'],
          ['a', 'm'],
          ['b', 'm'],
          ['m', 'j', { default: true }],
          ['d', 'j'],
          ['j', 'end'],
        ),
      ),
    )
    play.do({ type: 'start' })
    play.answer('a')
    play.answer('b')
    expect(play.nodes).toEqual(['d', 'j', 'j'])
    play.answer('d')
    expect(play.nodes).toEqual(['j'])
    // Nothing can come any more: seen and said, never a silent standstill.
    expect(play.snapshot).toMatchObject({ status: 'dead', reason: 'flow.joinStuck' })
  })

  it('terminate ends the other branches with their tasks', () => {
    const play = new Play(
      flow(
        [
          start,
          { id: 'p', type: 'parallelGateway' },
          user('a'),
          user('b'),
          { id: 'stop', type: 'endEvent', terminate: true },
          end,
        ],
        edges(['start', 'p'], ['p', 'a'], ['p', 'b'], ['a', 'stop'], ['b', 'end']),
      ),
    )
    play.do({ type: 'start' })
    play.answer('a')
    expect(play.snapshot).toMatchObject({ status: 'completed', tokens: [], activities: [] })
    expect(play.log.filter((event) => event.type === 'task.cancelled')).toHaveLength(1)
  })
})

describe('several people at one task', () => {
  const outcomes = [
    { id: 'agree', label },
    { id: 'refuse', label, veto: true },
    { id: 'doubt', label },
  ]
  const definition = (mode: 'any' | 'all') =>
    flow(
      [start, user('a', { mode, outcomes }), user('ok'), user('no'), user('unsure')],
      edges(
        ['start', 'a'],
        ['a', 'ok', { outcome: 'agree' }],
        ['a', 'no', { outcome: 'refuse' }],
        ['a', 'unsure', { outcome: 'doubt' }],
      ),
    )

  it('any (或签): the first answer counts, the other tasks are cancelled', () => {
    const play = new Play(definition('any'))
    play.do({ type: 'start' })
    expect(play.snapshot.activities[0]?.tasks).toHaveLength(3)
    play.answer('a', 'agree', 1)
    expect(play.nodes).toEqual(['ok'])
    expect(play.count('task.cancelled', 'a')).toBe(2)
  })

  it('all (会签): goes on when everybody has agreed', () => {
    const play = new Play(definition('all'))
    play.do({ type: 'start' })
    play.answer('a', 'agree')
    play.answer('a', 'agree')
    expect(play.nodes).toEqual(['a'])
    play.answer('a', 'agree')
    expect(play.nodes).toEqual(['ok'])
  })

  it('all: one veto ends it at once; one other answer decides at the end', () => {
    const veto = new Play(definition('all'))
    veto.do({ type: 'start' })
    veto.answer('a', 'refuse')
    expect(veto.nodes).toEqual(['no'])
    const doubt = new Play(definition('all'))
    doubt.do({ type: 'start' })
    doubt.answer('a', 'doubt')
    doubt.answer('a', 'agree')
    doubt.answer('a', 'agree')
    expect(doubt.nodes).toEqual(['unsure'])
  })

  it('a second answer to the same task is refused and changes nothing', () => {
    const play = new Play(definition('all'))
    play.do({ type: 'start' })
    const task = play.taskAt('a')
    play.do({ type: 'task.complete', task, outcome: 'agree', by: 'p1' })
    const before = play.snapshot
    expect(play.do({ type: 'task.complete', task, outcome: 'refuse', by: 'p1' })).toBe('task.notOpen')
    expect(play.snapshot).toBe(before)
  })
})

describe('timers', () => {
  const boundary = (interrupting: boolean): FlowNode => ({
    id: 'late',
    type: 'boundaryEvent',
    attachedTo: 'a',
    on: { timer: 'P3D' },
    interrupting,
  })
  const definition = (interrupting: boolean) =>
    flow(
      [start, user('a'), boundary(interrupting), user('nudge'), end],
      edges(['start', 'a'], ['a', 'end'], ['late', 'nudge'], ['nudge', 'end']),
    )

  it('an interrupting boundary timer ends the activity', () => {
    const play = new Play(definition(true))
    play.do({ type: 'start' })
    expect(play.log).toContainEqual({
      type: 'timer.set',
      node: 'late',
      visit: 1,
      within: 'P3D',
      until: null,
      calendar: null,
      from: 0,
    })
    play.do({ type: 'timer.fire', node: 'late', visit: 1 })
    expect(play.nodes).toEqual(['nudge'])
    expect(play.count('task.cancelled', 'a')).toBe(1)
  })

  it('a non-interrupting one adds a branch, and only once', () => {
    const play = new Play(definition(false))
    play.do({ type: 'start' })
    play.do({ type: 'timer.fire', node: 'late', visit: 1 })
    expect(play.nodes).toEqual(['a', 'nudge'])
  })

  it('answering cancels the timer; a timer of an earlier visit is refused', () => {
    const play = new Play(definition(true))
    play.do({ type: 'start' })
    play.answer('a')
    expect(play.count('timer.cancelled', 'late')).toBe(1)
    expect(play.do({ type: 'timer.fire', node: 'late', visit: 1 })).toBe('flow.notRunning')
  })

  it('an instance stored before waits were kept still hears its timers', () => {
    const play = new Play(definition(true))
    play.do({ type: 'start' })
    const { waits: _, ...former } = play.snapshot
    play.snapshot = former as InstanceSnapshot
    expect(play.do({ type: 'timer.fire', node: 'late', visit: 1 })).toBeUndefined()
    expect(play.nodes).toEqual(['nudge'])
  })

  it('a catch event waits for its moment', () => {
    const play = new Play(
      flow(
        [start, { id: 'w', type: 'intermediateCatchEvent', on: { timer: 'PT1H' } }, end],
        edges(['start', 'w'], ['w', 'end']),
      ),
    )
    play.do({ type: 'start' })
    expect(play.nodes).toEqual(['w'])
    play.do({ type: 'timer.fire', node: 'w', visit: 1 })
    expect(play.snapshot.status).toBe('completed')
  })
})

describe('service task', () => {
  it('stops for its actions, so that the next gateway sees what they wrote', () => {
    const when = { fact: 'record', path: '$.done', operator: 'equal', value: 'yes' } as const
    const play = new Play(
      flow(
        [
          start,
          { id: 's', type: 'serviceTask', actions: [{ id: 'x', type: 'set', values: { done: 'yes' } }] },
          { id: 'x', type: 'exclusiveGateway' },
          user('a'),
          user('b'),
        ],
        edges(['start', 's'], ['s', 'x'], ['x', 'a', { when }], ['x', 'b', { default: true }]),
      ),
    )
    play.do({ type: 'start' })
    expect(play.pending).toMatchObject({ node: 's', visit: 1 })
    play.record = { done: 'yes' }
    play.do({ type: 'continue', token: play.pending?.token ?? '' })
    expect(play.nodes).toEqual(['a'])
  })
})
