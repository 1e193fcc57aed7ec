import type { AppFile, SampleView, UserView } from '@tenon/runtime/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { type Desk, openDesk, tickets, wireFiles } from './desk.ts'
import { type Bench, type Caller, openBench, password, setUp } from './harness.ts'

const url = '/api/design/apps/desk/sample'
const json = (path: string, value: unknown): AppFile => ({ path, text: JSON.stringify(value) })
const english = { 'accept-language': 'en' }

/** Waits until every job of the load has ended; `view` asks for it as it stands. */
async function finished(view: () => Promise<SampleView>): Promise<SampleView> {
  let now = await view()
  const isOver = ({ items, people }: SampleView) =>
    items.every(({ job }) => job?.finishedAt !== null) && people?.job?.finishedAt !== null
  for (let at = 0; at < 2400 && !isOver(now); at++) {
    await new Promise((resolve) => setTimeout(resolve, 25))
    now = await view()
  }
  return now
}

const usersOf = async (admin: Caller) =>
  (await admin.send('GET', '/api/admin/users?size=500')).json<{ items: UserView[] }>().items

const live = [
  {
    ago: 'PT3H',
    by: 'anna',
    form: 'ticket',
    values: { subject: 'flow one' },
    links: { customer: ['customer', 'name', '甲公司'] },
    steps: [
      { after: 'PT5M', by: 'anna', do: 'record.comment', comment: 'Called back', visibility: 'internal' },
      { after: 'PT5M', by: 'assignee', do: 'task.complete', node: 'work' },
    ],
  },
  { ago: 'PT1H', by: 'li', form: 'ticket', values: { subject: 'flow two' }, links: {}, steps: [] },
  { ago: 'PT30M', by: 'li', form: 'ticket', values: { subject: 'flow three' }, links: {}, steps: [] },
]
/** Who manages may take the customers back, too; and each new ticket of the flow is told to another system. */
const importable: Parameters<typeof wireFiles>[0] = (files) => {
  files['forms/customer.json'].access[0].can.push('import')
  files['rules/tell.json'] = {
    id: 'tell',
    kind: 'rule',
    schemaVersion: 1,
    label: 'Tell',
    form: 'ticket',
    on: { events: ['created'] },
    if: { fact: 'record', path: '$.subject', operator: 'startsWith', value: 'flow' },
    then: [{ id: 'out', type: 'webhook', url: 'https://erp.invalid/tickets', method: 'POST' }],
  }
}
/** Demo data whose people bear, with `li` and `boss`, names of people who are there; nobody of them may be meant. */
const demo = (change: Record<string, AppFile> = {}): AppFile[] =>
  [
    json('sample/a_customers.mapping.json', {
      form: 'customer',
      key: 'name',
      fields: [{ field: 'name', column: 'name' }],
    }),
    { path: 'sample/a_customers.csv', text: 'name\n甲公司\n' },
    json('sample/b_tickets.mapping.json', {
      form: 'ticket',
      key: 'subject',
      fields: [
        { field: 'subject', column: 'subject' },
        { field: 'handler', column: 'handler', by: 'username' },
      ],
    }),
    { path: 'sample/b_tickets.csv', text: 'subject,handler\nold one,li\nold two,安娜\nold three,wang\n' },
    { path: 'sample/departments.csv', text: 'code,name,parent,manager\nhq,演示总部,,boss\neast,演示华东,hq,\n' },
    {
      path: 'sample/people.csv',
      text: [
        'username,name,department,superior,roles,skills,capacity,email,phone,is_admin',
        'boss,演示主管,hq,,manager,,10,boss@example.com,13800000000,true',
        'li,演示李,east,boss,agent,print:4,10,li@example.com,,false',
        'anna,安娜,east,boss,agent,,10,,,false',
      ].join('\n'),
    },
    json('sample/live.json', live),
  ].map((file) => change[file.path] ?? file)

