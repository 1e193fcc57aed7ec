import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { type Bench, type Caller, openBench, setUp } from './harness.ts'

type Operation = {
  operationId: string
  summary?: string
  parameters?: { in: string; name: string }[]
  requestBody?: { content: Record<string, { schema: { properties?: object } }> }
  security: unknown[]
}

eachDatabase((database) => {
  let bench: Bench
  let admin: Caller
  beforeAll(async () => {
    bench = await openBench(database.url)
    admin = await setUp(bench)
  })
  afterAll(() => bench.close())

  describe('problems', () => {
    test.each([
      ['zh-CN,zh;q=0.9', '请先登录'],
      ['en-GB,en;q=0.9,zh;q=0.5', 'Please sign in'],
      ['fr, de', '请先登录'],
      [undefined, '请先登录'],
    ])('%s: in that language, with a stable code', async (language, title) => {
      const answer = await bench.inject({
        url: '/api/session',
        ...(language && { headers: { 'accept-language': language } }),
      })
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
      expect(answer.json()).toEqual({ type: '/errors#session.required', title, status: 401, code: 'session.required' })
    })

    test('a malformed request says everything that is wrong, with paths', async () => {
      const answer = await bench.inject({
        method: 'POST',
        url: '/api/session',
        payload: { username: 7, extra: 1 },
        headers: { 'accept-language': 'en' },
      })
      expect(answer.statusCode).toBe(400)
      const { code, errors } = answer.json<{ code: string; errors: { path: string; code: string }[] }>()
      expect(code).toBe('request.malformed')
      expect(errors.map((error) => `${error.path} ${error.code}`).sort()).toEqual([
        '/extra document.unknownProperty',
        '/password document.missingProperty',
        '/username document.wrongType',
      ])
    })

    test.each([
      ['not JSON', '{'],
      ['no object', '[]'],
      ['a number', '1'],
      ['null', 'null'],
      ['a string', '"x"'],
      ['nothing', ''],
    ])('%s as a body is malformed', async (_, payload) => {
      const answer = await bench.inject({
        method: 'POST',
        url: '/api/session',
        payload,
        headers: { 'content-type': 'application/json' },
      })
      expect(answer.statusCode).toBe(400)
      expect(answer.json()).toMatchObject({ code: 'request.malformed' })
    })

    test.each(['/api/people?q=%00', '/api/search?q=a%00b', '/api/tasks/%00', '/api/tasks?record=%00'])(
      'no NUL in an address: %s',
      async (url) => {
        expect((await admin.send('GET', url)).statusCode).toBe(400)
      },
    )
    test('no NUL in a body, however deep', async () => {
      for (const payload of [{ name: 'a\u0000' }, { 'a\u0000': 1 }])
        expect((await admin.send('PATCH', '/api/session', payload)).statusCode).toBe(400)
      expect((await admin.send('POST', '/api/apps/x/query', { query: { a: [{ b: '\u0000' }] } })).json()).toMatchObject(
        { code: 'request.malformed' },
      )
    })

    test('a body beyond the limit is refused before it is read', async () => {
      const answer = await admin.send('PATCH', '/api/session', { name: 'x'.repeat(9 * 2 ** 20) })
      expect(answer.statusCode).toBe(413)
      expect(answer.json()).toMatchObject({ code: 'request.tooLarge' })
    })

    test('an address that is not there', async () => {
      const answer = await bench.inject({ url: '/api/no/such/thing' })
      expect(answer.json()).toMatchObject({ status: 404, code: 'request.notFound' })
    })

    test('a bug tells nothing but a reference', async () => {
      const answer = await admin.send('GET', '/api/apps')
      expect(answer.statusCode).toBe(200)
      const { doors } = bench.app
      const original = doors.sessions.demoPeople
      doors.sessions.demoPeople = () => Promise.reject(new Error('SELECT secret FROM users'))
      const broken = await admin.send('GET', '/api/session')
      doors.sessions.demoPeople = original
      expect(broken.statusCode).toBe(500)
      expect(broken.body).not.toMatch(/SELECT|Error|\bat /)
      expect(broken.json()).toMatchObject({ code: 'server.fault' })
    })

    test.each(['', 'x'.repeat(201), 'with blank', 'ü'])('an idempotency key %j is malformed', async (key) => {
      const answer = await admin.send(
        'POST',
        '/api/tasks/0190/claim',
        {},
        { 'idempotency-key': Buffer.from(key, 'utf8').toString('latin1') },
      )
      expect(answer.json()).toMatchObject({ status: 400, code: 'idempotency.malformed' })
    })
  })

  describe('query strings', () => {
    test.each([
      'page=x',
      'page=1&page=2',
      'page=1.5',
      'page=-1',
      'page=99999999999999999999',
      'size=501',
      'unknown=1',
      'page[]=1',
      'page=',
      'page=1e3',
    ])('%s is malformed', async (query) => {
      expect((await admin.send('GET', `/api/admin/users?${query}`)).statusCode).toBe(400)
    })
    test('numbers are read as numbers', async () => {
      expect((await admin.send('GET', '/api/admin/users?page=2&size=1')).json()).toEqual({ items: [], total: 1 })
    })
  })

  describe('headers', () => {
    test('data renders nowhere and is kept nowhere', async () => {
      const { headers } = await admin.send('GET', '/api/session')
      expect(headers).toMatchObject({
        'content-security-policy': "default-src 'none';frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
      })
      expect(headers).not.toHaveProperty('x-powered-by')
      expect(headers).not.toHaveProperty('access-control-allow-origin')
    })
  })

  test('health, readiness and figures', async () => {
    expect((await bench.inject({ url: '/healthz' })).json()).toEqual({ status: 'ok' })
    expect((await bench.inject({ url: '/readyz' })).json()).toEqual({ status: 'ok' })
    expect((await bench.inject({ url: '/metrics' })).body).toContain('tenon_http_request_seconds_bucket')
  })

  test('the contract describes itself: every address, with its bodies', async () => {
    const { openapi, paths } = (await bench.inject({ url: '/api/openapi.json' })).json<{
      openapi: string
      paths: Record<string, Record<string, Operation>>
    }>()
    expect(openapi).toBe('3.1.0')
    const described = Object.entries(paths)
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
      .sort()
    const served = bench.app.http.inventory
      .filter((route) => route.resource !== 'page' && route.method !== 'HEAD')
      .map((route) => `${route.method} ${route.url.replace(/:(\w+)/g, '{$1}')}`)
      .sort()
    expect(described).toEqual(served)
    expect(paths['/api/session']?.post?.requestBody).toBeDefined()
    expect(paths['/api/session']?.get?.security).not.toEqual([])
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods))
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
    expect(operations.filter(({ operationId, summary }) => !/^[a-z0-9_]+$/.test(operationId) || !summary)).toEqual([])
  })

  test('the contract says how files are sent, and that writes take an idempotency key', async () => {
    const { paths } = (await bench.inject({ url: '/api/openapi.json' })).json<{
      paths: Record<string, Record<string, Operation>>
    }>()
    const importing = paths['/api/apps/{app}/forms/{form}/import']?.post
    const parts = importing?.requestBody?.content['multipart/form-data']?.schema.properties ?? {}
    expect(Object.keys(parts)).toEqual(['file', 'mapping', 'mode', 'dryRun', 'history', 'entries'])
    expect(paths['/api/files']?.post?.requestBody?.content).toHaveProperty(['multipart/form-data'])
    const headers = (operation: Operation | undefined) =>
      operation?.parameters?.filter((one) => one.in === 'header').map((one) => one.name) ?? []
    expect(headers(importing)).toEqual(['idempotency-key'])
    expect(headers(paths['/api/tasks/{id}/complete']?.post)).toEqual(['idempotency-key'])
    expect(headers(paths['/api/apps/{app}/query']?.post)).toEqual([])
  })

  test('the schemas that definitions name are served', async () => {
    expect((await bench.inject({ url: '/schemas/form.schema.json' })).json()).toMatchObject({ title: 'Tenon form' })
    expect((await bench.inject({ url: '/schemas/board.schema.json' })).json()).toMatchObject({ title: 'Tenon board' })
    expect((await bench.inject({ url: '/schemas/..%2fpackage.json' })).statusCode).toBe(404)
  })

  test('strangers are slowed down by their address, whatever headers they vary; health is not', async () => {
    const slow = await openBench(await database.fresh(), { TENON_ANONYMOUS_REQUESTS_PER_MINUTE: '5' })
    const statuses: number[] = []
    for (let number = 0; number < 7; number += 1) {
      const answer = await slow.inject({
        url: '/api/welcome',
        remoteAddress: '203.0.113.5',
        headers: { 'x-forwarded-for': `10.0.0.${number}`, authorization: `Bearer ${number}` },
      })
      statuses.push(answer.statusCode)
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429])
    expect((await slow.inject({ url: '/healthz', remoteAddress: '203.0.113.5' })).statusCode).toBe(200)
    expect((await slow.inject({ url: '/api/welcome', remoteAddress: '203.0.113.6' })).statusCode).toBe(200)
    await slow.close()
  })
})
