import { beforeEach, describe, expect, test } from 'vitest'
import { Desk, deskApp } from '../../test/desk.ts'
import type { RecordRow } from '../pipeline/rows.ts'

const minute = 60_000
const event = (path: string, value: unknown) => ({ fact: 'event', path: `$.${path}`, operator: 'equal', value })
const blank = (path: string) => ({ fact: 'record', path: `$.${path}`, operator: 'isEmpty' })
const filled = (path: string) => ({ fact: 'record', path: `$.${path}`, operator: 'isNotEmpty' })
const starts = (word: string) => ({ fact: 'record', path: '$.subject', operator: 'startsWith', value: word })
const rule = (id: string, on: string, all: object[], then: object) => ({
  kind: 'rule',
  id,
  schemaVersion: 1,
  label: id,
  form: 'ticket',
  on: { events: [on] },
  if: { all },
  then: [{ id: 'one', ...then }],
})
const set = (values: object) => ({ type: 'set', values })
const now = { ref: '$.now' }

/** A desk that promises a first and a next response, greets by itself, and counts calls as answered. */
const answering = () =>
  new Desk(
    deskApp((files) => {
      const ticket = files['forms/ticket.json'] as { fields: object[] }
      for (const id of ['answered', 'waiting']) ticket.fields.push({ id, type: 'dateTime', label: id })
      const fromStaff = [event('visibility', 'public'), event('by_staff', true)]
      const fromCustomer = [event('visibility', 'public'), event('by_staff', false), event('automatic', false)]
      files['rules/answer.json'] = rule(
        'answer',
        'commented',
        [...fromStaff, blank('answered')],
        set({ answered: now }),
      )
      files['rules/reply.json'] = rule('reply', 'commented', fromStaff, set({ waiting: null }))
      files['rules/ask.json'] = rule('ask', 'commented', [...fromCustomer, blank('waiting')], set({ waiting: now }))
      files['rules/call.json'] = rule('call', 'created', [starts('call')], set({ answered: now }))
      files['rules/greet.json'] = rule('greet', 'created', [starts('mail')], {
        type: 'comment',
        body: 'We have your message.',
        visibility: 'public',
      })
      files['policies/promise.json'] = {
        kind: 'policy',
        id: 'promise',
        schemaVersion: 1,
        label: 'promise',
        form: 'ticket',
        clocks: [
          {
            id: 'first',
            kind: 'firstResponse',
            label: 'first',
            stopWhen: filled('answered'),
            targets: [{ id: 'all', within: 'PT1H' }],
          },
          {
            id: 'next',
            kind: 'nextResponse',
            label: 'next',
            startWhen: filled('waiting'),
            stopWhen: blank('waiting'),
            targets: [{ id: 'all', within: 'PT30M' }],
          },
        ],
      }
    }),
  )

let desk: Desk
let row: RecordRow
beforeEach(() => {
  desk = answering()
})
const open = async (subject: string, by: string | null = null) => {
  row = await desk.make('ticket', { subject }, by)
}
const runs = (id: string) =>
  [...desk.play.world.state.clocks.values()]
    .filter(({ owner }) => owner.kind === 'policy' && owner.id === id)
    .map(({ run, state, met, elapsedMs, startedAt }) => ({ run, state, met, minutes: elapsedMs / minute, startedAt }))
/** `by` null: the customer, through a channel. */
const say = async (by: string | null, visibility: 'public' | 'internal' = 'public') => {
  const said = await desk.do(by, {
    type: 'record.comment',
    app: 'desk',
    form: 'ticket',
    id: row.id,
    body: 'hello',
    visibility,
  })
  expect(said).toMatchObject({ ok: true })
}
const later = (minutes: number) => desk.play.advance(minutes * minute)
const running = [{ run: 1, state: 'running' }]

describe('C06 rule 5: the first response', () => {
  test('an automatic answer is none', async () => {
    await open('mail')
    const greeting = desk.trail(row).find(({ type }) => type === 'record.commented')
    expect(greeting).toMatchObject({ source: 'rule', data: { visibility: 'public' } })
    expect(runs('first')).toMatchObject(running)
  })
  test('an internal note is none', async () => {
    await open('one')
    await say('ann', 'internal')
    expect(runs('first')).toMatchObject(running)
  })
  test('a message of the customer is none', async () => {
    await open('one')
    await say(null)
    expect(runs('first')).toMatchObject(running)
  })
  test('the first public message of a person is it, and later ones change nothing', async () => {
    await open('mail')
    await later(10)
    await say('ann', 'internal')
    await later(10)
    await say('ann')
    await later(60)
    await say('ben')
    expect(runs('first')).toMatchObject([{ run: 1, state: 'stopped', met: true, minutes: 20 }])
  })
  test('what an agent opens during a call counts as answered at creation, where a rule says so', async () => {
    await open('call', 'ann')
    expect(runs('first')).toMatchObject([{ state: 'stopped', met: true, minutes: 0 }])
    await open('walk in', 'ann')
    expect(runs('first')).toMatchObject([{ state: 'stopped' }, { state: 'running' }])
  })
})

describe('C06 rule 6: the next response', () => {
  test('counts from the first unanswered message of the customer; further ones do not begin it anew', async () => {
    await open('one')
    const begun = desk.play.now
    await later(5)
    await say(null)
    await later(10)
    await say(null)
    await later(10)
    await say('ann', 'internal')
    await later(5)
    await say('ann')
    expect(runs('next')).toEqual([{ run: 1, state: 'stopped', met: true, minutes: 25, startedAt: begun + 5 * minute }])
  })
  test('a greeting that writes itself neither begins nor ends it', async () => {
    await open('mail')
    expect(runs('next')).toEqual([])
  })
  test('each question that follows an answer is a run of its own, and one left alone is breached', async () => {
    await open('one')
    await say(null)
    await later(10)
    await say('ann')
    await later(60)
    await say(null)
    await later(20)
    await say(null)
    await later(11)
    expect(runs('next')).toMatchObject([
      { run: 1, state: 'stopped', met: true, minutes: 10 },
      { run: 2, state: 'running', met: false },
    ])
  })
})
