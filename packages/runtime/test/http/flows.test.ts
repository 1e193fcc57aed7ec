import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { type Desk, openDesk, tickets } from './desk.ts'

const paid = { fact: 'flow', path: '$.payment.ok', operator: 'equal', value: 'yes' }

eachDatabase((database) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(database.url, {}, (files) => {
      files['flows/payment.json'] = {
        id: 'payment',
        kind: 'flow',
        schemaVersion: 1,
        form: 'ticket',
        label: '收款',
        start: [{ on: 'created' }],
        nodes: [
          { id: 'begin', type: 'startEvent' },
          { id: 'wait', type: 'intermediateCatchEvent', on: { message: 'payment' } },
          { id: 'which', type: 'exclusiveGateway' },
          { id: 'ship', type: 'userTask', label: '发货', assign: [{ role: 'agent' }] },
          { id: 'end', type: 'endEvent' },
        ],
        edges: [
          { id: 'e1', from: 'begin', to: 'wait' },
          { id: 'e2', from: 'wait', to: 'which' },
          { id: 'e3', from: 'which', to: 'ship', when: paid },
          { id: 'e4', from: 'which', to: 'end', default: true },
          { id: 'e5', from: 'ship', to: 'end' },
        ],
      }
    })
  })
  afterAll(() => desk.close())

  const messages = '/api/apps/desk/messages'

  test('another system tells a flow something, with data, and the same message twice counts once', async () => {
    const made = await desk.li.send('POST', tickets, { values: { subject: 'paid' } })
    const { id } = made.json<{ id: string }>()
    const body = { name: 'payment', key: id, id: 'p1', data: { ok: 'yes' } }
    expect((await desk.li.send('POST', messages, body)).statusCode).toBe(403)
    expect((await desk.boss.send('POST', messages, { ...body, more: 1 })).statusCode).toBe(400)
    expect((await desk.boss.send('POST', '/api/apps/nothing/messages', body)).statusCode).toBe(403)
    for (let time = 0; time < 2; time += 1) expect((await desk.boss.send('POST', messages, body)).statusCode).toBe(204)
    const tasks = (await desk.li.send('GET', '/api/tasks')).json<{ items: readonly { node: string }[] }>().items
    expect(tasks).toHaveLength(1)
  })

  test('a retry is for those who manage the app', async () => {
    const url = '/api/instances/01900000-0000-7000-8000-000000000000/retry'
    expect((await desk.boss.send('POST', url, {})).statusCode).toBe(403)
  })
})
