import { describe, expect, test } from 'vitest'
import type { Edge, FlowDefinition, FlowNode } from '../../definitions/flow.ts'
import { flowGraph } from '../../flow/graph.ts'
import { emptyInstance, transition } from '../../flow/transition.ts'
import type { FlowCommand, FlowEvent, InstanceSnapshot } from '../../flow/types.ts'
import { returnTargets } from './commands.ts'

type UserTask = Extract<FlowNode, { type: 'userTask' }>
const outcomes = [
  { id: 'agree', label: 'x' },
  { id: 'refuse', label: 'x' },
]
const user = (id: string, more: Partial<UserTask> = {}): FlowNode => ({
  id,
  type: 'userTask',
  assign: [{ role: 'r' }],
  outcomes,
  ...more,
})
const gateway = (id: string): FlowNode => ({ id, type: 'parallelGateway' })
const way = (from: string, to: string, more: Partial<Edge> = {}): Edge => ({ id: `${from}_${to}`, from, to, ...more })
const flow = (nodes: readonly FlowNode[], edges: readonly Edge[]): FlowDefinition => ({
  id: 'f',
  kind: 'flow',
  schemaVersion: 1,
  form: 'ticket',
  label: 'x',
  start: [{ on: 'created' }],
  nodes: [{ id: 'start', type: 'startEvent' }, ...nodes, { id: 'end', type: 'endEvent' }],
  edges: [...edges],
})

/** Plays one instance; a task is named by its person, or by its node where it is nobody's. */
class Play {
  snapshot: InstanceSnapshot = emptyInstance('i', 'f')
  readonly log: FlowEvent[] = []
  people: readonly string[] = ['p1', 'p2', 'p3']
  agreed: readonly string[] = []
  #ids = 0
  readonly definition: FlowDefinition

  constructor(definition: FlowDefinition, people?: readonly string[]) {
    this.definition = definition
    if (people) this.people = people
  }

  do(command: FlowCommand): string | undefined {
    const result = transition(this.definition, this.snapshot, command, {
      now: 0,
      newId: () => `id${++this.#ids}`,
      facts: { now: 0, zone: 'UTC', record: {} },
      people: (who) => (who.some((one) => 'user' in one) ? ['chief'] : this.people),
      agreed: () => this.agreed,
    })
    if (!result.ok) return result.error.code
    this.snapshot = result.value.snapshot
    this.log.push(...result.value.events)
    return undefined
  }

  start(): this {
    this.do({ type: 'start' })
    return this
  }

  task(who: string): string {
    for (const { node, tasks } of this.snapshot.activities)
      for (const one of tasks) if (one.outcome === null && (one.person ?? node) === who) return one.task
    return 'none'
  }

  answer(who: string, outcome = 'agree'): string | undefined {
    return this.do({ type: 'task.complete', task: this.task(who), outcome, by: who })
  }

  /** Who has an open task, by node. */
  get open(): readonly string[] {
    return this.snapshot.activities
      .flatMap(({ node, tasks }) =>
        tasks.flatMap((one) => (one.outcome === null ? [one.person === null ? node : `${node}:${one.person}`] : [])),
      )
      .toSorted()
  }

  add(who: string, person: string, position: 'before' | 'after' | 'parallel'): string | undefined {
    return this.do({ type: 'task.add', task: this.task(who), person, position, by: who })
  }

  remove(person: string, by: string): string | undefined {
    const target = this.task(person)
    return this.do({ type: 'task.remove', task: this.task(by), person, target: target === 'none' ? null : target })
  }

  back(who: string, to: string, back = false, person: string | null = null): string | undefined {
    return this.do({ type: 'task.return', task: this.task(who), to, person, back, by: who })
  }
}

const one = (more: Partial<UserTask> = {}) =>
  flow(
    [user('a', more), user('yes'), user('no')],
    [
      way('start', 'a'),
      way('a', 'yes', { outcome: 'agree' }),
      way('a', 'no', { outcome: 'refuse' }),
      way('yes', 'end'),
      way('no', 'end'),
    ],
  )

