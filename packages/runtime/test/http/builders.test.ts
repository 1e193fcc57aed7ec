import type { AppFile, AppSummary, ProblemDocument, Validation } from '@tenon/runtime/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import type { Documents } from '../store/newborn.ts'
import { type Desk, openDesk, wireFiles } from './desk.ts'
import { type Caller, password } from './harness.ts'

/** Another app with data of its own: who designs the desk has no business here. */
const vault: Documents = {
  'app.json': {
    id: 'vault',
    kind: 'app',
    schemaVersion: 1,
    version: '1.0.0',
    label: '薪资',
    locales: ['zh-CN'],
    roles: [
      { id: 'keeper', label: '保管', can: ['design'] },
      { id: 'chief', label: '主管', can: ['design', 'manage'] },
    ],
    navigation: [],
  },
  'forms/secret.json': {
    id: 'secret',
    kind: 'form',
    schemaVersion: 1,
    label: '薪资',
    title: { formula: 'name' },
    fields: [
      { id: 'name', type: 'text', label: '姓名' },
      { id: 'salary', type: 'number', label: '薪资' },
    ],
    access: [
      { id: 'keepers', role: 'keeper', can: ['read', 'create', 'update'] },
      { id: 'chiefs', role: 'chief', can: ['read'] },
    ],
  },
}
const vaultFiles = (change: (files: Documents) => void = () => {}): AppFile[] => {
  const files = structuredClone(vault)
  change(files)
  return Object.entries(files).map(([path, json]) => ({ path, text: JSON.stringify(json) }))
}
const salary = '987654'

