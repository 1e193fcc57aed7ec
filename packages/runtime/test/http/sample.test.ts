import type { AppFile, SampleView } from '@tenon/runtime/contract'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { type Desk, openDesk, tickets, wireFiles } from './desk.ts'
import { openBench, setUp } from './harness.ts'

const url = '/api/design/apps/desk/sample'
const dayMs = 86_400_000
const json = (path: string, value: object): AppFile => ({ path, text: JSON.stringify(value) })

/** Demo data of a template: tickets before customers by name, so that only their links say which comes first. */
const sheets = (change: Record<string, string | undefined> = {}): AppFile[] =>
  [
    json('sample/sample.json', { lastDay: '2020-01-04' }),
    json('sample/a_tickets.mapping.json', {
      form: 'ticket',
      key: 'subject',
      fields: [
        { field: 'subject', column: 'subject' },
        { field: 'customer', column: 'customer', by: 'name' },
        { field: 'handler', column: 'handler', by: 'username' },
        { field: 'due', column: 'due' },
        { field: 'stage', column: 'stage' },
      ],
      history: { createdAt: 'due' },
    }),
    {
      path: 'sample/a_tickets.csv',
      text: 'subject,customer,handler,due,stage\nA,甲公司,li,2020-01-03 10:00,done\nB,乙公司,nobody_here,2020-01-04 11:00,open\n',
    },
    json('sample/b_customers.mapping.json', {
      form: 'customer',
      key: 'name',
      fields: [
        { field: 'name', column: 'name' },
        { field: 'level', column: 'level' },
      ],
    }),
    { path: 'sample/b_customers.csv', text: 'name,level\n甲公司,vip\n乙公司,normal\n' },
  ].map((file) => (file.path in change ? { path: file.path, text: change[file.path] ?? '' } : file))