describe('several people', () => {
  test('sequential (依次): one after the other; a refusal ends it', () => {
    const play = new Play(one({ mode: 'sequential' })).start()
    expect(play.open).toEqual(['a:p1'])
    play.answer('p1')
    expect(play.open).toEqual(['a:p2'])
    play.answer('p2', 'refuse')
    expect(play.open).toEqual(['no'])
  })

  test('two of three are enough; the third is not asked any more', () => {
    const play = new Play(one({ mode: 'all', quorum: 2 })).start()
    play.answer('p3')
    play.answer('p1', 'refuse')
    expect(play.open).toEqual(['a:p2'])
    play.answer('p2')
    expect(play.open).toEqual(['yes'])
  })

  test('nobody to ask: passed with the first outcome, or asked of somebody else', () => {
    const passed = new Play(one({ mode: 'all', empty: 'autoPass' }), []).start()
    expect(passed.open).toEqual(['yes'])
    expect(passed.log).toContainEqual({ type: 'task.passed', node: 'a', visit: 1, person: null, why: 'nobody' })
    expect(new Play(one({ mode: 'all', empty: { who: [{ user: 'chief' }] } }), []).start().open).toEqual(['a:chief'])
    expect(new Play(one({ mode: 'all' }), []).start().open).toEqual(['a'])
  })

  test('who has agreed before passes without being asked', () => {
    const play = new Play(one({ mode: 'all', dedupe: 'all' }))
    play.agreed = ['p1', 'p3']
    expect(play.start().open).toEqual(['a:p2'])
    play.answer('p2')
    expect(play.open).toEqual(['yes'])
    const all = new Play(one({ mode: 'sequential', dedupe: 'adjacent' }))
    all.agreed = ['p1', 'p2', 'p3']
    expect(all.start().open).toEqual(['yes'])
  })

  test('copies are announced with the result', () => {
    const play = new Play(one({ copyTo: [{ role: 'boss' }] })).start()
    play.answer('a', 'refuse')
    expect(play.log).toContainEqual({
      type: 'task.copied',
      node: 'a',
      visit: 1,
      to: [{ role: 'boss' }],
      outcome: 'refuse',
    })
  })
})

describe('加签 and 减签', () => {
  test('before: the signer first, then who added them', () => {
    const play = new Play(one({ mode: 'any' }), ['p1']).start()
    play.add('p1', 'x', 'before')
    expect(play.open).toEqual(['a:x'])
    play.answer('x')
    expect(play.open).toEqual(['a:p1'])
    play.answer('p1')
    expect(play.open).toEqual(['yes'])
  })

  test('after: who added first, then the signer; a refusal of either decides the vote', () => {
    const play = new Play(one({ mode: 'any' }), ['p1']).start()
    play.add('p1', 'x', 'after')
    play.answer('p1')
    expect(play.open).toEqual(['a:x'])
    play.answer('x', 'refuse')
    expect(play.open).toEqual(['no'])
  })

  test('parallel: both must agree, and together they are one vote of the quorum', () => {
    const play = new Play(one({ mode: 'all', quorum: 2 })).start()
    play.add('p1', 'x', 'parallel')
    play.answer('p1')
    play.answer('p2')
    expect(play.open).toEqual(['a:p3', 'a:x'])
    play.answer('x')
    expect(play.open).toEqual(['yes'])
  })

  test('one who is taken away counts no more; the last one stays', () => {
    const play = new Play(one({ mode: 'all' })).start()
    play.add('p1', 'x', 'after')
    play.answer('p1')
    play.answer('p2')
    expect(play.remove('x', 'p3')).toBeUndefined()
    expect(play.open).toEqual(['a:p3'])
    play.answer('p3')
    expect(play.open).toEqual(['yes'])
    const alone = new Play(one({ mode: 'all' }), ['p1']).start()
    expect(alone.remove('p1', 'p1')).toBe('task.lastAssignee')
    expect(alone.remove('x', 'p1')).toBe('task.notAsked')
  })
})

const line = flow([user('a'), user('b'), user('c')], [way('start', 'a'), way('a', 'b'), way('b', 'c'), way('c', 'end')])
/** a → split(b → c ‖ d) → join → e → end, and from e back to a. */
const block = flow(
  [
    user('a'),
    gateway('split'),
    user('b'),
    user('c'),
    user('d'),
    gateway('join'),
    user('e'),
    { id: 'x', type: 'exclusiveGateway' },
  ],
  [
    way('start', 'x'),
    way('x', 'a', { default: true }),
    way('a', 'split'),
    way('split', 'b'),
    way('b', 'c'),
    way('split', 'd'),
    way('c', 'join'),
    way('d', 'join'),
    way('join', 'e'),
    way('e', 'end', { outcome: 'agree' }),
    way('e', 'x', { outcome: 'refuse' }),
  ],
)
const targets = (play: Play, node: string) => {
  const activity = play.snapshot.activities.find((open) => open.node === node)
  return activity ? returnTargets(flowGraph(play.definition), play.snapshot, activity) : []
}

