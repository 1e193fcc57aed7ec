import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { type Desk, openDesk, tickets } from './desk.ts'

type View = { id: string; version: number; values: Record<string, unknown>; title: string }

eachDatabase((database) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(database.url)
  })
  afterAll(() => desk.close())

  const create = async (values: object, headers = {}) => desk.li.send('POST', tickets, { values }, headers)
  const count = async () => (await desk.boss.send('GET', `${tickets}?size=1`)).json<{ total: number }>().total

  describe('records', () => {
    test('created: 201, with its address and its computed values', async () => {
      const answer = await create({ subject: '打印机卡纸', priority: 'urgent' })
      expect(answer.statusCode).toBe(201)
      const view = answer.json<View>()
      expect(answer.headers.location).toBe(`${tickets}/${view.id}`)
      expect(view).toMatchObject({ version: 1, values: { subject: '打印机卡纸', priority: 'urgent' } })
      expect(view.title).toMatch(/^TK\d{6}-\d{4} 打印机卡纸$/)
    })

    test('all problems of a submission at once, each at its field', async () => {
      const answer = await create({ priority: 'nope', hours: 'x', unknown: 1 })
      expect(answer.statusCode).toBe(422)
      const { errors } = answer.json<{ errors: { path: string; code: string }[] }>()
      expect(errors.map((one) => one.path).sort()).toEqual(['/hours', '/priority', '/subject', '/unknown'])
    })

    test('a stale version: 409 with what is there now', async () => {
      const { id } = (await create({ subject: 'one' })).json<View>()
      expect(
        (await desk.li.send('PATCH', `${tickets}/${id}`, { values: { subject: 'two' }, version: 1 })).json(),
      ).toMatchObject({ version: 2 })
      const stale = await desk.wang.send('PATCH', `${tickets}/${id}`, { values: { subject: 'three' }, version: 1 })
      expect(stale.statusCode).toBe(409)
      expect(stale.json()).toMatchObject({
        code: 'version.conflict',
        current: { id, version: 2, values: { subject: 'two' } },
      })
    })

    test('absent and invisible are the same answer (RT-D12)', async () => {
      const { id } = (await create({ subject: 'secret' })).json<View>()
      const absent = '01900000-0000-7000-8000-000000000000'
      for (const path of ['', '/timeline', '/form']) {
        const [there, notThere] = [
          await desk.guest.send('GET', `${tickets}/${id}${path}`),
          await desk.guest.send('GET', `${tickets}/${absent}${path}`),
        ]
        expect([there.statusCode, there.body]).toEqual([404, notThere.body])
      }
      for (const [method, path, body] of [
        ['PATCH', '', { values: {}, version: 1 }],
        ['DELETE', '?version=1', undefined],
        ['POST', '/comments', { body: 'x' }],
        ['POST', '/actions/go', {}],
      ] as const) {
        const [there, notThere] = [
          await desk.guest.send(method, `${tickets}/${id}${path}`, body),
          await desk.guest.send(method, `${tickets}/${absent}${path}`, body),
        ]
        expect([method, path, there.statusCode, there.body]).toEqual([method, path, notThere.statusCode, notThere.body])
        expect([403, 404]).toContain(there.statusCode)
      }
    })

    test('a hidden field is not there by any path: form, list, filter, sort, search', async () => {
      const { id } = (
        await desk.boss.send('POST', tickets, { values: { subject: 'costly', cost: '123.45' } })
      ).json<View>()
      expect((await desk.boss.send('GET', `${tickets}/${id}`)).body).toContain('123.45')
      const where = (path: string) =>
        encodeURIComponent(JSON.stringify({ fact: 'record', path, operator: 'isNotEmpty' }))
      for (const url of [
        `${tickets}/${id}`,
        `${tickets}/${id}/timeline`,
        `${tickets}/${id}/form`,
        `${tickets}?fields=cost,subject`,
        `${tickets}?q=123.45`,
        '/api/apps/desk',
      ]) {
        expect([url, (await desk.li.send('GET', url)).body.includes('123.45')]).toEqual([url, false])
      }
      for (const part of ['sort=cost', `where=${where('$.cost')}`]) {
        const [hidden, unknown] = [
          await desk.li.send('GET', `${tickets}?${part}`),
          await desk.li.send('GET', `${tickets}?${part.replace('cost', 'nope')}`),
        ]
        expect(hidden.body.replaceAll('cost', 'nope')).toBe(unknown.body)
      }
      expect(
        JSON.stringify((await desk.li.send('GET', '/api/apps/desk')).json<{ forms: unknown }>().forms),
      ).not.toContain('cost')
      const written = await desk.li.send('PATCH', `${tickets}/${id}`, { values: { cost: '1.00' }, version: 1 })
      expect(written.statusCode).toBe(422)
    })
  })

  describe('mass assignment (RT-K1)', () => {
    const extras = {
      id: 'x',
      version: 9,
      created_at: '2020-01-01T00:00:00Z',
      created_by: 'x',
      updated_by: 'x',
      title: 'x',
      stage: 'done',
      number: 'TK1',
      history: true,
      batch: 'x',
      search: 'x',
      role: 'manager',
      admin: true,
      f_cost: 1,
      cost: '9.99',
      double: '9.99',
      owner_id: 'x',
      tenant_id: 'x',
    }
    test.each(Object.keys(extras))('values.%s is refused and nothing is written', async (name) => {
      const before = await count()
      const answer = await create({ subject: 'mass', [name]: extras[name as keyof typeof extras] })
      expect([name, answer.statusCode]).toEqual([name, 422])
      expect(await count()).toBe(before)
    })
    test.each([
      'id',
      'version',
      'created_by',
      'principal',
      'source',
      'history',
      'batch',
      'app',
      'form',
      'command',
      'type',
    ])('%s beside values is refused', async (name) => {
      expect((await desk.li.send('POST', tickets, { values: { subject: 'mass' }, [name]: 'x' })).statusCode).toBe(400)
    })
  })

  describe('one intention acts once', () => {
    test('the same key and body: the first answer again', async () => {
      const before = await count()
      const [first, second] = [
        await create({ subject: 'once' }, { 'idempotency-key': 'key-1' }),
        await create({ subject: 'once' }, { 'idempotency-key': 'key-1' }),
      ]
      expect([first.statusCode, second.statusCode]).toEqual([201, 201])
      expect(second.json<View>().id).toBe(first.json<View>().id)
      expect(await count()).toBe(before + 1)
    })
    test('the same key with another body: 422', async () => {
      await create({ subject: 'a' }, { 'idempotency-key': 'key-2' })
      expect((await create({ subject: 'b' }, { 'idempotency-key': 'key-2' })).json()).toMatchObject({
        status: 422,
        code: 'idempotency.reused',
      })
    })
    test('sixteen at once: one record', async () => {
      const before = await count()
      const answers = await Promise.all(
        Array.from({ length: 16 }, () => create({ subject: 'parallel' }, { 'idempotency-key': 'key-3' })),
      )
      for (const answer of answers) expect([201, 409]).toContain(answer.statusCode)
      expect(await count()).toBe(before + 1)
    })
    test("somebody else's key is another key", async () => {
      const mine = await create({ subject: 'mine' }, { 'idempotency-key': 'key-4' })
      const theirs = await desk.wang.send(
        'POST',
        tickets,
        { values: { subject: 'theirs' } },
        { 'idempotency-key': 'key-4' },
      )
      expect(theirs.statusCode).toBe(201)
      expect(theirs.json<View>().id).not.toBe(mine.json<View>().id)
    })
    test('the same key for another record is refused', async () => {
      const [one, two] = [(await create({ subject: '1' })).json<View>(), (await create({ subject: '2' })).json<View>()]
      const patch = (id: string) =>
        desk.li.send(
          'PATCH',
          `${tickets}/${id}`,
          { values: { subject: 'same' }, version: 1 },
          { 'idempotency-key': 'key-5' },
        )
      expect((await patch(one.id)).statusCode).toBe(200)
      expect((await patch(two.id)).json()).toMatchObject({ code: 'idempotency.reused' })
    })
  })

  describe('one intention acts once, also where it is no record', () => {
    test('a person, a department, a view', async () => {
      const cases = [
        [desk.admin, '/api/admin/users', { username: 'twice', name: 'T', password: 'correct horse battery' }],
        [desk.admin, '/api/admin/departments', { code: 'twice', name: 'T' }],
        [desk.li, '/api/apps/desk/forms/ticket/views', { name: 'twice', columns: ['subject'] }],
      ] as const
      for (const [caller, url, body] of cases) {
        const send = (payload: object) => caller.send('POST', url, payload, { 'idempotency-key': 'again' })
        const [first, second] = [await send(body), await send(body)]
        expect([url, first.statusCode, second.statusCode, second.body]).toEqual([url, 201, 201, first.body])
        expect((await send({ ...body, name: 'other' })).json()).toMatchObject({ code: 'idempotency.reused' })
      }
      const views = (await desk.li.send('GET', '/api/apps/desk/forms/ticket/views')).json<{ items: object[] }>()
      expect(views.items).toHaveLength(1)
    })

    test('a token: the same secret again, which works', async () => {
      const make = (name: string) => desk.li.send('POST', '/api/tokens', { name }, { 'idempotency-key': 'token-1' })
      const [first, second] = [await make('script'), await make('script')]
      expect([first.statusCode, second.statusCode, second.body]).toEqual([201, 201, first.body])
      expect((await make('other')).json()).toMatchObject({ code: 'idempotency.reused' })
      const mine = (await desk.li.send('GET', '/api/tokens')).json<{ items: object[] }>()
      expect(mine.items).toHaveLength(1)
      const { secret } = first.json<{ secret: string }>()
      const asked = await desk.inject({ url: '/api/session', headers: { authorization: `Bearer ${secret}` } })
      expect(asked.statusCode).toBe(200)
    })

    test('a file', async () => {
      const send = (content: string, key: string) =>
        desk.li.send(
          'POST',
          '/api/files',
          ['--b', 'content-disposition: form-data; name="file"; filename="a.txt"', '', content, '--b--', ''].join(
            '\r\n',
          ),
          { 'content-type': 'multipart/form-data; boundary=b', 'idempotency-key': key },
        )
      const [first, second] = [await send('one', 'file-1'), await send('one', 'file-1')]
      expect([first.statusCode, second.statusCode, second.body]).toEqual([201, 201, first.body])
      expect((await send('two', 'file-1')).json()).toMatchObject({ code: 'idempotency.reused' })
      const { id } = first.json<{ id: string }>()
      expect((await desk.li.send('GET', `/api/files/${id}`)).body).toBe('one')
    })

    test('an import', async () => {
      const body = (subject: string) =>
        [
          '--b',
          'content-disposition: form-data; name="mapping"',
          '',
          JSON.stringify({ fields: [{ field: 'subject', column: 'subject' }] }),
          '--b',
          'content-disposition: form-data; name="file"; filename="a.csv"',
          '',
          `subject\n${subject}\n`,
          '--b--',
          '',
        ].join('\r\n')
      const send = (subject: string) =>
        desk.boss.send('POST', '/api/apps/desk/forms/ticket/import', body(subject), {
          'content-type': 'multipart/form-data; boundary=b',
          'idempotency-key': 'import-1',
        })
      const [first, second] = [await send('imported once'), await send('imported once')]
      expect([first.statusCode, second.statusCode]).toEqual([202, 202])
      const { id } = first.json<{ id: string }>()
      expect(second.json()).toMatchObject({ id })
      expect((await send('another')).json()).toMatchObject({ code: 'idempotency.reused' })
      let job = first.json<{ state: string; result: unknown }>()
      while (job.state === 'waiting' || job.state === 'running') {
        await new Promise((done) => setTimeout(done, 50))
        job = (await desk.boss.send('GET', `/api/jobs/${id}`)).json()
      }
      expect(job).toMatchObject({ state: 'done', result: { rows: 1, created: 1 } })
      const where = encodeURIComponent(
        JSON.stringify({ fact: 'record', path: '$.subject', operator: 'equal', value: 'imported once' }),
      )
      expect((await desk.boss.send('GET', `${tickets}?where=${where}`)).json()).toMatchObject({ total: 1 })
      expect((await desk.li.send('GET', `/api/jobs/${id}`)).statusCode).toBe(404)
    })
  })

  describe('a task', () => {
    const open = async (record: string) =>
      (await desk.li.send('GET', `/api/tasks?record=${record}`)).json<{
        items: { id: string; node: string; can: string[]; assignee: string | null }[]
      }>().items
    test('is claimed, completed once, and the late one is told', async () => {
      const { id } = (await create({ subject: 'flow me' })).json<View>()
      const [task] = await open(id)
      expect(task).toMatchObject({ node: 'work', assignee: null })
      expect((await desk.li.send('POST', `/api/tasks/${task?.id}/claim`)).json()).toMatchObject({
        task: { assignee: desk.ids.li },
        record: { id },
      })
      const done = await desk.li.send('POST', `/api/tasks/${task?.id}/complete`, {
        outcome: 'solved',
        values: { hours: '1.5' },
      })
      expect(done.json()).toMatchObject({
        record: { values: { hours: '1.5', stage: 'done' } },
        task: { state: 'completed', outcome: 'solved' },
      })
      const late = await desk.li.send('POST', `/api/tasks/${task?.id}/complete`, { outcome: 'back' })
      expect(late.statusCode).toBe(409)
      expect(late.json<{ code: string }>().code).toMatch(/^task\./)
    })
    test('of a stranger is not there', async () => {
      const { id } = (await create({ subject: 'flow too' })).json<View>()
      const [task] = await open(id)
      for (const call of [
        () => desk.guest.send('GET', `/api/tasks/${task?.id}`),
        () => desk.guest.send('POST', `/api/tasks/${task?.id}/complete`, { outcome: 'solved' }),
        () => desk.guest.send('POST', `/api/tasks/${task?.id}/claim`),
      ]) {
        const [answer] = [await call()]
        expect(answer.statusCode).toBe(404)
      }
    })
  })

  describe('bulk edit', () => {
    test('needs the right of that name, row by row', async () => {
      const { id } = (await create({ subject: 'bulk' })).json<View>()
      const refused = await desk.boss.send('POST', `${tickets}/batch`, { ids: [id], values: { priority: 'urgent' } })
      expect(refused.json()).toMatchObject({ changed: 0, failed: [{ id, code: 'access.denied' }] })
    })
    test('changes what a condition finds, once per key', async () => {
      await desk.publish((files) => {
        files['forms/ticket.json'].access[1].can.push('bulk')
      })
      for (const subject of ['zz 1', 'zz 2']) await create({ subject })
      const body = {
        where: { fact: 'record', path: '$.subject', operator: 'startsWith', value: 'zz' },
        values: { priority: 'urgent' },
      }
      const [first, again] = [
        await desk.boss.send('POST', `${tickets}/batch`, body, { 'idempotency-key': 'b' }),
        await desk.boss.send('POST', `${tickets}/batch`, body, { 'idempotency-key': 'b' }),
      ]
      expect(first.json()).toEqual({ changed: 2, failed: [] })
      expect(again.json()).toEqual({ changed: 2, failed: [] })
      const list = (
        await desk.boss.send(
          'GET',
          `${tickets}?where=${encodeURIComponent(JSON.stringify(body.where))}&fields=priority`,
        )
      ).json<{ items: View[] }>()
      expect(list.items.map((item) => [item.version, item.values.priority])).toEqual([
        [2, 'urgent'],
        [2, 'urgent'],
      ])
    })
    test.each([{ values: {} }, { ids: ['x'] }, { ids: ['x'], values: {}, remove: true }, { ids: [], values: {} }])(
      '%j is malformed',
      async (body) => {
        expect((await desk.boss.send('POST', `${tickets}/batch`, body)).statusCode).toBe(400)
      },
    )
  })

  describe('export', () => {
    test('the same rows as the list, for who may', async () => {
      await desk.boss.send('POST', tickets, { values: { subject: '=HYPERLINK("http://x")', cost: '-5.00' } })
      const answer = await desk.boss.send(
        'GET',
        `/api/apps/desk/forms/ticket/export?fields=subject,cost&where=${encodeURIComponent(JSON.stringify({ fact: 'record', path: '$.cost', operator: 'lessThan', value: '0' }))}`,
      )
      expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
      expect(answer.headers['content-disposition']).toContain('attachment')
      expect(answer.body).toBe('\ufeff主题,费用\r\n"\'=HYPERLINK(""http://x"")",-5.00\r\n')
      const xlsx = await desk.boss.send('GET', '/api/apps/desk/forms/ticket/export?format=xlsx')
      expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK')
    })
    test('not for others', async () => {
      expect((await desk.li.send('GET', '/api/apps/desk/forms/ticket/export')).statusCode).toBe(403)
      expect((await desk.guest.send('GET', '/api/apps/desk/forms/ticket/export')).statusCode).toBe(404)
    })
  })
})
