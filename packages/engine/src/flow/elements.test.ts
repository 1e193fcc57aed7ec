import { describe, expect, it } from 'vitest'
import type { Edge, FlowDefinition, FlowNode } from '../definitions/flow.ts'
import { FlowPlay } from '../scenario/flow-play.ts'

type Loose = { readonly id: string; readonly type: FlowNode['type']; readonly [property: string]: unknown }
const node = (id: string, type: FlowNode['type'], more: object = {}): Loose => ({ id, type, ...more })
const start = node('start', 'startEvent')
const end = node('end', 'endEvent')
const task = (id: string, more: object = {}) => node(id, 'userTask', { assign: [{ role: 'agent' }], ...more })
const flow = (
  nodes: readonly Loose[],
  ways: readonly (readonly [string, string, Partial<Edge>?])[],
  id = 'main',
): FlowDefinition => ({
  id,
  kind: 'flow',
  schemaVersion: 1,
  form: 'case',
  label: id,
  start: [{ on: 'manual' }],
  nodes: nodes as readonly object[] as FlowNode[],
  edges: ways.map(([from, to, more], at) => ({ id: `e${at}`, from, to, ...more })),
})
const play = (...flows: FlowDefinition[]) => {
  const played = new FlowPlay(flows, {}, ['p1'])
  played.start('main')
  return played
}
const status = (played: FlowPlay) => played.instances.map(({ snapshot }) => snapshot.status)
const inside = (container: string, ...nodes: readonly Loose[]) => nodes.map((one) => ({ ...one, parent: container }))
const field = (name: string, value: string) =>
  ({ fact: 'record', path: `$.${name}`, operator: 'equal', value }) as const

describe('sub-processes', () => {
  const visit = (more: object = {}) => [
    node('visit', 'subProcess', more),
    ...inside('visit', node('in', 'startEvent'), task('drive'), task('repair'), node('out', 'endEvent')),
  ]
  const ways = [
    ['start', 'visit'],
    ['in', 'drive'],
    ['drive', 'repair'],
    ['repair', 'out'],
    ['visit', 'end'],
  ] as const

  it('the token waits outside until nothing is left inside', () => {
    const played = play(flow([start, ...visit(), end], ways))
    expect(played.at).toEqual(['drive', 'visit'])
    played.answer('drive')
    played.answer('repair')
    expect(status(played)).toEqual(['completed'])
  })

  it('an interrupting event on its boundary ends all that is inside', () => {
    const stop = node('stop', 'boundaryEvent', { attachedTo: 'visit', on: { message: 'stop' } })
    const played = play(
      flow([start, ...visit(), stop, task('tell'), end], [...ways, ['stop', 'tell'], ['tell', 'end']]),
    )
    played.message('stop')
    expect(played.at).toEqual(['tell'])
    expect(played.instances[0]?.snapshot).toMatchObject({ activities: [{ node: 'tell' }], waits: [] })
    expect(played.instances[0]?.snapshot.scopes).toHaveLength(1)
  })

  it('one for each item, with the item to be read inside and nowhere else', () => {
    const many = visit({ multiInstance: { collection: { ref: '$.record.parts' }, item: 'part' } })
    const played = new FlowPlay([flow([start, ...many, end], ways)], { parts: ['fan', 'pump'] }, ['p1'])
    played.start('main')
    const { snapshot } = played.instances[0] ?? { snapshot: { scopes: [] } }
    expect(snapshot.scopes.flatMap((scope) => scope.variables?.part ?? [])).toEqual(['fan', 'pump'])
    for (const id of ['drive', 'drive', 'repair', 'repair']) expect(played.answer(id)).toBeUndefined()
    expect(status(played)).toEqual(['completed'])
  })

  it('terminate ends its own level only', () => {
    const nodes = [
      start,
      node('visit', 'subProcess'),
      ...inside('visit', node('in', 'startEvent'), task('drive'), node('off', 'endEvent', { terminate: true })),
      task('after'),
      end,
    ]
    const played = play(
      flow(nodes, [
        ['start', 'visit'],
        ['in', 'drive'],
        ['drive', 'off'],
        ['visit', 'after'],
        ['after', 'end'],
      ]),
    )
    played.answer('drive')
    expect(played.at).toEqual(['after'])
  })
})

describe('event sub-processes', () => {
  const cancel = (interrupting: boolean) => [
    node('cancel', 'subProcess', { triggeredByEvent: true }),
    ...inside(
      'cancel',
      node('asked', 'startEvent', { on: { message: 'cancel' }, interrupting }),
      task('refund'),
      node('refunded', 'endEvent'),
    ),
  ]
  const ways = [
    ['start', 'work'],
    ['work', 'end'],
    ['asked', 'refund'],
    ['refund', 'refunded'],
  ] as const

  it('an interrupting one takes the place of all else in its level', () => {
    const played = play(flow([start, task('work'), end, ...cancel(true)], ways))
    played.message('cancel')
    expect(played.at).toEqual(['refund'])
    played.message('cancel')
    played.answer('refund')
    expect(status(played)).toEqual(['completed'])
  })

  it('one that does not interrupt goes on beside it, each time; the level ends when all have', () => {
    const played = play(flow([start, task('work'), end, ...cancel(false)], ways))
    played.message('cancel')
    played.message('cancel')
    expect(played.at).toEqual(['refund', 'refund', 'work'])
    played.answer('work')
    expect(status(played)).toEqual(['running'])
    played.answer('refund')
    played.answer('refund')
    expect(status(played)).toEqual(['completed'])
  })
})

