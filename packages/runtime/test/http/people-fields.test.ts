import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import type { Documents } from '../store/newborn.ts'
import { type Desk, openDesk, tickets } from './desk.ts'

type Page = { items: { id: string; values: { subject: string; team?: string[] } }[]; refs: Record<string, unknown> }
type Tasks = { items: { id: string; node: string; assignee: string & { id: string } }[] }

/** Agents see the tickets they are in; a task of the flow is for everybody in the team. */
const withTeam = (files: Documents): void => {
  const ticket = files['forms/ticket.json']
  ticket.fields.push({ id: 'team', type: 'users', label: '协办人', maxItems: 3 })
  ticket.access = ticket.access.map((entry: { role: string }) =>
    entry.role === 'agent'
      ? {
          ...entry,
          rows: { fact: 'record', path: '$.team', operator: 'contains', value: { ref: '$.user.id' } },
        }
      : entry,
  )
  const work = files['flows/handling.json'].nodes[1]
  work.assign = [{ field: 'team' }]
  work.mode = 'all'
  work.copyTo = [{ field: 'team' }]
}

eachDatabase((database) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(database.url, {}, withTeam)
  })
  afterAll(() => desk.close())

  const make = async (subject: string, team: readonly (string | undefined)[]) => {
    const answer = await desk.boss.send('POST', tickets, { values: { subject, team } })
    return { status: answer.statusCode, ...answer.json<{ id: string; code?: string; values: { team: string[] } }>() }
  }
  const subjects = async (by: Desk['boss'], where?: object) => {
    const query = where ? `&where=${encodeURIComponent(JSON.stringify(where))}` : ''
    const answer = await by.send('GET', `${tickets}?size=50&fields=subject,team&sort=subject${query}`)
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.json<Page>().items.map(({ values }) => values.subject)
  }
  const has = (operator: string, value: unknown) => ({ fact: 'record', path: '$.team', operator, value })

  test('holds people who exist, and who is in it sees the record', async () => {
    const { li, wang, guest } = desk.ids
    expect(await make('both', [li, wang, li])).toMatchObject({ status: 201, values: { team: [li, wang] } })
    expect(await make('li only', [li])).toMatchObject({ status: 201 })
    expect((await make('nobody', [])).values.team ?? null).toBe(null)
    expect(await make('stranger', [li, 'nobody-like-that'])).toMatchObject({ status: 422 })
    expect(await make('too many', [li, wang, guest, desk.ids.boss])).toMatchObject({ status: 422 })
    expect(await subjects(desk.li)).toEqual(['both', 'li only'])
    expect(await subjects(desk.wang)).toEqual(['both'])
    expect(await subjects(desk.boss)).toEqual(['both', 'li only', 'nobody'])
  })

  test('is asked for by one of them, by some, by all, by me, and by nobody', async () => {
    const { li, wang } = desk.ids
    expect(await subjects(desk.boss, has('contains', wang))).toEqual(['both'])
    expect(await subjects(desk.boss, has('doesNotContain', wang))).toEqual(['li only'])
    expect(await subjects(desk.boss, has('containsAny', [li, wang]))).toEqual(['both', 'li only'])
    expect(await subjects(desk.boss, has('containsAll', [li, wang]))).toEqual(['both'])
    expect(await subjects(desk.li, has('contains', { ref: '$.user.id' }))).toEqual(['both', 'li only'])
    expect(await subjects(desk.boss, { fact: 'record', path: '$.team', operator: 'isEmpty' })).toEqual(['nobody'])
  })

  test('a task it owns is for all of them, and they are told how it was decided', async () => {
    const { li, wang } = desk.ids
    const { id } = await make('flow for two', [li, wang])
    const { items } = (await desk.boss.send('GET', `/api/tasks?state=open&record=${id}`)).json<Tasks>()
    expect(items.map(({ assignee }) => assignee?.id ?? assignee).toSorted()).toEqual([li, wang].toSorted())
    for (const who of ['li', 'wang'] as const) {
      const task = items.find(({ assignee }) => (assignee?.id ?? assignee) === desk.ids[who])
      const done = await desk[who].send('POST', `/api/tasks/${task?.id}/complete`, { outcome: 'solved' })
      expect(done.statusCode, done.body).toBe(200)
    }
    const told = async (who: 'li' | 'wang' | 'guest') =>
      (await desk[who].send('GET', '/api/notifications'))
        .json<{ items: { title: string; record: { id: string } | null }[] }>()
        .items.filter((one) => one.title.startsWith('抄送') && one.record?.id === id).length
    expect([await told('li'), await told('wang'), await told('guest')]).toEqual([1, 1, 0])
  })

  test('goes out by names and comes in by them; a name that nobody has is a wrong row', async () => {
    const exported = await desk.boss.send(
      'GET',
      '/api/apps/desk/forms/ticket/export?fields=subject,team&sort=subject',
      undefined,
      { 'accept-language': 'zh-CN' },
    )
    expect(exported.body).toContain('\r\nboth,li、wang\r\n')
    const file = '主题,协办人\r\nimported,"wang, li"\r\nalone,wang\r\nempty,\r\n'
    expect(await imported(file)).toMatchObject({ state: 'done' })
    expect(await subjects(desk.boss, has('containsAll', [desk.ids.li, desk.ids.wang]))).toContain('imported')
    expect(await subjects(desk.wang)).toEqual(expect.arrayContaining(['alone', 'imported']))
    expect(await imported('主题,协办人\r\nwrong,li、nobody\r\n')).toMatchObject({ state: 'failed' })
  })

  const imported = async (content: string) => {
    const fields = [
      { field: 'subject', column: '主题' },
      { field: 'team', column: '协办人' },
    ]
    const part = (head: string, body: string) => `--b\r\ncontent-disposition: form-data; ${head}\r\n\r\n${body}\r\n`
    const started = await desk.boss.send(
      'POST',
      '/api/apps/desk/forms/ticket/import',
      Buffer.from(
        `${part('name="mapping"', JSON.stringify({ fields }))}${part('name="mode"', 'all')}${part('name="file"; filename="a.csv"', content)}--b--\r\n`,
      ),
      { 'content-type': 'multipart/form-data; boundary=b' },
    )
    expect(started.statusCode, started.body).toBe(202)
    const { id } = started.json<{ id: string }>()
    const job = async () => (await desk.boss.send('GET', `/api/jobs/${id}`)).json<{ state: string }>()
    await expect.poll(async () => (await job()).state, { timeout: 20_000 }).not.toMatch(/waiting|running/)
    return job()
  }
})
