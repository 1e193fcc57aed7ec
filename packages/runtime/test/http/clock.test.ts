import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { type Desk, openDesk, tickets } from './desk.ts'

eachDatabase((database) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(database.url, { TENON_TEST_CLOCK: '1' })
  })
  afterAll(() => desk.close())
  const advance = (body: object) => desk.inject({ method: 'POST', url: '/api/test/clock', payload: body })

  test('time goes on when it is told, and what was due has happened when it answers', async () => {
    const { id } = (await desk.li.send('POST', tickets, { values: { subject: 'flow: nobody cares' } })).json<{
      id: string
    }>()
    const before = (await advance({ advance: 'PT14M' })).json<{ now: string; fired: number }>()
    expect((await desk.boss.send('GET', '/api/notifications')).json()).toMatchObject({ unread: 0 })
    const after = (await advance({ advance: 'PT2M' })).json<{ now: string; fired: number }>()
    expect(Date.parse(after.now) - Date.parse(before.now)).toBeGreaterThanOrEqual(120_000)
    expect(after.fired).toBeGreaterThan(0)
    const bell = (await desk.boss.send('GET', '/api/notifications')).json<{
      unread: number
      items: { id: string; record: { id: string } }[]
    }>()
    expect(bell).toMatchObject({ unread: 1, items: [{ record: { id } }] })
    expect((await desk.li.send('POST', '/api/notifications/read', { ids: [bell.items[0]?.id] })).json()).toMatchObject({
      unread: 0,
    })
    expect((await desk.boss.send('GET', '/api/notifications')).json()).toMatchObject({ unread: 1 })
    expect((await desk.boss.send('POST', '/api/notifications/read', {})).json()).toMatchObject({ unread: 0 })
  })

  test.each([
    { advance: '-PT1M' },
    { advance: 'P1Y' },
    { now: '2001-01-01T00:00:00Z' },
    { advance: 'nonsense' },
    { later: 1 },
  ])('%j is malformed', async (body) => {
    expect((await advance(body)).statusCode).toBe(400)
  })
})

test('without TENON_TEST_CLOCK there is no such address', async () => {
  const { openBench } = await import('./harness.ts')
  const { mkdtempSync } = await import('node:fs')
  const { tmpdir } = await import('node:os')
  const bench = await openBench(`sqlite:${mkdtempSync(`${tmpdir()}/tenon-`)}/t.db`)
  expect(
    (await bench.inject({ method: 'POST', url: '/api/test/clock', payload: { advance: 'PT1M' } })).statusCode,
  ).toBe(404)
  await bench.close()
})
