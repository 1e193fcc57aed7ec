import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import type { RecordView, TaskPage } from '../../src/contract/index.ts'
import type { Documents } from '../store/newborn.ts'
import { type Desk, openDesk, tickets } from './desk.ts'

/** apply (whoever submits) → check → end. */
const application = (files: Documents) => {
  const outcomes = [{ id: 'agree', label: '同意' }]
  files['flows/handling.json'].nodes = [
    { id: 'begin', type: 'startEvent' },
    {
      id: 'apply',
      type: 'userTask',
      submission: true,
      assign: [{ self: 'creator' }],
      fields: { subject: 'edit' },
      outcomes: [{ id: 'submitted', label: '提交' }],
    },
    { id: 'check', type: 'userTask', assign: [{ user: 'boss' }], outcomes },
    { id: 'end', type: 'endEvent' },
  ]
  files['flows/handling.json'].edges = [
    { id: 'e1', from: 'begin', to: 'apply' },
    { id: 'e2', from: 'apply', to: 'check' },
    { id: 'e3', from: 'check', to: 'end' },
  ]
}

eachDatabase((database) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(database.url, {}, application)
  })
  afterAll(() => desk.close())

  const submit = async () =>
    (await desk.li.send('POST', tickets, { values: { subject: 'flow apply' } })).json<RecordView>().id
  const open = async (record: string) =>
    (await desk.boss.send('GET', `/api/tasks?record=${record}`)).json<TaskPage>().items
  const trail = async (record: string) =>
    (await desk.boss.send('GET', `${tickets}/${record}/timeline`)).json<{
      items: { type: string; actor: string | null; data: { node?: string; target?: string } }[]
    }>().items
  const told = async (record: string, type: string) =>
    (await trail(record)).filter((one) => one.type === type).map(({ actor, data }) => [actor, data.node])

  test('who submits has done the step: once in the trail, in their name; it comes back to them and goes on from there', async () => {
    const id = await submit()
    const [check] = await open(id)
    expect(await open(id)).toMatchObject([{ node: 'check', assignee: desk.ids.boss }])
    expect(await told(id, 'task.completed')).toEqual([[desk.ids.li, 'apply']])
    const approval = await desk.boss.send('GET', `/api/tasks/${check?.id}/approval`)
    expect(approval.json()).toMatchObject({ targets: [{ node: 'apply', person: desk.ids.li }] })
    const returned = await desk.boss.send('POST', `/api/tasks/${check?.id}/return`, { to: 'apply', comment: '补充' })
    expect(returned.statusCode, returned.body).toBe(200)
    expect(await told(id, 'task.returned')).toEqual([[desk.ids.boss, 'check']])
    const [again] = await open(id)
    expect(again).toMatchObject({ node: 'apply', assignee: desk.ids.li })
    const done = await desk.li.send('POST', `/api/tasks/${again?.id}/complete`, {
      outcome: 'submitted',
      values: { subject: 'flow more' },
    })
    expect(done.statusCode, done.body).toBe(200)
    expect(await open(id)).toMatchObject([{ node: 'check' }])
  })

  test('who submitted takes it back while the next task is untouched, one entry; afterwards it is too late', async () => {
    const id = await submit()
    const mine = async () =>
      (await desk.li.send('GET', `/api/tasks?record=${id}&state=completed`)).json<TaskPage>().items[0]
    const answer = await mine()
    expect(answer).toMatchObject({ node: 'apply', can: expect.arrayContaining(['withdraw']) })
    const withdrawn = await desk.li.send('POST', `/api/tasks/${answer?.id}/withdraw`, {})
    expect(withdrawn.statusCode, withdrawn.body).toBe(200)
    expect(await open(id)).toMatchObject([{ node: 'apply', assignee: desk.ids.li }])
    expect(await told(id, 'task.withdrawn')).toEqual([[desk.ids.li, 'apply']])
    const [again] = await open(id)
    await desk.li.send('POST', `/api/tasks/${again?.id}/complete`, { outcome: 'submitted' })
    const [check] = await open(id)
    expect((await desk.boss.send('POST', `/api/tasks/${check?.id}/complete`, { outcome: 'agree' })).statusCode).toBe(
      200,
    )
    const late = await desk.li.send('POST', `/api/tasks/${again?.id}/withdraw`, {})
    expect([late.statusCode, late.json<{ code: string }>().code]).toEqual([409, 'task.tooLate'])
  })
})
