import { describe, expect, test } from 'vitest'
import { Desk, deskApp } from '../../test/desk.ts'
import type { RecordRow } from './rows.ts'

type Node = { readonly id: string; readonly type: string; readonly [property: string]: unknown }
type Way = readonly [from: string, to: string, more?: object]

const begin: Node = { id: 'begin', type: 'startEvent' }
const end: Node = { id: 'end', type: 'endEvent' }
const task = (id: string, more: object = {}): Node => ({
  id,
  type: 'userTask',
  label: id,
  assign: [{ role: 'agent' }],
  ...more,
})
const act = (id: string, values: object, more: object = {}): Node => ({
  id,
  type: 'serviceTask',
  actions: [{ id: 'set', type: 'set', values }],
  ...more,
})

/** A desk with one more flow, that starts with every ticket whose subject is `go`. */
const deskWith = (nodes: readonly Node[], ways: readonly Way[], more: Record<string, object> = {}) =>
  new Desk(
    deskApp((files) => {
      Object.assign(files, more)
      files['flows/go.json'] = {
        id: 'go',
        kind: 'flow',
        schemaVersion: 1,
        label: 'go',
        form: 'ticket',
        start: [{ on: 'created', when: { fact: 'record', path: '$.subject', operator: 'equal', value: 'go' } }],
        nodes: [begin, ...nodes, end],
        edges: ways.map(([from, to, rest], at) => ({ id: `w${at}`, from, to, ...rest })),
      }
    }),
  )
const instance = (desk: Desk, { id }: RecordRow) =>
  [...desk.play.world.state.instances.values()].find((one) => one.id === id)
const at = (desk: Desk, row: RecordRow) => instance(desk, row)?.snapshot.tokens.map((token) => token.node)

describe('service tasks that cannot be done', () => {
  const broken = act('break', { customer: 'nobody' })
  const caught: Node = { id: 'catch', type: 'boundaryEvent', attachedTo: 'break', on: { error: true } }
  const ways: readonly Way[] = [
    ['begin', 'first'],
    ['first', 'break'],
    ['break', 'end'],
  ]

  test('the flow catches the error where it says so', async () => {
    const desk = deskWith([task('first'), broken, caught, task('help')], [...ways, ['catch', 'help'], ['help', 'end']])
    const row = await desk.make('ticket', { subject: 'go' })
    const { task: id } = desk.task(row, 'first')
    await desk.do('ann', { type: 'task.claim', task: id })
    expect(await desk.do('ann', { type: 'task.complete', task: id })).toMatchObject({ ok: true })
    expect(at(desk, row)).toEqual(['help'])
  })

  test('else the person is told and nothing has changed', async () => {
    const desk = deskWith([task('first'), broken], ways)
    const row = await desk.make('ticket', { subject: 'go' })
    const { task: id } = desk.task(row, 'first')
    await desk.do('ann', { type: 'task.claim', task: id })
    expect(await desk.do('ann', { type: 'task.complete', task: id })).toMatchObject({
      ok: false,
      error: { code: 'record.invalid' },
    })
    expect(at(desk, row)).toEqual(['first'])
  })

  test('when nobody is there to be told the flow is stuck, says why, and can be retried', async () => {
    const desk = deskWith(
      [
        { id: 'first', type: 'intermediateCatchEvent', on: { timer: 'PT1H' } },
        act('break', { customer: { ref: '$.record.note' } }),
      ],
      ways,
    )
    const row = await desk.make('ticket', { subject: 'go', note: 'nobody' })
    await desk.play.advance(3_600_000)
    expect(instance(desk, row)).toMatchObject({ status: 'dead', endedAt: null, snapshot: { reason: 'record.invalid' } })
    expect(desk.trail(row).map((event) => event.type)).toContain('flow.stuck')
    const customer = await desk.make('customer', { name: 'acme' })
    await desk.update(null, row, { note: customer.id })
    const retry = { type: 'flow.retry', instance: instance(desk, row)?.instance ?? '' } as const
    expect(await desk.do('ann', retry)).toMatchObject({ ok: false, error: { code: 'access.denied' } })
    expect(await desk.do('boss', retry)).toMatchObject({ ok: true })
    expect(instance(desk, row)?.status).toBe('completed')
    expect(desk.row(row)?.data.customer).toBe(customer.id)
  })
})

