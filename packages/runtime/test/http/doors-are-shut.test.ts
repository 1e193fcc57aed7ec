import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { readConfig } from '../../src/server/config.ts'
import type { RouteEntry } from '../../src/server/http/plugins/declarations.ts'
import { undeclared } from '../../src/server/http/plugins/declarations.ts'
import { createHttp } from '../../src/server/http/server.ts'
import { type Bench, type Caller, openBench, setUp } from './harness.ts'

describe('a route that does not say what it is', () => {
  const nobody = {
    bySession: async () => undefined,
    byToken: async () => undefined,
    byOperatorKey: () => undefined,
    refresh: async () => {},
  }
  test.each([
    ['nothing', {}],
    ['no audience', { config: { resource: 'x', action: 'read' }, schema: { querystring: {}, response: {} } }],
    ['no response', { config: { resource: 'x', action: 'read', audience: 'people' }, schema: { querystring: {} } }],
    ['no query string', { config: { resource: 'x', action: 'read', audience: 'people' }, schema: { response: {} } }],
  ])('does not start: %s', async (_, declaration) => {
    const { http } = await createHttp(readConfig({ TENON_LOG_LEVEL: 'silent' }), nobody)
    expect(() => http.route({ method: 'GET', url: '/api/x', handler: () => 1, ...(declaration as object) })).toThrow(
      'does not declare',
    )
    await http.close()
  })

  test('a write without a body schema, a path parameter without one', () => {
    const config = { resource: 'x', action: 'create', audience: 'people' } as const
    expect(undeclared({ method: 'POST', url: '/x/:id', config, schema: { querystring: {}, response: {} } })).toEqual([
      'schema.params',
      'schema.body',
    ])
  })
})

const filled = (url: string) =>
  url.replace(/:(\w+)/g, (_, name: string) =>
    name === 'app' || name === 'form' || name === 'board' || name === 'action' ? 'a' : '0190',
  )