describe('退回', () => {
  test('again: everything in between is done again, by whoever did the step last', () => {
    const play = new Play(line).start()
    play.answer('a')
    play.answer('b')
    expect(targets(play, 'c')).toEqual(['a', 'b'])
    expect(play.back('c', 'a', false, 'ann')).toBeUndefined()
    expect(play.open).toEqual(['a:ann'])
    play.answer('ann')
    expect(play.open).toEqual(['b'])
  })

  test('back: straight to who returned it', () => {
    const play = new Play(line).start()
    play.answer('a')
    play.answer('b')
    play.back('c', 'a', true)
    play.answer('a', 'refuse')
    expect(play.open).toEqual(['c:c'])
    play.answer('c')
    expect(play.snapshot.status).toBe('completed')
  })

  test('to before a parallel block: the whole block is cancelled', () => {
    const play = new Play(block).start()
    play.answer('a')
    play.answer('b')
    expect(targets(play, 'c')).toEqual(['a', 'b'])
    play.back('c', 'a')
    expect(play.open).toEqual(['a'])
    expect(play.log.flatMap((event) => (event.type === 'task.cancelled' ? [event.node] : [])).toSorted()).toEqual([
      'c',
      'd',
    ])
  })

  test('inside a branch the others go on; what waits at the join stays', () => {
    const play = new Play(block).start()
    play.answer('a')
    play.answer('d')
    play.answer('b')
    play.back('c', 'b')
    expect(play.open).toEqual(['b'])
    play.answer('b')
    play.answer('c')
    expect(play.open).toEqual(['e'])
  })

  test('into a block that is over, to a sibling branch, or to what was never done: refused', () => {
    const play = new Play(block).start()
    play.answer('a')
    play.answer('b')
    expect(play.back('c', 'd')).toBe('task.returnTarget')
    expect(play.back('c', 'e')).toBe('task.returnTarget')
    play.answer('c')
    play.answer('d')
    expect(targets(play, 'e')).toEqual(['a'])
    expect(play.back('e', 'b')).toBe('task.returnTarget')
  })
})

describe('撤回', () => {
  const withdraw = (play: Play, task: string, node: string, seats: readonly { person: string; outcome: null }[] = []) =>
    play.do({ type: 'task.withdraw', task, node, visit: 1, seats, later: [], by: 'ann' })

  test('while the next task is not done, the answer is taken back', () => {
    const play = new Play(line).start()
    const task = play.task('a')
    play.answer('a')
    expect(withdraw(play, task, 'a', [{ person: 'ann', outcome: null }])).toBeUndefined()
    expect(play.open).toEqual(['a:ann'])
    play.answer('ann')
    expect(play.open).toEqual(['b'])
  })

  test('behind a parallel split: all branches, none of which may have been answered', () => {
    const play = new Play(block).start()
    const task = play.task('a')
    play.answer('a')
    expect(withdraw(play, task, 'a', [{ person: 'ann', outcome: null }])).toBeUndefined()
    expect(play.open).toEqual(['a:ann'])
  })

  test('one vote of several is open again; in turn, the next one waits', () => {
    const play = new Play(one({ mode: 'sequential' })).start()
    const task = play.task('p1')
    play.answer('p1')
    expect(play.open).toEqual(['a:p2'])
    expect(
      play.do({ type: 'task.withdraw', task, node: 'a', visit: 1, seats: [], later: [], by: 'p1' }),
    ).toBeUndefined()
    expect(play.open).toEqual(['a:p1'])
    play.answer('p1')
    play.answer('p2')
    expect(play.open).toEqual(['a:p3'])
    expect(play.do({ type: 'task.withdraw', task, node: 'a', visit: 1, seats: [], later: [], by: 'p1' })).toBe(
      'task.tooLate',
    )
  })
})