eachDatabase((database) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(database.url)
    await desk.admin.send('POST', '/api/admin/departments', { code: 'hq', name: '总部' })
  })
  afterAll(() => desk.close())

  const publish = async (files: readonly AppFile[]) => {
    const answer = await desk.admin.send('POST', '/api/design/apps/desk/publish', { files: [...wireFiles(), ...files] })
    expect(answer.statusCode, answer.body).toBe(200)
  }
  const load = (how: object, caller = desk.admin) => caller.send('POST', url, { dryRun: false, ...how }, english)
  const look = async (caller = desk.admin) => (await caller.send('GET', url, undefined, english)).json<SampleView>()
  const demoPeople = async () => (await usersOf(desk.admin)).filter(({ demoOf }) => demoOf === 'desk')
  type Item = { id: string; created_by: string | null; values: Record<string, unknown> }
  const listed = async (path = tickets) =>
    (await desk.boss.send('GET', `${path}?size=100&sort=created_at`)).json<{ items: Item[] }>().items

  test('who does not administer people is told so and makes nobody', async () => {
    await publish(demo())
    expect((await look(desk.boss)).people).toEqual({ count: 3, tickets: 3, allowed: false, made: [], job: null })
    expect((await look()).people).toMatchObject({ allowed: true })
    const refused = await load({ people: true }, desk.boss)
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([403, 'sample.peopleNotYours'])
    expect(await demoPeople()).toEqual([])
    expect((await look()).loaded).toBe(false)
  })

  test('people and work that cannot be are named at their places, and nobody is made', async () => {
    const people =
      'username,name,department,roles,capacity\nann,Ann,north,agent,10\nANN,Ann again,,chief,many\n,Nobody,,,1\n'
    await publish(
      demo({
        'sample/people.csv': { path: 'sample/people.csv', text: people },
        'sample/live.json': json('sample/live.json', [{ ...live[0], form: 'nope' }, live[1]]),
      }),
    )
    const refused = await load({ people: true })
    expect(refused.statusCode).toBe(422)
    const { code, errors } = refused.json<{ code: string; errors: { code: string; message: string }[] }>()
    expect(code).toBe('sample.wrong')
    expect(errors.map((one) => one.code === 'sample.cellWrong' && one.message).filter(Boolean)).toEqual(
      expect.arrayContaining([
        'In the file "sample/people.csv" of the demo data "department" is wrong in line 2: north',
        'In the file "sample/people.csv" of the demo data "username" is wrong in line 3: ANN',
        'In the file "sample/people.csv" of the demo data "roles" is wrong in line 3: chief',
        'In the file "sample/people.csv" of the demo data "capacity" is wrong in line 3: many',
      ]),
    )
    expect(errors.map((one) => one.code)).toEqual(expect.arrayContaining(['form.unknown', 'sample.nobody']))
    await publish(
      demo({ 'sample/live.json': json('sample/live.json', [{ ...live[0], steps: [{ do: 'record.delete' }] }]) }),
    )
    expect((await load({ people: true })).json()).toMatchObject({ errors: [{ code: 'sample.unreadable' }] })
    expect(await demoPeople()).toEqual([])
    // Without people nothing of them is looked at.
    expect((await load({ dryRun: true })).statusCode).toBe(202)
    await finished(look)
  })

  test('a trial run makes nobody and plays nothing', async () => {
    await publish(demo())
    expect((await load({ dryRun: true, people: true })).statusCode).toBe(202)
    const view = await finished(look)
    expect(view.items.map(({ job }) => [job?.state, job?.result?.created])).toEqual([
      ['done', 1],
      ['done', 3],
    ])
    expect(view.people).toMatchObject({ made: [], job: null })
    expect(await demoPeople()).toEqual([])
  })

  test('work that fails half-way says so and is taken back; sheets and people stay', async () => {
    const broken = [...live, { ...live[1], by: 'anna', values: { subject: 'flow four', priority: 'none such' } }]
    await publish(demo({ 'sample/live.json': json('sample/live.json', broken) }))
    expect((await load({ people: true })).statusCode).toBe(202)
    const view = await finished(look)
    expect(view.people?.job).toMatchObject({ state: 'failed', done: 3, total: 4, result: { created: 0 } })
    expect(view.people?.job?.problem).toMatchObject({ code: 'sample.notPlayed' })
    expect(view.people?.job?.problem?.message).toContain('Record 4 of the running work failed')
    expect(view.loaded).toBe(true)
    expect((await listed()).map(({ values }) => values.subject).toSorted()).toEqual(['old one', 'old three', 'old two'])
    expect((await desk.li.send('GET', '/api/tasks')).json<{ items: object[] }>().items).toEqual([])
    expect(await demoPeople()).toHaveLength(3)
  })
})