eachDatabase((database) => {
  let bench: Bench
  let admin: Caller
  let routes: readonly RouteEntry[]
  beforeAll(async () => {
    bench = await openBench(database.url)
    admin = await setUp(bench)
    routes = bench.app.http.inventory.filter((route) => route.resource !== 'page' && route.method !== 'HEAD')
  })
  afterAll(() => bench.close())

  const send = (route: RouteEntry, url = filled(route.url), headers: Record<string, string> = {}) =>
    bench.inject({ method: route.method as 'GET', url, headers, ...(route.method === 'GET' ? {} : { payload: {} }) })

  test('there are routes to look at', () => expect(routes.length).toBeGreaterThan(60))

  test('every route that is not for anyone asks who is there', async () => {
    for (const route of routes.filter((one) => one.audience !== 'anyone')) {
      const answer = await send(route)
      expect([route.method, route.url, answer.statusCode]).toEqual([route.method, route.url, 401])
    }
  })

  test('what is for anyone is a short list', () => {
    expect(
      routes
        .filter((route) => route.audience === 'anyone')
        .map((route) => `${route.method} ${route.url}`)
        .sort(),
    ).toEqual([
      'DELETE /api/portal/:app/session',
      'GET /api/openapi.json',
      'GET /api/portal/:app',
      'GET /api/portal/:app/records',
      'GET /api/portal/:app/records/:form/:id',
      'GET /api/public/:token',
      'GET /api/welcome',
      'GET /healthz',
      'GET /metrics',
      'GET /readyz',
      'GET /schemas/:name',
      'POST /api/portal/:app/code',
      'POST /api/portal/:app/session',
      'POST /api/public/:token',
      'POST /api/public/:token/files',
      'POST /api/session',
      'POST /api/setup',
    ])
  })

  const suffixes = [
    '?/healthz',
    '?x=/api/session',
    ';x',
    '%2f',
    '//',
    '/.',
    '/..',
    '.',
    '%20',
    '%00',
    '/%2e%2e/healthz',
    '#/healthz',
    '\\',
    '?__proto__[x]=1',
  ]
  test('no spelling of an address opens a shut door (RT-D9)', async () => {
    for (const route of routes.filter((one) => one.audience !== 'anyone')) {
      const url = filled(route.url)
      const spellings = [
        ...suffixes.map((suffix) => url + suffix),
        url.toUpperCase(),
        `/${url}`,
        url.replace('/api/', '/API/'),
        url.replace('/api/', '/api//'),
        url.replace('/api/', '/./api/'),
        url.replace('/api', '/%61pi'),
      ]
      for (const spelling of spellings) {
        const answer = await send(route, spelling)
        const isPage = answer.statusCode === 200 && String(answer.headers['content-type']).startsWith('text/html')
        expect([
          route.method,
          spelling,
          isPage || [400, 401, 404].includes(answer.statusCode) ? 'shut' : answer.statusCode,
        ]).toEqual([route.method, spelling, 'shut'])
      }
    }
  })

  test('what is for administrators is shut for people', async () => {
    await admin.send('POST', '/api/admin/users', { username: 'worker', name: 'W', password: 'correct horse battery' })
    const worker = await bench.signIn('worker')
    for (const route of routes.filter((one) => one.audience === 'admins')) {
      const answer = await worker.send(route.method, filled(route.url), route.method === 'GET' ? undefined : {})
      expect([route.url, answer.statusCode]).toEqual([route.url, 403])
    }
  })

  const poison = [
    '{"__proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"values":{"__proto__":{"polluted":1}}}',
    '{"values":{"constructor":{"prototype":{"polluted":1}}}}',
    '{"a":{"b":{"c":{"__proto__":{"polluted":1}}}}}',
    '{"\\u005f_proto__":{"polluted":1}}',
    '[{"__proto__":{"polluted":1}}]',
    '{"prototype":{"polluted":1}}',
  ]
  test("__proto__ through every JSON route changes nobody's prototype", async () => {
    for (const route of routes.filter((one) => one.body !== undefined)) {
      for (const payload of poison) {
        const answer = await bench.inject({
          method: route.method as 'POST',
          url: filled(route.url),
          payload,
          headers: { cookie: admin.cookie, 'x-csrf-token': admin.csrf, 'content-type': 'application/json' },
        })
        expect([route.url, payload, answer.statusCode >= 400 && answer.statusCode < 500]).toEqual([
          route.url,
          payload,
          true,
        ])
      }
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  const contentTypes = [
    'text/plain',
    'text/html',
    'application/x-www-form-urlencoded',
    'application/jsonx',
    'application/json/',
    'application/json;charset=utf-16',
    'application/xml',
    'application/json, text/plain',
    'application/json text/plain',
    ' application/json',
    'application/json\t',
    '\tapplication/json',
    'application/json;',
    'application/json ;x=1',
    'application/json; charset=latin1',
    'APPLICATION/JSON',
    'application/problem+json',
    'application/vnd.api+json',
    'json',
    '*/*',
    'application/*',
    'application/json\u000b',
    'multipart/form-data; boundary=x',
    'application/json; boundary=x',
    'text/json',
    'application/JSON; Charset="utf-8"',
    'application/octet-stream',
    'application/json;charset=utf-8;charset=x',
    'application/json;;',
    ';application/json',
    'application/ json',
    'application /json',
    'application%2fjson',
    'application/json%00',
    'text/plain; application/json',
    'image/png',
    'application/x-ndjson',
    'application/graphql',
    'application/cbor',
    'message/http',
  ]
  test("no content type smuggles an unchecked body past a schema (RT of fastify's advisories)", async () => {
    expect(contentTypes.length).toBeGreaterThanOrEqual(40)
    for (const route of routes.filter((one) => one.body !== undefined)) {
      for (const type of contentTypes) {
        const answer = await bench.inject({
          method: route.method as 'POST',
          url: filled(route.url),
          payload: '{"surely_not_a_property":1}',
          headers: { cookie: admin.cookie, 'x-csrf-token': admin.csrf, 'content-type': type },
        })
        expect([route.url, type, answer.statusCode >= 400 && answer.statusCode < 500]).toEqual([route.url, type, true])
      }
    }
  })

  test('a forged file in JSON is no file: upload routes take multipart only (RT-E1)', async () => {
    for (const route of routes.filter((one) => one.upload)) {
      const answer = await admin.send(route.method, filled(route.url), {
        file: { filepath: '/etc/passwd', path: '/etc/passwd', originalFilename: 'x' },
      })
      expect([route.url, answer.statusCode]).toEqual([route.url, 415])
    }
  })
})
