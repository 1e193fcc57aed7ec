import type { DeletedElements, DraftView, ElementHistory } from '@tenon/runtime/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import type { Documents } from '../store/newborn.ts'
import { type Desk, openDesk, wireFiles } from './desk.ts'

const fields = (files: Documents): { id: string; [key: string]: unknown }[] => files['forms/ticket.json'].fields
const hours = (files: Documents) => fields(files).find((one) => one.id === 'hours') as Record<string, unknown>
const withoutHours = (files: Documents) => {
  files['forms/ticket.json'].fields = fields(files).filter((one) => one.id !== 'hours' && one.id !== 'tags')
  delete files['flows/handling.json']
  files['app.json'].retired = ['forms/ticket/fields/hours', 'forms/ticket/fields/tags']
}
const address = 'forms/ticket.json/fields/hours'

eachDatabase((database) => {
  let desk: Desk
  const publish = async (change: (files: Documents) => void) => {
    const files = wireFiles(change)
    const plan = await desk.boss.send('POST', '/api/design/apps/desk/plan', { files })
    const confirm = plan.json<{ steps: { key: string }[] }>().steps.map((step) => step.key)
    const answer = await desk.boss.send('POST', '/api/design/apps/desk/publish', { files, confirm })
    expect([answer.statusCode, answer.body.slice(0, 300)]).toEqual([200, expect.any(String)])
  }
  beforeAll(async () => {
    desk = await openDesk(database.url)
    await publish((files) => Object.assign(hours(files), { label: '用时', scale: 2 }))
    await publish((files) => {
      Object.assign(hours(files), { label: '用时', scale: 2 })
      files['forms/customer.json'].label = '客户档案'
    })
    await publish(withoutHours)
  })
  afterAll(() => desk.close())
  const get = async <T>(what: string) =>
    (
      await desk.boss.send('GET', `/api/design/apps/desk/elements/${what}`, undefined, { 'accept-language': 'en' })
    ).json<T>()
  const restore = (body: object, name = 'main') =>
    desk.boss.send('POST', `/api/design/apps/desk/elements/restore?name=${name}`, body, { 'accept-language': 'en' })
  const draft = async () => (await desk.boss.send('GET', '/api/design/apps/desk/draft')).json<DraftView>()
  const document = (view: DraftView, path: string) =>
    JSON.parse(view.files.find((file) => file.path === path)?.text ?? 'null') as Record<string, unknown>

  test('the history of an element: who, when, in words; versions that left it alone are not in it', async () => {
    const { items } = await get<ElementHistory>(`history?address=${encodeURIComponent(address)}`)
    expect(items.map((item) => [item.version, item.kind, item.by])).toEqual([
      [4, 'removed', 'boss'],
      [2, 'changed', 'boss'],
      [1, 'added', expect.any(String)],
    ])
    expect(items[0]).not.toHaveProperty('value')
    expect(items[1]).toMatchObject({
      value: { label: '用时', scale: 2 },
      changes: expect.arrayContaining(['Field "工时" is now called "用时"']),
    })
    expect(await get(`history?address=forms/ticket.json/fields/none`)).toEqual({ items: [] })
  })

  test('the bin holds what is gone, with the version to take it from and who took it away', async () => {
    const { items } = await get<DeletedElements>('deleted')
    expect(items.map((item) => item.address)).toEqual([
      'flows/handling.json',
      'forms/ticket.json/fields/hours',
      'forms/ticket.json/fields/tags',
    ])
    expect(items[1]).toMatchObject({
      what: 'Field "用时" of form "工单"',
      version: 3,
      removedIn: 4,
      by: 'boss',
    })
  })

  test('a deleted element comes back as one edit, at its place, and is retired no more; undo takes it back', async () => {
    const before = await draft()
    const done = await restore({ address, version: 3, revision: 0 })
    expect(done.json()).toMatchObject({ revision: 1, canUndo: true })
    const after = await draft()
    const ids = (document(after, 'forms/ticket.json').fields as { id: string }[]).map((one) => one.id)
    expect(ids.slice(4, 7)).toEqual(['cost', 'hours', 'due'])
    expect(document(after, 'app.json').retired).toEqual(['forms/ticket/fields/tags'])
    const history = await desk.boss.send('GET', '/api/design/apps/desk/draft/history')
    expect(history.json()).toMatchObject({ items: [{ label: 'Field "用时" as in version 3', by: 'boss' }] })
    expect((await desk.boss.send('POST', '/api/design/apps/desk/validate', { draft: 'main' })).json()).toEqual({
      problems: [],
    })
    const { items } = await get<ElementHistory>(`history?address=${encodeURIComponent(address)}&draft=main`)
    expect(items[0]).toMatchObject({ version: null, kind: 'added', by: 'boss' })
    expect((await get<DeletedElements>('deleted?draft=main')).items.map((item) => item.address)).toEqual([
      'flows/handling.json',
      'forms/ticket.json/fields/tags',
    ])
    await desk.boss.send('POST', '/api/design/apps/desk/draft/undo', { revision: 1 })
    const undone = await draft()
    for (const path of ['forms/ticket.json', 'app.json']) expect(document(undone, path)).toEqual(document(before, path))
  })

  test('an older version of what is there, and a whole file', async () => {
    const file = 'forms/customer.json'
    expect((await restore({ address: 'flows/handling.json', version: 1, revision: 2 })).json()).toMatchObject({
      revision: 3,
    })
    expect((await restore({ address: file, version: 3, revision: 3 })).json()).toMatchObject({ revision: 4 })
    const view = await draft()
    expect(document(view, file).label).toBe('客户档案')
    expect(document(view, 'flows/handling.json').id).toBe('handling')
  })

  test('what cannot come back is said, and nothing is changed', async () => {
    expect((await restore({ address: 'forms/ticket.json/fields/none', version: 1, revision: 4 })).json()).toMatchObject(
      {
        status: 422,
        code: 'draft.notRestorable',
      },
    )
    const inGone = { address: 'forms/ticket.json/fields/tags/options/a', version: 1, revision: 4 }
    expect((await restore(inGone)).json()).toMatchObject({ code: 'draft.notRestorable' })
    expect((await restore({ address, version: 99, revision: 4 })).statusCode).toBe(404)
    expect((await restore({ address, version: 1, revision: 1 })).json()).toMatchObject({ code: 'draft.conflict' })
    expect((await draft()).revision).toBe(4)
  })
})