describe('errors and escalations', () => {
  const parts = (thrown: object, caught: object, interrupting = true) =>
    flow(
      [
        start,
        node('visit', 'subProcess'),
        ...inside(
          'visit',
          node('in', 'startEvent'),
          node('fork', 'parallelGateway'),
          task('drive'),
          node('fail', 'error' in thrown ? 'endEvent' : 'intermediateThrowEvent', { throws: thrown }),
          ...('error' in thrown ? [] : [node('out', 'endEvent')]),
        ),
        node('catch', 'boundaryEvent', { attachedTo: 'visit', on: caught, interrupting }),
        task('help'),
        end,
      ],
      [
        ['start', 'visit'],
        ['in', 'fork'],
        ['fork', 'drive'],
        ['fork', 'fail'],
        ...('error' in thrown ? [] : ([['fail', 'out']] as const)),
        ['visit', 'end'],
        ['catch', 'help'],
        ['help', 'end'],
      ],
    )

  it.each([
    ['its name', { error: 'no_part' }],
    ['any', { error: true }],
  ])('an error is caught outside by %s and ends what it was thrown out of', (_, caught) => {
    const played = play(parts({ error: 'no_part' }, caught))
    expect(played.at).toEqual(['help'])
  })

  it('an error that nobody catches stays where it was thrown, dead, while the rest goes on', () => {
    const played = play(parts({ error: 'no_part' }, { error: 'other' }))
    expect(played.at).toEqual(['drive', 'fail', 'visit'])
    expect(played.instances[0]?.snapshot).toMatchObject({ status: 'running', reason: 'flow.errorUncaught' })
    played.answer('drive')
    expect(status(played)).toEqual(['running'])
  })

  it('an escalation that does not interrupt tells somebody, and the work goes on', () => {
    const played = play(parts({ escalation: 'leader' }, { escalation: 'leader' }, false))
    expect(played.at).toEqual(['drive', 'help', 'visit'])
  })

  it('an error of a called flow is caught at the call', () => {
    const child = flow([start, node('fail', 'endEvent', { throws: { error: 'broken' } })], [['start', 'fail']], 'child')
    const main = flow(
      [
        start,
        node('call', 'callActivity', { flow: 'child' }),
        node('catch', 'boundaryEvent', { attachedTo: 'call', on: { error: 'broken' } }),
        task('help'),
        end,
      ],
      [
        ['start', 'call'],
        ['call', 'end'],
        ['catch', 'help'],
        ['help', 'end'],
      ],
    )
    const played = play(main, child)
    expect(played.at).toEqual(['help'])
    expect(status(played)).toEqual(['running', 'cancelled'])
  })

  it('a call of what is not there is dead, and a retry calls again', () => {
    const played = play(
      flow(
        [start, node('call', 'callActivity', { flow: 'gone' }), end],
        [
          ['start', 'call'],
          ['call', 'end'],
        ],
      ),
    )
    const [main] = played.instances
    expect(main?.snapshot).toMatchObject({ status: 'dead', reason: 'flow.childCancelled' })
    expect(main && played.tell(main, { type: 'retry' })).toBeUndefined()
    expect(main?.snapshot).toMatchObject({ status: 'dead', visits: { call: 2 } })
  })
})

describe('compensation', () => {
  const undo = (id: string) => node(id, 'serviceTask', { actions: [{ id: 'x', type: 'set', values: { undone: id } }] })
  const log = (played: FlowPlay) =>
    (played.instances[0]?.log ?? []).flatMap((event) =>
      event.type === 'node.entered' && event.node.startsWith('undo') ? [event.node] : [],
    )
  const nodes = (thrown: object) => [
    start,
    task('order', { compensatedBy: 'undo_order' }),
    task('book', { compensatedBy: 'undo_book' }),
    task('pay', { compensatedBy: 'undo_pay' }),
    undo('undo_order'),
    undo('undo_book'),
    undo('undo_pay'),
    node('back', 'intermediateThrowEvent', { throws: thrown }),
    task('after'),
    end,
  ]
  const ways = [
    ['start', 'order'],
    ['order', 'book'],
    ['book', 'back'],
    ['back', 'after'],
    ['after', 'pay'],
    ['pay', 'end'],
  ] as const

  it('undoes what was completed, the last first, and then goes on', () => {
    const played = play(flow(nodes({ compensation: true }), ways))
    played.answer('order')
    played.answer('book')
    expect(log(played)).toEqual(['undo_book', 'undo_order'])
    expect(played.at).toEqual(['after'])
  })

  it('undoes only what is named', () => {
    const played = play(flow(nodes({ compensation: 'order' }), ways))
    played.answer('order')
    played.answer('book')
    expect(log(played)).toEqual(['undo_order'])
  })

  it('what was completed inside a sub-process is undone from outside', () => {
    const played = play(
      flow(
        [
          start,
          node('block', 'subProcess'),
          ...inside(
            'block',
            node('in', 'startEvent'),
            task('order', { compensatedBy: 'undo_order' }),
            undo('undo_order'),
            node('out', 'endEvent'),
          ),
          node('back', 'endEvent', { throws: { compensation: 'block' } }),
        ],
        [
          ['start', 'block'],
          ['in', 'order'],
          ['order', 'out'],
          ['block', 'back'],
        ],
      ),
    )
    played.answer('order')
    expect(log(played)).toEqual(['undo_order'])
    expect(status(played)).toEqual(['completed'])
  })
})