test('a change of the record sets off the flow that waits for a condition, in the same command', async () => {
  const paid = { fact: 'record', path: '$.note', operator: 'equal', value: 'paid' }
  const desk = deskWith(
    [{ id: 'wait', type: 'intermediateCatchEvent', on: { condition: paid } }, act('say', { solution: 'thanks' })],
    [
      ['begin', 'wait'],
      ['wait', 'say'],
      ['say', 'end'],
    ],
  )
  const row = await desk.make('ticket', { subject: 'go' })
  await desk.update(null, row, { note: 'later' })
  expect(at(desk, row)).toEqual(['wait'])
  await desk.update(null, row, { note: 'paid' })
  expect(desk.row(row)?.data.solution).toBe('thanks')
  expect(instance(desk, row)?.status).toBe('completed')
})

test('an action sends a message that the flow of the same record waits for', async () => {
  const desk = deskWith(
    [
      { id: 'split', type: 'parallelGateway' },
      { id: 'wait', type: 'intermediateCatchEvent', on: { message: 'hello' } },
      {
        id: 'say',
        type: 'serviceTask',
        actions: [
          { id: 'm', type: 'sendMessage', name: 'hello' },
          { id: 's', type: 'sendSignal', name: 'bell' },
        ],
      },
      { id: 'join', type: 'parallelGateway' },
    ],
    [
      ['begin', 'split'],
      ['split', 'wait'],
      ['split', 'say'],
      ['wait', 'join'],
      ['say', 'join'],
      ['join', 'end'],
    ],
  )
  const row = await desk.make('ticket', { subject: 'go' })
  expect(instance(desk, row)?.status).toBe('completed')
  expect([...desk.play.world.state.messages.values()]).toMatchObject([{ name: 'hello', key: row.id, data: null }])
})

test('a flow that goes round and round does it in several transactions, each short', async () => {
  const again = { fact: 'record', path: '$.count', operator: 'greaterThan', value: -400 }
  const desk = deskWith(
    [
      { id: 'merge', type: 'exclusiveGateway' },
      act('less', { count: { formula: 'count - 1' } }),
      { id: 'which', type: 'exclusiveGateway' },
    ],
    [
      ['begin', 'merge'],
      ['merge', 'less', { default: true }],
      ['less', 'which'],
      ['which', 'merge', { when: again }],
      ['which', 'end', { default: true }],
    ],
  )
  const row = await desk.make('ticket', { subject: 'go', count: -1 })
  expect(instance(desk, row)?.status).toBe('completed')
  expect(desk.row(row)?.data.count).toBe(-400)
  const commands = new Set(desk.trail(row).map((event) => event.command))
  expect(commands.size).toBeGreaterThanOrEqual(2)
})

test('the item of a multi-instance task is there for whom it is assigned to, and for called flows', async () => {
  const line: Record<string, object> = {
    'flows/part.json': {
      id: 'part',
      kind: 'flow',
      schemaVersion: 1,
      label: 'part',
      form: 'ticket',
      start: [{ on: 'manual' }],
      nodes: [begin, act('note', { note: { ref: '$.flow.part' } }), end],
      edges: [
        { id: 'a', from: 'begin', to: 'note' },
        { id: 'b', from: 'note', to: 'end' },
      ],
    },
  }
  const desk = deskWith(
    [
      {
        id: 'each',
        type: 'callActivity',
        flow: 'part',
        with: { part: { ref: '$.flow.one' } },
        back: { solution: { ref: '$.flow.part' } },
        multiInstance: { collection: { formula: '["fan", "pump"]' }, item: 'one', sequential: true },
      },
      task('ask', {
        assign: [{ formula: 'flow.who' }],
        multiInstance: { collection: { formula: '["user:wei", "user:xia"]' }, item: 'who' },
      }),
    ],
    [
      ['begin', 'each'],
      ['each', 'ask'],
      ['ask', 'end'],
    ],
    line,
  )
  const row = await desk.make('ticket', { subject: 'go' })
  expect(desk.row(row)?.data).toMatchObject({ note: 'pump', solution: 'pump' })
  const asked = [...desk.play.world.state.tasks.values()].filter((one) => one.node === 'ask')
  expect(asked.map((one) => one.assignee).toSorted()).toEqual(['user:wei', 'user:xia'])
})
