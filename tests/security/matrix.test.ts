import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RouteEntry } from '../../packages/runtime/src/server/http/plugins/declarations.ts'
import { afterSales } from '../support/after-sales.ts'
import { eachDatabase } from '../support/database.ts'
import { openStage, records, type Stage, told } from './stage.ts'

// P15: what exists and is not mine answers like what does not exist, on every route there is: the list comes from the server.
/** A refusal, or a bulk edit in which every single record was refused. */
const refused = /^4|^200 \{"changed":0,/
const nowhere = '01900000-0000-7000-8000-000000000000'

/** An app of somebody else, beside the after-sales app, with a role of its own. */
const otherApp = [
  {
    path: 'app.json',
    text: JSON.stringify({
      id: 'crm',
      kind: 'app',
      schemaVersion: 1,
      version: '1.0.0',
      label: 'CRM',
      locales: ['zh-CN', 'en'],
      roles: [{ id: 'agent', label: 'Agent' }],
      navigation: [],
    }),
  },
  {
    path: 'forms/lead.json',
    text: JSON.stringify({
      id: 'lead',
      kind: 'form',
      schemaVersion: 1,
      label: 'Lead',
      title: { formula: 'name' },
      fields: [{ id: 'name', type: 'text', label: 'Name' }],
      access: [
        {
          id: 'all',
          role: 'agent',
          can: ['read', 'create', 'update', 'delete', 'comment', 'export', 'import', 'bulk'],
        },
      ],
    }),
  },
]

eachDatabase((database) => {
  let stage: Stage
  let ticket: string
  let severe: string
  let task: string
  let routes: readonly RouteEntry[]
  beforeAll(async () => {
    stage = await openStage(database.url)
    const published = await stage.ask(undefined, 'POST', '/api/design/apps/crm/publish', { files: otherApp })
    expect(published.statusCode, published.body).toBe(200)
    // The same word for a role as in the other app: roles of another app count for nothing.
    const made = await stage.ask(undefined, 'POST', '/api/admin/users', {
      username: 'seller',
      name: 'seller',
      password: 'correct horse battery',
      grants: [{ app: 'crm', role: 'agent' }],
    })
    expect(made.statusCode, made.body).toBe(201)
    const about = { subject: 'A-100 卡纸', request_type: 'technical' }
    ticket = await stage.create('ticket', { ...about, handler: stage.userId('engineer1') })
    severe = await stage.create('ticket', { ...about, severe: true })
    const { items } = (await stage.ask('agent1', 'GET', `/api/tasks?record=${ticket}`)).json<{
      items: { id: string }[]
    }>()
    task = items[0]?.id ?? ''
    expect(task).not.toBe('')
    routes = stage.app.http.inventory.filter((route) => route.audience === 'people' && !route.upload)
  })
  afterAll(() => stage.close())

  type Names = { readonly app: string; readonly form: string; readonly id: string; readonly task: string }
  const filled = ({ url }: RouteEntry, { app, form, id, task: taskId }: Names) =>
    url
      .replace('/api/tasks/:id', `/api/tasks/${taskId}`)
      .replace(':app', app)
      .replace(':form', form)
      .replace(':id', id)
      .replace(':board', 'service_overview')
      .replace(':action', 'mark_severe')
  /** A body that is right as far as its envelope goes, where a route takes one. */
  const bodies: { readonly [ending: string]: object } = {
    '/records': { values: {} },
    '/comments': { body: 'x' },
    '/batch': { ids: [nowhere], values: {} },
    '/transfer': { to: nowhere },
    '/query': { query: { form: 'ticket', measures: [{ id: 'n', agg: 'count' }] } },
    '/views': { name: 'x', columns: ['subject'] },
  }
  const bodyOf = (route: RouteEntry, version = 1): object | undefined => {
    if (route.method === 'GET' || route.method === 'DELETE') return undefined
    if (route.method === 'PATCH') return { values: { subject: 'taken' }, version }
    return Object.entries(bodies).find(([ending]) => route.url.endsWith(ending))?.[1] ?? {}
  }
  const answer = async (person: string, route: RouteEntry, names: Names) =>
    told(await stage.ask(person, route.method, filled(route, names), bodyOf(route)))

  test('there are routes to walk', () => {
    expect(routes.filter((route) => route.url.includes(':app')).length).toBeGreaterThan(15)
    expect(routes.filter((route) => route.url.includes('/records/:id')).length).toBeGreaterThan(5)
  })

  test('an app one has no role in is an app that does not exist', async () => {
    for (const route of routes.filter((one) => one.url.includes(':app') && !one.url.startsWith('/api/design/'))) {
      const real = await answer('seller', route, { app: 'after_sales', form: 'ticket', id: ticket, task })
      const absent = await answer('seller', route, { app: 'no_such_app', form: 'ticket', id: ticket, task })
      expect(real.replaceAll('after_sales', 'no_such_app'), `${route.method} ${route.url}`).toBe(absent)
      expect(real, `${route.method} ${route.url}`).toMatch(refused)
    }
  })

  test('nor do its tickets and tasks show anywhere else', async () => {
    for (const path of ['/api/apps', '/api/tasks', '/api/notifications', '/api/search?q=A-100', '/api/jobs']) {
      const found = await stage.ask('seller', 'GET', path)
      expect(found.statusCode, path).toBe(200)
      expect(found.body).not.toContain(ticket)
      expect(found.body).not.toContain('after_sales')
    }
  })

  test('definitions are for who may design them, whatever he may see', async () => {
    for (const route of routes.filter((one) => one.url.startsWith('/api/design/apps/:app'))) {
      const payload = route.method === 'GET' ? undefined : { files: [{ path: 'app.json', text: '{}' }] }
      for (const person of ['seller', 'agent1', 'supervisor', 'viewer', 'engineer1']) {
        const found = await stage.ask(
          person,
          route.method,
          filled(route, { app: 'after_sales', form: 'ticket', id: ticket, task }),
          payload,
        )
        expect(found.statusCode, `${person} ${route.method} ${route.url}`).toBe(403)
      }
    }
  })

  const strangers = [
    ['engineer2', "a colleague's ticket", () => ticket],
    ['finance', 'a ticket of another type', () => ticket],
    ['viewer', 'a severe complaint', () => severe],
    ['warehouse', 'a ticket of another type', () => ticket],
  ] as const
  test.each(strangers)('%s: %s is a ticket that does not exist, on every route', async (person, _, which) => {
    for (const route of routes.filter((one) => one.url.includes('/records/:id'))) {
      const real = await answer(person, route, { app: 'after_sales', form: 'ticket', id: which(), task })
      const absent = await answer(person, route, { app: 'after_sales', form: 'ticket', id: nowhere, task })
      expect(real.replaceAll(which(), nowhere), `${route.method} ${route.url}`).toBe(absent)
      expect(real, `${route.method} ${route.url}`).toMatch(refused)
    }
  })

  test('a task one neither has nor may take is a task that does not exist', async () => {
    for (const person of ['seller', 'engineer2', 'finance']) {
      for (const route of routes.filter((one) => one.url.startsWith('/api/tasks/:id'))) {
        const names = { app: 'after_sales', form: 'ticket', id: ticket }
        const real = await answer(person, route, { ...names, task })
        const absent = await answer(person, route, { ...names, task: nowhere })
        expect(real.replaceAll(task, nowhere), `${person} ${route.method} ${route.url}`).toBe(absent)
      }
    }
  })

  test('nobody has changed anything', async () => {
    const found = (await stage.ask(undefined, 'GET', `${records('ticket')}/${ticket}`)).json<{
      version: number
      values: { subject: string }
    }>()
    expect(found.values.subject).toBe('A-100 卡纸')
    const list = (await stage.ask(undefined, 'GET', records('ticket'))).json<{ total: number }>()
    expect(list.total).toBe(2)
  })

  test('what one may only read one cannot write by any spelling of it', async () => {
    const { version, values } = (await stage.ask('agent1', 'GET', `${records('ticket')}/${ticket}`)).json<{
      version: number
      values: Record<string, unknown>
    }>()
    for (const [field, value] of [
      ['cost', '1.00'],
      ['response_met', true],
      ['made_sla', true],
      ['number', 'X'],
      ['stage', 'closed'],
      ['created_by', nowhere],
      ['version', 9],
      ['id', nowhere],
      ['history', true],
    ] as const) {
      const found = await stage.ask('agent1', 'PATCH', `${records('ticket')}/${ticket}`, {
        values: { [field]: value },
        version,
      })
      expect([field, found.statusCode], found.body).toEqual([field, 422])
    }
    const after = (await stage.ask('agent1', 'GET', `${records('ticket')}/${ticket}`)).json<{ values: unknown }>()
    expect(after.values).toEqual(values)
  })
}, afterSales)
