import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { type Desk, openDesk, tickets } from './desk.ts'
import type { Caller } from './harness.ts'

type Event = { kind: string; id: string | null; record: string | null; app: string | null }

/** An open stream and what came through it so far. */
async function listen(address: string, caller: Caller) {
  const abort = new AbortController()
  const response = await fetch(`${address}/api/events`, { headers: { cookie: caller.cookie }, signal: abort.signal })
  const events: Event[] = []
  let open = response.ok
  const reading = (async () => {
    const decoder = new TextDecoder()
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      for (const line of decoder.decode(chunk).split('\n'))
        if (line.startsWith('data: ')) events.push(JSON.parse(line.slice(6)) as Event)
    }
  })()
    .catch(() => {})
    .finally(() => {
      open = false
    })
  return {
    status: response.status,
    headers: response.headers,
    events,
    isOpen: () => open,
    close: () => {
      abort.abort()
      return reading
    },
  }
}

const until = async (isSo: () => boolean, withinMs = 3000) => {
  const end = performance.now() + withinMs
  while (!isSo()) {
    if (performance.now() > end) throw new Error('did not happen in time')
    await new Promise((done) => setTimeout(done, 20))
  }
}

eachDatabase((database) => {
  let desk: Desk
  let address: string
  beforeAll(async () => {
    desk = await openDesk(database.url)
    address = await desk.app.http.listen({ port: 0, host: '127.0.0.1' })
  })
  afterAll(() => desk.close())

  test('tells of what I may see, and of nothing else', async () => {
    const [wang, guest] = [await listen(address, desk.wang), await listen(address, desk.guest)]
    expect(wang.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    const { id } = (await desk.li.send('POST', tickets, { values: { subject: 'flow: seen by others' } })).json<{
      id: string
    }>()
    await until(() => wang.events.some((event) => event.kind === 'task' && event.record === id))
    expect(wang.events).toContainEqual({
      kind: 'record',
      app: 'desk',
      form: 'ticket',
      id,
      record: id,
      version: expect.any(Number),
    })
    expect(JSON.stringify(wang.events)).not.toContain('seen by others')
    expect(guest.events).toEqual([])
    await Promise.all([wang.close(), guest.close()])
  })

  test('strangers hear nothing', async () => {
    expect((await fetch(`${address}/api/events`)).status).toBe(401)
  })

  describe('ends within a second of the right', () => {
    test('sign-out', async () => {
      const caller = await desk.signIn('wang')
      const stream = await listen(address, caller)
      expect(stream.isOpen()).toBe(true)
      await caller.send('DELETE', '/api/session')
      await until(() => !stream.isOpen(), 1500)
    })
    test('switched off', async () => {
      const caller = await desk.signIn('guest')
      const stream = await listen(address, caller)
      await desk.admin.send('PATCH', `/api/admin/users/${desk.ids.guest}`, { active: false })
      await until(() => !stream.isOpen(), 1500)
    })
    test('a role taken away: the stream goes on, the events do not', async () => {
      const stream = await listen(address, desk.wang)
      await desk.admin.send('PATCH', `/api/admin/users/${desk.ids.wang}`, { grants: [] })
      await desk.li.send('POST', tickets, { values: { subject: 'after the role' } })
      const mine = await listen(address, desk.li)
      await desk.li.send('POST', tickets, { values: { subject: 'second' } })
      await until(() => mine.events.length > 0)
      expect(stream.events.filter((event) => event.kind === 'record')).toEqual([])
      await Promise.all([stream.close(), mine.close()])
    })
  })

  test('no more than twenty streams of one person', async () => {
    const caller = await desk.signIn('boss')
    const streams = []
    for (let number = 0; number < 20; number += 1) streams.push(await listen(address, caller))
    expect(streams.every((stream) => stream.status === 200)).toBe(true)
    expect((await listen(address, caller)).status).toBe(429)
    await Promise.all(streams.map((stream) => stream.close()))
    await until(() => true)
  })
})