eachDatabase((database) => {
  let desk: Desk
  let before: UserView[]
  beforeAll(async () => {
    desk = await openDesk(database.url)
    await desk.admin.send('POST', '/api/admin/departments', { code: 'hq', name: '总部' })
    before = await usersOf(desk.admin)
    const answer = await desk.admin.send('POST', '/api/design/apps/desk/publish', {
      files: [...wireFiles(importable), ...demo()],
    })
    expect(answer.statusCode, answer.body).toBe(200)
  })
  afterAll(() => desk.close())
  const look = async () => (await desk.admin.send('GET', url, undefined, english)).json<SampleView>()
  type Item = { id: string; created_at: string; created_by: string | null; values: Record<string, unknown> }
  const listed = async () => (await desk.boss.send('GET', `${tickets}?size=100`)).json<{ items: Item[] }>().items

  test('people are made under names that are free, without a way to sign in, with roles of this app alone', async () => {
    expect((await desk.admin.send('POST', url, { dryRun: false, people: true })).statusCode).toBe(202)
    const { people } = await finished(look)
    expect(people?.made).toEqual([
      { username: 'boss-2', name: '演示主管', as: 'boss' },
      { username: 'li-2', name: '演示李', as: 'li' },
      { username: 'anna', name: '安娜', as: 'anna' },
    ])
    const users = await usersOf(desk.admin)
    const made = new Map(users.filter(({ demoOf }) => demoOf).map((one) => [one.username, one]))
    expect([...made.values()].map(({ demoOf, admin, email, phone }) => [demoOf, admin, email, phone])).toEqual(
      Array.from({ length: 3 }, () => ['desk', false, null, null]),
    )
    expect(made.get('boss-2')?.grants).toEqual([{ app: 'desk', role: 'manager' }])
    expect(made.get('li-2')).toMatchObject({ superior: made.get('boss-2')?.id, skillLevels: { print: 4 } })
    // Whoever was there is as he was.
    expect(users.filter(({ demoOf }) => !demoOf)).toEqual(before)
    const departments = (await desk.app.ports.memory.fresh()).organisation.departments()
    expect(departments.map(({ code, name, manager }) => [code, name, manager])).toEqual([
      ['east', '演示华东', null],
      ['hq', '总部', null],
      ['hq-2', '演示总部', made.get('boss-2')?.id],
    ])
  })

  test('nobody signs in as one of them before an administrator gives a password', async () => {
    for (const given of ['tenon-demo', 'nobody has this password', '', password, 'anna', 'null']) {
      const answer = await desk.inject({
        method: 'POST',
        url: '/api/session',
        payload: { username: 'anna', password: given },
      })
      expect([given, answer.statusCode === 401 || answer.statusCode === 400]).toEqual([given, true])
    }
    expect((await desk.inject({ method: 'GET', url: '/api/welcome' })).json()).toMatchObject({ demo: null })
    const anna = (await usersOf(desk.admin)).find(({ username }) => username === 'anna')
    const changed = await desk.admin.send('PATCH', `/api/admin/users/${anna?.id}`, { password })
    expect(changed.statusCode, changed.body).toBe(200)
    expect((await desk.signIn('anna')).cookie).not.toBe('')
  })

  test('sheets and work mean the people of the demo, never those who bear their names', async () => {
    const ids = new Map((await usersOf(desk.admin)).map(({ username, id }) => [username, id]))
    const items = await listed()
    const handlers = new Map(items.map(({ values }) => [values.subject, values.handler ?? null]))
    expect([handlers.get('old one'), handlers.get('old two'), handlers.get('old three')]).toEqual([
      ids.get('li-2'),
      ids.get('anna'),
      null,
    ])
    const played = new Map(items.map((one) => [one.values.subject, one]))
    expect([played.get('flow one')?.created_by, played.get('flow two')?.created_by]).toEqual([
      ids.get('anna'),
      ids.get('li-2'),
    ])
    // At its own moment, and alive: somebody has the task of the second one, and the first one's is done where it was ours.
    const now = desk.app.ports.clock.now()
    expect((now - Date.parse(played.get('flow one')?.created_at ?? '')) / 60_000).toBeCloseTo(180, -1)
    const people = (await look()).people
    expect(people?.job).toMatchObject({ state: 'done', result: { created: 3 } })
    const tasks = await desk.app.ports.store.read
      .selectFrom('tasks')
      .select(['record', 'state'])
      .where('record', '=', played.get('flow two')?.id ?? '')
      .execute()
    expect(tasks).toMatchObject([{ state: 'open' }])
    const actors = await desk.app.ports.store.read
      .selectFrom('events')
      .select('actor')
      .distinct()
      .where('app', '=', 'desk')
      .where('actor', 'is not', null)
      .execute()
    const ours = [ids.get('boss-2'), ids.get('li-2'), ids.get('anna')]
    expect(actors.filter(({ actor }) => !ours.includes(actor ?? ''))).toEqual([])
  })

  test('nothing goes outside while it is played; what is done from then on does', async () => {
    const { outbox, store } = desk.app.ports
    expect(await outbox.jobs(store.read, 100)).toEqual([])
    const created = await desk.boss.send('POST', tickets, { values: { subject: 'flow by hand' } })
    expect(created.statusCode, created.body).toBe(201)
    expect((await outbox.jobs(store.read, 100)).map(({ type }) => type)).toEqual(['webhook.call'])
    const { id } = created.json<{ id: string }>()
    expect((await desk.boss.send('DELETE', `${tickets}/${id}`)).statusCode).toBeLessThan(300)
  })

  test('it is loaded once; taken back, what people worked on since stays, and the same people play again', async () => {
    const again = await desk.admin.send('POST', url, { dryRun: false, people: true })
    expect(again.json()).toMatchObject({ status: 409, code: 'sample.loaded' })
    const root = (await usersOf(desk.admin)).find(({ username }) => username === 'root')
    const grants = [{ app: 'desk', role: 'manager' }]
    expect((await desk.admin.send('PATCH', `/api/admin/users/${root?.id}`, { grants })).statusCode).toBe(200)
    const two = (await listed()).find(({ values }) => values.subject === 'flow two')
    const comment = await desk.boss.send('POST', `${tickets}/${two?.id}/comments`, {
      body: 'x',
      visibility: 'internal',
    })
    expect(comment.statusCode, comment.body).toBeLessThan(300)
    const { people, items } = await look()
    for (const job of [people?.job, ...items.map((one) => one.job)]) {
      const undone = await desk.admin.send('POST', `/api/jobs/${job?.id}/undo`, {})
      expect(undone.statusCode, undone.body).toBe(202)
    }
    const left = await finished(look)
    expect([left.loaded, left.people?.made.length, left.people?.job?.phase]).toEqual([false, 3, 'undone'])
    // Anna has a password by now: what she did may have been done by a person, as what the boss did was.
    expect((await listed()).map(({ values }) => values.subject).toSorted()).toEqual(['flow one', 'flow two'])
    expect((await desk.admin.send('POST', url, { dryRun: false, people: true })).statusCode).toBe(202)
    const second = await finished(look)
    expect(second.people?.job).toMatchObject({ state: 'done', result: { created: 3 } })
    expect(second.people?.made.map(({ username }) => username)).toEqual(['boss-2', 'li-2', 'anna', 'anna-2'])
  })
})