eachDatabase((database) => {
  let desk: Desk
  let keeper: Caller
  let both: Caller
  let secret: string
  const person = async (username: string, grants: readonly { app: string; role: string }[]) => {
    const made = await desk.admin.send('POST', '/api/admin/users', { username, name: username, password, grants })
    expect(made.statusCode).toBe(201)
    return desk.signIn(username)
  }
  beforeAll(async () => {
    desk = await openDesk(database.url)
    expect((await publish('vault', vaultFiles(), desk.admin)).statusCode).toBe(200)
    keeper = await person('keeper', [{ app: 'vault', role: 'keeper' }])
    both = await person('both', [
      { app: 'vault', role: 'keeper' },
      { app: 'desk', role: 'manager' },
    ])
    const made = await keeper.send('POST', '/api/apps/vault/forms/secret/records', { values: { name: '王', salary } })
    secret = made.json<{ id: string }>().id
  })
  afterAll(() => desk.close())
  const publish = (app: string, files: AppFile[], caller: Caller) =>
    caller.send('POST', `/api/design/apps/${app}/publish`, { files, confirm: [] })
  const codesOf = (answer: { json<T>(): T }) => (answer.json<ProblemDocument>().errors ?? []).map((one) => one.code)

  test('every design route of an app is shut for the builders of another one, whatever is sent', async () => {
    const routes = desk.app.http.inventory.filter((route) => route.url.startsWith('/api/design/apps/:app'))
    expect(routes.length).toBeGreaterThan(30)
    const bodies = [undefined, {}, { files: vaultFiles() }, { draft: 'main', revision: 0 }]
    for (const route of routes)
      for (const body of route.method === 'GET' ? [undefined] : bodies)
        for (const caller of [desk.boss, desk.li, desk.guest]) {
          const url = route.url.replace(':app', 'vault').replace(/:\w+/g, secret)
          const answer = await caller.send(route.method, url, body, { 'accept-language': 'en' })
          // Uploads are refused for what they are before anybody is asked for a right.
          expect([route.method, route.url, answer.statusCode]).toEqual([
            route.method,
            route.url,
            route.upload ? 415 : 403,
          ])
          expect(answer.body).not.toContain(salary)
        }
    expect((await desk.boss.send('GET', '/api/design/apps')).json<{ items: AppSummary[] }>().items).toMatchObject([
      { id: 'desk' },
    ])
  })

  const ticket = (files: Documents) => files['forms/ticket.json']
  const linked = (files: Documents) =>
    ticket(files).fields.push({ id: 'pay', type: 'link', label: '薪资', form: 'vault/secret' })
  const ways: readonly [string, (files: Documents) => void][] = [
    ['a link', linked],
    [
      'a formula through the link',
      (files) => {
        linked(files)
        ticket(files).fields.push({ id: 'peek', type: 'formula', label: '看', formula: 'pay.salary', result: 'number' })
      },
    ],
    [
      'a rule that writes there',
      (files) => {
        files['rules/steal.json'] = {
          id: 'steal',
          kind: 'rule',
          schemaVersion: 1,
          label: '写',
          form: 'ticket',
          on: { events: ['created'] },
          then: [{ id: 'c', type: 'create', form: 'vault/secret', values: { name: 'x' } }],
        }
      },
    ],
    [
      'a message through the link',
      (files) => {
        linked(files)
        files['messages/tell.json'] = {
          id: 'tell',
          kind: 'message',
          schemaVersion: 1,
          label: '通知',
          form: 'ticket',
          inbox: { title: '{{record.pay.salary}}' },
        }
      },
    ],
    [
      'rows of an access rule through the link',
      (files) => {
        linked(files)
        ticket(files).access[0].rows = { fact: 'record', path: '$.pay.salary', operator: 'greaterThan', value: 5 }
      },
    ],
  ]

  test.each(ways)(
    'a builder cannot reach into another app by %s: not by publishing, not by trying out',
    async (_, change) => {
      const files = wireFiles(change)
      const refused = await publish('desk', files, desk.boss)
      expect(refused.statusCode).toBe(422)
      expect(codesOf(refused)).toContain('app.formNotYours')
      const check = await desk.boss.send('POST', '/api/design/apps/desk/validate', { files })
      expect(check.json<Validation>().problems.map((one) => one.code)).toContain('app.formNotYours')
      for (const [route, body] of [
        ['what-if', {}],
        ['scenarios/run', {}],
        ['simulate', { form: 'ticket', values: { subject: 'x' }, steps: [] }],
        [
          'backtest',
          {
            rule: {
              id: 'r',
              kind: 'rule',
              schemaVersion: 1,
              label: 'r',
              form: 'ticket',
              on: { events: ['created'] },
              then: [],
            },
          },
        ],
      ] as const) {
        const answer = await desk.boss.send('POST', `/api/design/apps/desk/${route}`, { files, ...body })
        expect([route, answer.statusCode]).toEqual([route, 422])
        expect(answer.body).not.toContain(salary)
      }
      expect((await desk.boss.send('GET', '/api/design/apps/desk')).json()).toMatchObject({ version: 1 })
    },
  )

  test('the same through a draft, a ZIP that replaces one, and an upgrade: what is published is looked at', async () => {
    await desk.boss.send('PUT', '/api/design/apps/desk/draft?name=reach', { files: wireFiles(linked), baseVersion: 1 })
    const answer = await desk.boss.send('POST', '/api/design/apps/desk/publish', { draft: 'reach' })
    expect([answer.statusCode, codesOf(answer)]).toEqual([422, ['app.formNotYours']])
  })

  test('nobody gives a role an app right that he does not have; rights that are there already may stay', async () => {
    const more = vaultFiles((files) => {
      files['app.json'].roles[0].can = ['design', 'manage']
    })
    const refused = await publish('vault', more, keeper)
    expect([refused.statusCode, codesOf(refused)]).toEqual([422, ['app.rightNotYours']])
    const fresh = vaultFiles((files) => files['app.json'].roles.push({ id: 'own', label: '我', can: ['manage'] }))
    expect(codesOf(await publish('vault', fresh, keeper))).toEqual(['app.rightNotYours'])
    const harmless = vaultFiles((files) => files['app.json'].roles.push({ id: 'own', label: '我', can: ['design'] }))
    expect((await publish('vault', harmless, keeper)).statusCode).toBe(200)
    const grant = { grants: [{ app: 'vault', role: 'chief' }] }
    expect((await keeper.send('PATCH', `/api/admin/users/${desk.ids.guest}`, grant)).statusCode).toBe(403)
  })

  test('who designs both apps may link them; from then on others may keep the link, but not read further through it', async () => {
    expect((await publish('desk', wireFiles(linked), both)).statusCode).toBe(200)
    const relabelled = wireFiles((files) => {
      linked(files)
      files['forms/ticket.json'].label = '报修单'
    })
    expect((await publish('desk', relabelled, desk.boss)).statusCode).toBe(200)
    const further = wireFiles((files) => {
      linked(files)
      ticket(files).fields.push({ id: 'peek', type: 'formula', label: '看', formula: 'pay.salary', result: 'number' })
    })
    expect(codesOf(await publish('desk', further, desk.boss))).toEqual(['app.formNotYours'])
  })

  test('through a link that is live, nothing shows of a record of another app that one may not read', async () => {
    const made = await both.send('POST', '/api/apps/desk/forms/ticket/records', {
      values: { subject: 'a', pay: secret },
    })
    expect(made.statusCode).toBe(201)
    const { id } = made.json<{ id: string }>()
    const records = '/api/apps/desk/forms/ticket/records'
    const where = (path: string) =>
      encodeURIComponent(JSON.stringify({ fact: 'record', path: `$.${path}`, operator: 'greaterThan', value: '5' }))
    const asked = [
      `${records}/${id}`,
      `${records}/${id}/timeline`,
      records,
      `${records}?fields=subject,pay.salary`,
      `${records}?sort=pay.salary`,
      `${records}?where=${where('pay.salary')}`,
      `/api/apps/desk/forms/ticket/export?format=csv&fields=subject,pay,pay.salary`,
      `/api/apps/vault/forms/secret/records/${secret}`,
      '/api/apps/vault/forms/secret/records',
    ]
    for (const url of asked) {
      const answer = await desk.boss.send('GET', url)
      expect([url, answer.body.includes(salary), answer.body.includes('王')]).toEqual([url, false, false])
    }
    for (const query of [
      { form: 'vault/secret', measures: [{ id: 's', agg: 'sum', field: 'salary' }] },
      { form: 'ticket', measures: [{ id: 's', agg: 'sum', field: 'pay.salary' }] },
      { form: 'ticket', by: [{ field: 'pay.salary' }], measures: [{ id: 'n', agg: 'count' }] },
      { form: 'ticket', by: [{ field: 'pay' }], measures: [{ id: 'n', agg: 'count' }] },
    ]) {
      const answer = await desk.boss.send('POST', '/api/apps/desk/query', { query })
      expect([JSON.stringify(query), answer.body.includes(salary), answer.body.includes('王')]).toEqual([
        JSON.stringify(query),
        false,
        false,
      ])
    }
    const seen = await both.send('GET', `${records}?fields=subject,pay.salary`)
    expect(seen.body).toContain(salary)
    const simulated = await desk.boss.send('POST', '/api/design/apps/desk/simulate', {
      form: 'ticket',
      record: id,
      steps: [],
    })
    expect([simulated.statusCode, simulated.body.includes(salary)]).toEqual([200, false])
  })
})
