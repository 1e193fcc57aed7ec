import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { type Bench, type Caller, callerOf, cookieOf, openBench, password, setUp } from './harness.ts'

eachDatabase((database) => {
  let bench: Bench
  let admin: Caller
  beforeAll(async () => {
    bench = await openBench(database.url)
    admin = await setUp(bench)
  })
  afterAll(() => bench.close())

  const addPerson = (username: string, more: object = {}) =>
    admin.send('POST', '/api/admin/users', { username, name: username.toUpperCase(), password, ...more })

  describe('first administrator', () => {
    test('is made once: afterwards setup is closed', async () => {
      const again = await bench.inject({
        method: 'POST',
        url: '/api/setup',
        payload: { username: 'eve', name: 'Eve', password },
      })
      expect(again.statusCode).toBe(409)
      expect(again.json()).toMatchObject({ code: 'setup.done' })
      expect((await bench.inject({ url: '/api/welcome' })).json()).toEqual({
        setupNeeded: false,
        signedIn: false,
        demo: null,
      })
    })
  })

  describe('sign-in', () => {
    test('gives a cookie that scripts cannot read and a token for writes', async () => {
      const answer = await bench.inject({
        method: 'POST',
        url: '/api/session',
        payload: { username: 'ROOT', password },
      })
      expect(answer.statusCode).toBe(200)
      expect(String(answer.headers['set-cookie'])).toMatch(/^tenon_session=[\w-]{43}; .*HttpOnly; SameSite=Lax/)
      expect(answer.json()).toMatchObject({ user: { username: 'root', admin: true }, demo: false })
    })

    test('wrong name and wrong password are the same answer', async () => {
      const wrong = await bench.inject({
        method: 'POST',
        url: '/api/session',
        payload: { username: 'root', password: 'nope nope nope' },
      })
      const nobody = await bench.inject({
        method: 'POST',
        url: '/api/session',
        payload: { username: 'nobody', password: 'nope nope nope' },
      })
      expect(wrong.statusCode).toBe(401)
      expect(wrong.body).toBe(nobody.body)
      expect(wrong.headers['set-cookie']).toBeUndefined()
    })

    test('takes a new secret and closes the session before', async () => {
      const first = await bench.signIn('root')
      const second = await bench.inject({
        method: 'POST',
        url: '/api/session',
        headers: { cookie: first.cookie },
        payload: { username: 'root', password },
      })
      expect(cookieOf(second)).not.toBe(first.cookie)
      expect((await first.send('GET', '/api/session')).statusCode).toBe(401)
    })

    test('sign-out ends the session on the server', async () => {
      const caller = await bench.signIn('root')
      expect((await caller.send('DELETE', '/api/session')).statusCode).toBe(204)
      expect((await caller.send('GET', '/api/session')).statusCode).toBe(401)
    })

    test('too many failures lock the account for this address only for a while, whatever headers vary', async () => {
      await addPerson('victim')
      const attempt = (number: number) =>
        bench.inject({
          method: 'POST',
          url: '/api/session',
          remoteAddress: '203.0.113.9',
          payload: { username: number % 2 ? 'victim' : ' VICTIM ', password: 'guess guess guess' },
          headers: {
            'x-forwarded-for': `198.51.100.${number}`,
            'x-real-ip': `198.51.100.${number}`,
            forwarded: `for=198.51.100.${number}`,
            'user-agent': `agent ${number}`,
          },
        })
      const statuses: number[] = []
      for (let number = 0; number < 12; number += 1) statuses.push((await attempt(number)).statusCode)
      expect(statuses).toEqual([...Array(10).fill(401), 429, 429])
      const limited = await attempt(12)
      expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0)
      // The right password does not help either, and the person at home is not locked out.
      expect(
        (
          await bench.inject({
            method: 'POST',
            url: '/api/session',
            remoteAddress: '203.0.113.9',
            payload: { username: 'victim', password },
          })
        ).statusCode,
      ).toBe(429)
      expect(
        (
          await bench.inject({
            method: 'POST',
            url: '/api/session',
            remoteAddress: '192.0.2.7',
            payload: { username: 'victim', password },
          })
        ).statusCode,
      ).toBe(200)
    })
  })

  describe('writes of a cookie session', () => {
    test.each([
      ['no token', {}],
      ['a wrong token', { 'x-csrf-token': 'x'.repeat(43) }],
      ['an empty token', { 'x-csrf-token': '' }],
    ])('%s: refused', async (_, headers) => {
      const { cookie } = await bench.signIn('root')
      const answer = await bench.inject({
        method: 'PATCH',
        url: '/api/session',
        headers: { cookie, ...headers },
        payload: { name: 'Mallory' },
      })
      expect(answer.statusCode).toBe(403)
      expect(answer.json()).toMatchObject({ code: 'request.csrf' })
    })

    test("another session's token: refused", async () => {
      const [one, other] = [await bench.signIn('root'), await bench.signIn('root')]
      const mixed = callerOf(bench.inject, one.cookie, other.csrf)
      expect((await mixed.send('PATCH', '/api/session', { away: false })).statusCode).toBe(403)
    })

    test('the right token: done', async () => {
      const caller = await bench.signIn('root')
      const answer = await caller.send('PATCH', '/api/session', { name: '王敏', locale: 'en' })
      expect(answer.json()).toMatchObject({ user: { name: '王敏', locale: 'en' } })
    })
  })

  describe('API tokens', () => {
    test('act as their owner without a CSRF token, and end when revoked', async () => {
      const caller = await bench.signIn('root')
      const { secret, token } = (await caller.send('POST', '/api/tokens', { name: 'script' })).json<{
        secret: string
        token: { id: string }
      }>()
      const headers = { authorization: `Bearer ${secret}` }
      expect((await bench.inject({ url: '/api/session', headers })).json()).toMatchObject({
        user: { username: 'root' },
      })
      expect(
        (await bench.inject({ method: 'PATCH', url: '/api/session', headers, payload: { away: false } })).statusCode,
      ).toBe(200)
      expect((await caller.send('GET', '/api/tokens')).body).not.toContain(secret)
      expect((await caller.send('DELETE', `/api/tokens/${token.id}`)).statusCode).toBe(204)
      expect((await bench.inject({ url: '/api/session', headers })).statusCode).toBe(401)
    })

    test("somebody else's token is not there", async () => {
      await addPerson('peter')
      const mine = (await (await bench.signIn('root')).send('POST', '/api/tokens', { name: 'x' })).json<{
        token: { id: string }
      }>()
      expect((await (await bench.signIn('peter')).send('DELETE', `/api/tokens/${mine.token.id}`)).statusCode).toBe(404)
    })

    test.each(['Bearer', 'Bearer ', 'Bearer x', 'Basic cm9vdDpyb290', 'bearer null', 'Bearer undefined'])(
      '%j is nobody',
      async (authorization) => {
        expect((await bench.inject({ url: '/api/session', headers: { authorization } })).statusCode).toBe(401)
      },
    )
  })

  describe('a right taken away is gone at the next request', () => {
    test.each([
      ['switched_off', { active: false }],
      ['new_password', { password: 'another long password' }],
    ])('%s: signed out', async (name, change) => {
      const username = `gone_by_${name}`
      const { id } = (await addPerson(username)).json<{ id: string }>()
      const caller = await bench.signIn(username)
      expect((await caller.send('GET', '/api/session')).statusCode).toBe(200)
      expect((await admin.send('PATCH', `/api/admin/users/${id}`, change)).statusCode).toBe(200)
      expect((await caller.send('GET', '/api/session')).statusCode).toBe(401)
    })

    test('no longer administrator', async () => {
      const { id } = (await addPerson('deputy', { admin: true })).json<{ id: string }>()
      const caller = await bench.signIn('deputy')
      expect((await caller.send('GET', '/api/admin/users')).statusCode).toBe(200)
      await admin.send('PATCH', `/api/admin/users/${id}`, { admin: false })
      expect((await caller.send('GET', '/api/admin/users')).statusCode).toBe(403)
    })
  })

  describe('people', () => {
    test('the last administrator cannot lock everybody out', async () => {
      const users = (await admin.send('GET', '/api/admin/users')).json<{
        items: { id: string; username: string; admin: boolean }[]
      }>()
      const root = users.items.find((user) => user.username === 'root')
      for (const change of [{ admin: false }, { active: false }]) {
        const answer = await admin.send('PATCH', `/api/admin/users/${root?.id}`, change)
        expect(answer.json()).toMatchObject({ status: 422, code: 'user.lastAdmin' })
      }
    })

    test('mass assignment: what is not declared is refused, and nothing changed', async () => {
      const before = (await admin.send('GET', '/api/session')).json<{ user: object }>()
      for (const extra of [
        { admin: true },
        { id: 'x' },
        { grants: [] },
        { username: 'x' },
        { password_hash: 'x' },
        { active: false },
        { created_at: 1 },
        { version: 9 },
      ]) {
        expect((await admin.send('PATCH', '/api/session', { away: false, ...extra })).statusCode).toBe(400)
      }
      expect((await admin.send('GET', '/api/session')).json()).toEqual(before)
    })

    test('a taken name is refused with its place', async () => {
      await addPerson('twin')
      const answer = await addPerson('TWIN')
      expect(answer.json()).toMatchObject({
        status: 422,
        code: 'user.invalid',
        errors: [{ path: '/username', code: 'organisation.codeTaken' }],
      })
    })

    test('a department may not be below itself', async () => {
      const { id } = (await admin.send('POST', '/api/admin/departments', { code: 'a', name: 'A' })).json<{
        id: string
      }>()
      const child = (await admin.send('POST', '/api/admin/departments', { code: 'b', name: 'B', parent: id })).json<{
        id: string
      }>()
      const answer = await admin.send('PUT', `/api/admin/departments/${id}`, { code: 'a', name: 'A', parent: child.id })
      expect(answer.json()).toMatchObject({
        code: 'department.invalid',
        errors: [{ path: '/parent', code: 'department.circle' }],
      })
    })
  })
})