eachDatabase((database) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(database.url)
  })
  afterAll(() => desk.close())

  const publish = async (files: readonly AppFile[]) => {
    const answer = await desk.admin.send('POST', '/api/design/apps/desk/publish', { files: [...wireFiles(), ...files] })
    expect(answer.statusCode, answer.body).toBe(200)
  }
  const load = (dryRun: boolean, caller = desk.boss) =>
    caller.send('POST', url, { dryRun }, { 'accept-language': 'en' })
  const look = async () => (await desk.boss.send('GET', url)).json<SampleView>()
  const finished = async (): Promise<SampleView> => {
    let view = await look()
    for (let at = 0; at < 400 && view.items.some(({ job }) => job?.finishedAt === null); at++) {
      await new Promise((resolve) => setTimeout(resolve, 25))
      view = await look()
    }
    return view
  }
  const results = (view: SampleView) =>
    view.items.map(({ file, job }) => [file, job?.state, job?.result?.created, job?.result?.failed])
  type Item = { id: string; created_at: string; values: Record<string, unknown> }
  const listed = async (path: string) =>
    (await desk.boss.send('GET', `${path}?sort=created_at`)).json<{ total: number; items: Item[] }>()
  const customers = '/api/apps/desk/forms/customer/records'

  test('an app without demo data has none to load', async () => {
    expect(await look()).toEqual({ people: null, loaded: false, items: [] })
    expect((await load(false)).json()).toMatchObject({ status: 404, code: 'sample.notFound' })
  })

  test('it comes with the archive when that is asked for, and only then', async () => {
    const files = [...wireFiles(), ...sheets()]
    const zip = Buffer.from(zipSync(Object.fromEntries(files.map(({ path, text }) => [path, Buffer.from(text ?? '')]))))
    for (const [app, sample, count] of [
      ['with_demo', 'true', 2],
      ['without_demo', 'false', 0],
    ] as const) {
      const boundary = 'x-boundary-x'
      const head = (name: string, more = '') =>
        `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n`
      const payload = Buffer.concat([
        Buffer.from(`${head('sample')}\r\n${sample}\r\n${head('file', '; filename="app.zip"')}\r\n`),
        zip,
        Buffer.from(`\r\n--${boundary}--\r\n`),
      ])
      const brought = await desk.admin.send('POST', `/api/design/apps/${app}/import`, payload, {
        'content-type': `multipart/form-data; boundary=${boundary}`,
      })
      expect(brought.statusCode, brought.body).toBe(200)
      const draft = (await desk.admin.send('GET', `/api/design/apps/${app}/draft?name=main`)).json<{
        files: AppFile[]
      }>()
      const published = await desk.admin.send('POST', `/api/design/apps/${app}/publish`, { files: draft.files })
      expect(published.statusCode, published.body).toBe(200)
      const view = (await desk.admin.send('GET', `/api/design/apps/${app}/sample`)).json<SampleView>()
      expect(view.items).toHaveLength(count)
    }
  })

  test('a trial run finds what earlier sheets will bring and writes nothing', async () => {
    await publish(sheets())
    expect((await look()).items.map(({ file, form, rows, job }) => [file, form, rows, job])).toEqual([
      ['sample/b_customers.csv', 'customer', 2, null],
      ['sample/a_tickets.csv', 'ticket', 2, null],
    ])
    expect((await load(true)).statusCode).toBe(202)
    const view = await finished()
    expect(results(view)).toEqual([
      ['sample/b_customers.csv', 'done', 2, 0],
      ['sample/a_tickets.csv', 'done', 2, 0],
    ])
    expect(view.loaded).toBe(false)
    expect((await listed(customers)).total).toBe(0)
  })

  test('loading writes every sheet; people who are not there stay blank; days end in the last week', async () => {
    expect((await load(false)).statusCode).toBe(202)
    const view = await finished()
    expect(results(view)).toEqual([
      ['sample/b_customers.csv', 'done', 2, 0],
      ['sample/a_tickets.csv', 'done', 2, 0],
    ])
    expect(view.loaded).toBe(true)
    const { items } = await listed(tickets)
    expect(items.map(({ values }) => [values.subject, values.handler ?? null, values.stage])).toEqual([
      ['A', desk.ids.li, 'done'],
      ['B', null, 'open'],
    ])
    const byName = new Map((await listed(customers)).items.map(({ id, values }) => [values.name, id]))
    expect(items.map(({ values }) => values.customer)).toEqual([byName.get('甲公司'), byName.get('乙公司')])
    const age = desk.app.ports.clock.now() - Date.parse(items[1]?.created_at ?? '')
    expect(age).toBeGreaterThan(-dayMs)
    expect(age).toBeLessThan(8 * dayMs)
    // Nothing of history starts a flow.
    expect((await desk.li.send('GET', '/api/tasks')).json<{ items: object[] }>().items).toEqual([])
  })

  test('it is loaded once; a trial run stays possible', async () => {
    expect((await load(false)).json()).toMatchObject({ status: 409, code: 'sample.loaded' })
    expect((await load(true)).statusCode).toBe(202)
    expect(results(await finished()).map(([, state]) => state)).toEqual(['done', 'done'])
    expect((await listed(customers)).total).toBe(2)
  })

  test('rows that are wrong are told and nothing of their sheet is written', async () => {
    await publish(sheets({ 'sample/b_customers.csv': 'name,level\n丙公司,gold\n' }))
    expect((await load(true)).statusCode).toBe(202)
    const [customersJob] = (await finished()).items
    expect(customersJob?.job).toMatchObject({ result: { failed: 1, created: 0 } })
    expect(customersJob?.job?.result?.errors).toMatchObject([{ row: 2, column: 'level' }])
  })

  test('files that are none are named, and nothing begins', async () => {
    await publish(
      sheets({
        'sample/b_customers.mapping.json': '{"form":"customer","fields":[],"x":1}',
        'sample/sample.json': '{"days":1}',
      }),
    )
    const refused = await load(true)
    expect(refused.statusCode).toBe(422)
    expect(refused.json<{ code: string; errors: object[] }>()).toMatchObject({
      code: 'sample.wrong',
      errors: [
        { code: 'sample.unreadable', path: '/sample/sample.json' },
        { code: 'sample.unreadable', path: '/sample/b_customers.mapping.json' },
      ],
    })
  })

  test('it is for those who design the app', async () => {
    for (const caller of [desk.li, desk.guest]) {
      expect((await caller.send('GET', url)).statusCode).toBe(403)
      expect((await load(true, caller)).statusCode).toBe(403)
    }
  })
})

eachDatabase((database) => {
  test('the demo data of the after-sales template is whole, also where nobody of it is there', async () => {
    const bench = await openBench(database.url)
    try {
      const admin = await setUp(bench)
      const created = await admin.send('POST', '/api/design/apps', {
        id: 'service',
        label: 'Service',
        template: 'after-sales',
        sample: true,
      })
      expect(created.statusCode, created.body).toBe(201)
      const draft = (await admin.send('GET', '/api/design/apps/service/draft?name=main')).json<{ files: AppFile[] }>()
      const published = await admin.send('POST', '/api/design/apps/service/publish', { files: draft.files })
      expect(published.statusCode, published.body).toBe(200)
      const started = await admin.send('POST', '/api/design/apps/service/sample', { dryRun: true })
      expect(started.statusCode, started.body).toBe(202)
      const look = async () => (await admin.send('GET', '/api/design/apps/service/sample')).json<SampleView>()
      let view = await look()
      for (let at = 0; at < 1200 && view.items.some(({ job }) => job?.finishedAt === null); at++) {
        await new Promise((resolve) => setTimeout(resolve, 50))
        view = await look()
      }
      expect(view.items.map(({ file, job }) => [file, job?.state, job?.result?.failed, job?.result?.errors])).toEqual(
        ['customers', 'contacts', 'products', 'assets', 'tickets'].map((name) => [`sample/${name}.csv`, 'done', 0, []]),
      )
      expect(view.items.reduce((sum, { job }) => sum + Number(job?.result?.created), 0)).toBeGreaterThan(1500)
    } finally {
      await bench.close()
    }
  }, 120_000)
})