describe('events that wait', () => {
  it('a repeating timer that does not interrupt fires again, as often as it says', () => {
    const late = node('late', 'boundaryEvent', {
      attachedTo: 'work',
      on: { timer: 'PT1H', repeat: { every: 'PT2H', times: 2 } },
      interrupting: false,
    })
    const played = play(
      flow(
        [start, task('work'), late, node('told', 'endEvent'), end],
        [
          ['start', 'work'],
          ['work', 'end'],
          ['late', 'told'],
        ],
      ),
    )
    for (let time = 0; time < 3; time += 1) expect(played.fire('late')).toBeUndefined()
    expect(played.fire('late')).toBe('timer.notArmed')
    expect(played.visits('told')).toBe(3)
    const set = played.instances[0]?.log.flatMap((event) => (event.type === 'timer.set' ? [event.within] : []))
    expect(set).toEqual(['PT1H', 'PT2H', 'PT2H'])
  })

  it('a condition on the boundary fires when it becomes true, each time it does', () => {
    const vip = node('vip', 'boundaryEvent', {
      attachedTo: 'work',
      on: { condition: field('level', 'vip') },
      interrupting: false,
    })
    const played = play(
      flow(
        [start, task('work'), vip, node('told', 'endEvent'), end],
        [
          ['start', 'work'],
          ['work', 'end'],
          ['vip', 'told'],
        ],
      ),
    )
    for (const level of ['vip', 'vip', 'plain', 'vip']) played.set({ level })
    expect(played.visits('told')).toBe(2)
  })

  it('data that come with a message can be read behind the event', () => {
    const wait = node('wait', 'intermediateCatchEvent', { on: { message: 'paid' } })
    const paid = { fact: 'flow', path: '$.paid.ok', operator: 'equal', value: 'yes' } as const
    const played = play(
      flow(
        [start, wait, node('which', 'exclusiveGateway'), task('ship'), task('remind')],
        [
          ['start', 'wait'],
          ['wait', 'which'],
          ['which', 'ship', { when: paid }],
          ['which', 'remind', { default: true }],
        ],
      ),
    )
    const [main] = played.instances
    if (main) played.tell(main, { type: 'message', node: 'wait', visit: 1, data: { ok: 'yes' } })
    expect(played.at).toEqual(['ship'])
  })
})

describe('loops and items', () => {
  it('a loop tests before each round, and ends at its maximum', () => {
    const loop = (max: number) =>
      flow(
        [start, task('work', { loop: { while: field('open', 'yes'), max } }), end],
        [
          ['start', 'work'],
          ['work', 'end'],
        ],
      )
    const never = new FlowPlay([loop(3)], { open: 'no' }, ['p1'])
    never.start('main')
    expect(status(never)).toEqual(['completed'])
    const always = new FlowPlay([loop(2)], { open: 'yes' }, ['p1'])
    always.start('main')
    always.answer('work')
    always.answer('work')
    expect(status(always)).toEqual(['completed'])
  })

  it('no items: goes on at once; one after the other: the next begins when one has ended', () => {
    const many = (collection: readonly string[]) => {
      const nodes = [
        start,
        task('work', { multiInstance: { collection: { ref: '$.record.parts' }, item: 'part', sequential: true } }),
        end,
      ]
      const played = new FlowPlay(
        [
          flow(nodes, [
            ['start', 'work'],
            ['work', 'end'],
          ]),
        ],
        { parts: [...collection] },
        ['p1'],
      )
      played.start('main')
      return played
    }
    expect(status(many([]))).toEqual(['completed'])
    const two = many(['a', 'b'])
    expect(two.at).toEqual(['work', 'work'])
    two.answer('work')
    expect(two.at).toEqual(['work', 'work'])
    two.answer('work')
    expect(status(two)).toEqual(['completed'])
  })
})

it('recursion ends at sixteen levels, with the innermost dead', () => {
  const played = play(
    flow(
      [start, node('again', 'callActivity', { flow: 'main' }), end],
      [
        ['start', 'again'],
        ['again', 'end'],
      ],
    ),
  )
  expect(played.instances).toHaveLength(17)
  expect(played.instances.at(-1)?.snapshot).toMatchObject({ status: 'dead', reason: 'flow.tooDeep' })
})