eachDatabase((database) => {
  let bench: Bench
  let admin: Caller
  beforeAll(async () => {
    bench = await openBench(database.url)
    admin = await setUp(bench)
  })
  afterAll(() => bench.close())

  test('the after-sales template under another name comes alive: people, and tickets in all states', async () => {
    const base = '/api/design/apps'
    const sample = `${base}/service/sample`
    const created = await admin.send('POST', base, {
      id: 'service',
      label: 'Service',
      template: 'after-sales',
      sample: true,
    })
    expect(created.statusCode, created.body).toBe(201)
    const draft = (await admin.send('GET', `${base}/service/draft?name=main`)).json<{ files: AppFile[] }>()
    expect((await admin.send('POST', `${base}/service/publish`, { files: draft.files })).statusCode).toBe(200)
    const started = await admin.send('POST', sample, { dryRun: false, people: true }, english)
    expect(started.statusCode, started.body).toBe(202)
    const { items, people } = await finished(async () =>
      (await admin.send('GET', sample, undefined, english)).json<SampleView>(),
    )
    expect(items.map(({ job }) => job?.state)).toEqual(['done', 'done', 'done', 'done', 'done'])
    expect(people?.job, JSON.stringify(people?.job)).toMatchObject({ state: 'done', result: { created: 42 } })
    expect(people?.made).toHaveLength(14)
    const { store } = bench.app.ports
    const tasks = await store.read.selectFrom('tasks').select('state').where('app', '=', 'service').execute()
    const count = (state: string) => tasks.filter((one) => one.state === state).length
    expect(count('open')).toBeGreaterThan(20)
    expect(tasks.length).toBeGreaterThan(60)
  }, 240_000)
})
