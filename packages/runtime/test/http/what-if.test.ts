import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import type { RecordView, WhatIfAnswer } from '../../src/contract/index.ts'
import type { Documents } from '../store/newborn.ts'
import { type Desk, openDesk, tickets, wireFiles } from './desk.ts'

const is = (path: string, value: string) => ({ fact: 'record', path: `$.${path}`, operator: 'equal', value })
const policy = (id: string, within: string) => ({
  id,
  kind: 'policy',
  schemaVersion: 1,
  label: id,
  form: 'ticket',
  clocks: [
    {
      id: 'resolution',
      label: '解决',
      stopWhen: { fact: 'record', path: '$.paid', operator: 'equal', value: true },
      targets: [
        { id: 'vip', when: is('customer.level', 'vip'), within: 'PT30M' },
        { id: 'all', within },
      ],
    },
  ],
})
const promising =
  (within: string, more: (files: Documents) => void = () => {}) =>
  (files: Documents) => {
    files['policies/standard.json'] = policy('standard', within)
    more(files)
  }

eachDatabase((database) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(database.url, { TENON_TEST_CLOCK: '1' }, promising('PT2H'))
  })
  afterAll(() => desk.close())

  const make = async (values: object) => (await desk.li.send('POST', tickets, { values })).json<RecordView>()
  const close = async (id: string, version: number) => {
    const answer = await desk.boss.send('PATCH', `${tickets}/${id}`, { values: { paid: true }, version })
    expect(answer.statusCode).toBe(200)
  }
  const advance = (by: string) => desk.inject({ method: 'POST', url: '/api/test/clock', payload: { advance: by } })
  const ask = async (change: Parameters<typeof wireFiles>[0], by = desk.boss, more: object = {}) =>
    by.send('POST', '/api/design/apps/desk/what-if', { files: wireFiles(change), ...more })

  test('which results would differ, counted from real tickets, and nothing is written', async () => {
    const customer = (
      await desk.li.send('POST', '/api/apps/desk/forms/customer/records', { values: { name: 'V', level: 'vip' } })
    ).json<RecordView>()
    const quick = await make({ subject: 'quick' })
    const slow = await make({ subject: 'slow' })
    const vip = await make({ subject: 'vip', customer: customer.id })
    const open = await make({ subject: 'open' })
    await advance('PT20M')
    await close(quick.id, 1)
    await close(vip.id, 1)
    await advance('PT70M')
    await close(slow.id, 1)
    const rows = async () =>
      JSON.stringify((await desk.boss.send('GET', `${tickets}?sort=number`)).json<{ items: object[] }>().items)
    const before = await rows()

    const same = (await ask(promising('PT2H'))).json<WhatIfAnswer>()
    expect(same).toMatchObject({
      records: 4,
      more: false,
      differing: 0,
      differences: [],
      overlaps: [],
      withoutDefault: [],
    })
    expect(same.clocks).toMatchObject([
      {
        form: 'ticket',
        clock: 'resolution',
        before: { met: 3, breached: 0, running: 1, paused: 0, cancelled: 0, attainment: 1 },
        after: { met: 3, breached: 0, running: 1, attainment: 1 },
      },
    ])

    const stricter = (await ask(promising('PT1H'))).json<WhatIfAnswer>()
    expect(stricter.clocks[0]).toMatchObject({ after: { met: 2, breached: 2, running: 0, attainment: 0.5 } })
    expect(stricter.differing).toBe(3)
    const found = Object.fromEntries(
      stricter.differences.map((one) => [one.record, [one.before?.result, one.after?.result]]),
    )
    expect(found).toEqual({
      [quick.id]: ['met', 'met'],
      [slow.id]: ['met', 'breached'],
      [open.id]: ['running', 'breached'],
    })

    const gone = (
      await ask((files) => {
        promising('PT2H')(files)
        files['policies/standard.json'].when = is('priority', 'urgent')
      })
    ).json<WhatIfAnswer>()
    expect(gone.differences.every(({ after }) => after === null)).toBe(true)
    expect(gone.withoutDefault).toEqual(['ticket'])

    expect(await rows()).toBe(before)
    expect((await desk.boss.send('GET', `${tickets}/${slow.id}`)).json<RecordView>().clocks).toHaveLength(1)
  })

  test('overlapping policies are told with examples', async () => {
    const urgent = await make({ subject: 'both', priority: 'urgent', hours: '1.0' })
    const answer = (
      await ask(
        promising('PT2H', (files) => {
          files['policies/urgent.json'] = {
            ...files['policies/standard.json'],
            id: 'urgent',
            order: 1,
            when: is('priority', 'urgent'),
          }
          files['policies/worked.json'] = {
            ...files['policies/standard.json'],
            id: 'worked',
            order: 2,
            when: { fact: 'record', path: '$.hours', operator: 'isNotEmpty' },
          }
        }),
      )
    ).json<WhatIfAnswer>()
    expect(answer.overlaps).toMatchObject([
      { form: 'ticket', policies: ['urgent', 'worked'], count: 1, examples: [{ record: urgent.id }] },
    ])
  })

  test('only for who designs the app; a draft with problems is refused', async () => {
    expect((await ask(promising('PT2H'), desk.li)).statusCode).toBe(403)
    const wrong = await ask((files) => {
      promising('PT2H')(files)
      files['policies/standard.json'].form = 'nowhere'
    })
    expect([wrong.statusCode, wrong.json<{ code: string }>().code]).toEqual([422, 'app.invalid'])
    expect((await ask(promising('PT2H'), desk.boss, { days: 0 })).statusCode).toBe(400)
  })
})
