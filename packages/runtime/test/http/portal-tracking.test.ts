import { afterAll, beforeAll, expect, test } from 'vitest'
import { covers } from '../../../../tests/support/covers.ts'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { type Desk, openDesk } from './desk.ts'

covers(
  'app.portal.tracking.contacts',
  'app.portal.tracking.mail',
  'app.portal.tracking.role',
  'app.portal.tracking.records.form',
  'app.portal.tracking.records.contact',
  'app.portal.tracking.records.fields',
)

type Change = NonNullable<Parameters<typeof openDesk>[2]>
const shown = ['number', 'subject', 'stage', 'remark']
const withTracking =
  (change: Change = () => {}): Change =>
  (files) => {
    const app = files['app.json']
    app.roles.push({ id: 'customer', label: '客户' })
    app.portal = {
      title: '服务中心',
      forms: [],
      tracking: {
        contacts: 'contact',
        mail: 'mail',
        role: 'customer',
        records: [{ form: 'ticket', contact: 'contact', fields: shown }],
      },
    }
    files['forms/contact.json'] = {
      id: 'contact',
      kind: 'form',
      schemaVersion: 1,
      label: '联系人',
      title: { formula: 'name' },
      fields: [
        { id: 'name', type: 'text', label: '姓名' },
        { id: 'mail', type: 'email', label: '邮箱' },
      ],
      access: [{ id: 'all', role: 'agent', can: ['read', 'create', 'update', 'delete'] }],
    }
    const ticket = files['forms/ticket.json']
    ticket.fields.push(
      { id: 'contact', type: 'link', label: '联系人', form: 'contact' },
      { id: 'remark', type: 'text', label: '说明' },
      { id: 'secret', type: 'text', label: '内部说明' },
      { id: 'hushed', type: 'text', label: '不给客户' },
    )
    ticket.access.push({ id: 'own', role: 'customer', can: ['read'], fields: { hushed: 'hidden' } })
    for (const stage of ticket.stages ?? []) stage.customerLabel = `客户：${stage.id}`
    files['flows/handling.json'].nodes.find((node: { id: string }) => node.id === 'work').stage = 'open'
    change(files)
  }

eachDatabase((database) => {
  let desk: Desk
  const root = '/api/portal/desk'
  const forms = '/api/apps/desk/forms'
  const zhou = 'Zhou@Example.com'
  const ids: Record<string, string> = {}

  const ask = (mail: string) => desk.inject({ method: 'POST', url: `${root}/code`, payload: { mail } })
  const prove = (ticket: string, code: string) =>
    desk.inject({ method: 'POST', url: `${root}/session`, payload: { ticket, code } })
  const mails = async (to: string) =>
    (await desk.app.ports.store.read.selectFrom('sent_messages').selectAll().execute()).filter(
      ({ recipient }) => recipient === to.toLowerCase(),
    )
  /** Waits for one more mail than there were. */
  async function codeFor(mail: string): Promise<{ ticket: string; code: string }> {
    const before = (await mails(mail)).length
    const answer = await ask(mail)
    expect(answer.statusCode, answer.body).toBe(202)
    await expect.poll(async () => (await mails(mail)).length, { timeout: 20_000 }).toBe(before + 1)
    const bodies = (await mails(mail)).sort((one, other) => (one.at < other.at ? -1 : 1))
    const codes = bodies.map(({ body }) => /\d{6}/.exec(body)?.[0] ?? '')
    const { ticket } = answer.json<{ ticket: string }>()
    const id = (await import('../../src/server/auth/secrets.ts')).hashSecret(ticket)
    const mine = bodies.findIndex(({ key }) => key.endsWith(id))
    return { ticket, code: codes[mine] ?? '' }
  }
  async function signIn(mail: string): Promise<string> {
    const { ticket, code } = await codeFor(mail)
    const answer = await prove(ticket, code)
    expect(answer.statusCode, answer.body).toBe(204)
    return String(answer.headers['set-cookie'])
  }
  const look = (path: string, cookie: string, headers: Record<string, string> = {}) =>
    desk.inject({ method: 'GET', url: `${root}${path}`, headers: { cookie: cookie.split(';')[0] ?? '', ...headers } })
  const make = async (form: string, values: object) => {
    const answer = await desk.li.send('POST', `${forms}/${form}/records`, { values })
    expect(answer.statusCode, answer.body).toBe(201)
    return answer.json<{ id: string }>().id
  }
  const ticketOf = (contact: string | undefined, subject: string) =>
    make('ticket', { subject, remark: `${subject} remark`, secret: 'nur intern', hushed: 'psst', contact })

  beforeAll(async () => {
    desk = await openDesk(
      database.url,
      { TENON_PUBLIC_SUBMISSIONS_PER_HOUR: '100000', TENON_TEST_CLOCK: '1' },
      withTracking(),
    )
    ids.zhou = await make('contact', { name: '周女士', mail: zhou })
    ids.qian = await make('contact', { name: '钱先生', mail: 'qian@example.com' })
    ids.zhous = await ticketOf(ids.zhou, 'flow: zhou one')
    ids.qians = await ticketOf(ids.qian, 'qian one')
    ids.nobodys = await ticketOf(undefined, 'nobody one')
    await desk.li.send('POST', `${forms}/ticket/records/${ids.zhous}/comments`, {
      body: 'an internal word',
      visibility: 'internal',
    })
  })
  afterAll(() => desk.close())

  test('a contact finds his own records, in his words, and of them what is named and granted', async () => {
    const cookie = await signIn('zhou@example.COM')
    expect(cookie).toContain('Path=/api/portal/desk')
    expect(cookie).toContain('HttpOnly')
    expect(cookie).toContain('SameSite=Strict')
    const list = await look('/records', cookie)
    expect(list.statusCode, list.body).toBe(200)
    const { items } = list.json<{ items: { id: string; title: string | null; number: string | null }[] }>()
    expect(items.map(({ id }) => id)).toEqual([ids.zhous])
    const one = await look(`/records/ticket/${ids.zhous}`, cookie)
    expect(one.statusCode, one.body).toBe(200)
    const view = one.json<{ fields: { text: string }[] }>()
    expect(view.fields.map(({ text }) => text)).toContain('flow: zhou one remark')
    expect(one.json()).toMatchObject({
      number: expect.stringMatching(/^TK/),
      title: expect.stringMatching(/^TK.* flow: zhou one$/),
      status: { label: '客户：open', category: 'open' },
      progress: [{ label: '客户：new' }, { label: '客户：open', at: expect.any(String) }],
    })
    for (const { body } of [list, one])
      for (const inside of [
        'nur intern',
        'psst',
        'internal word',
        'qian',
        'nobody one',
        ids.qians ?? '',
        ids.zhou ?? '',
        'created_by',
        'li',
      ])
        expect(body.replaceAll('"title"', ''), inside).not.toContain(`${inside}`.length > 2 ? inside : `"${inside}"`)
    expect((await look('', cookie)).json()).toMatchObject({ tracking: { signedIn: true } })
    expect((await look('', '')).json()).toMatchObject({ tracking: { signedIn: false } })
  })

  test('another contact, another form, an id that is guessed: not there', async () => {
    const cookie = await signIn(zhou)
    const guessed = '01900000-0000-7000-8000-000000000001'
    for (const path of [
      `ticket/${ids.qians}`,
      `ticket/${ids.nobodys}`,
      `ticket/${guessed}`,
      `contact/${ids.zhou}`,
      `contact/${ids.qian}`,
      `customer/${guessed}`,
      `nope/${ids.zhous}`,
    ]) {
      const answer = await look(`/records/${path}`, cookie)
      expect([path, answer.statusCode, answer.json<{ code: string }>().code]).toEqual([path, 404, 'record.notFound'])
    }
  })

  test('the session opens nothing for staff, and a session of staff nothing here', async () => {
    const cookie = (await signIn(zhou)).split(';')[0] ?? ''
    const secret = cookie.split('=')[1] ?? ''
    for (const url of [
      `${forms}/ticket/records`,
      `${forms}/ticket/records/${ids.zhous}`,
      '/api/session',
      '/api/tasks',
      '/api/search?q=x',
      '/api/people',
    ])
      for (const headers of [{ cookie }, { cookie: `tenon_session=${secret}` }, { authorization: `Bearer ${secret}` }])
        expect((await desk.inject({ method: 'GET', url, headers })).statusCode, url).toBe(401)
    expect((await desk.boss.send('GET', `${root}/records`)).statusCode).toBe(401)
    expect((await look('/records', '')).statusCode).toBe(401)
    expect((await look('/records', `tenon_portal=${'a'.repeat(43)}`)).statusCode).toBe(401)
    // Signed out it is worth nothing.
    await desk.inject({ method: 'DELETE', url: `${root}/session`, headers: { cookie } })
    expect((await look('/records', cookie)).statusCode).toBe(401)
  })

  test('whether an address is known does not show in the answer; nobody unknown is written to', async () => {
    const [known, unknown] = [await ask('qian@example.com'), await ask('stranger@example.com')]
    const shape = (answer: typeof known) => [
      answer.statusCode,
      answer.json<{ ticket: string }>().ticket.length,
      Object.keys(answer.json<object>()),
    ]
    expect(shape(unknown)).toEqual(shape(known))
    await expect.poll(async () => (await mails('qian@example.com')).length, { timeout: 20_000 }).toBeGreaterThan(0)
    expect(await mails('stranger@example.com')).toEqual([])
    const { ticket } = unknown.json<{ ticket: string }>()
    expect((await prove(ticket, '000000')).json()).toMatchObject({ code: 'portal.wrongCode' })
    for (const mail of ['nobody', 'a@b, c@d.example', 'a@b.example\r\nBcc: c@d.example', '<a@b.example>'])
      expect((await ask(mail)).statusCode, mail).toBe(422)
  })

  test('a code works once, whoever else uses it at the same moment, and only with its own ticket', async () => {
    const { ticket, code } = await codeFor('qian@example.com')
    const other = await codeFor('qian@example.com')
    if (code !== other.code) expect((await prove(other.ticket, code)).statusCode).toBe(403)
    const many = await Promise.all(Array.from({ length: 20 }, () => prove(ticket, code)))
    expect(many.filter(({ statusCode }) => statusCode === 204).length).toBe(1)
    expect((await prove(ticket, code)).statusCode).toBe(403)
  })

  test('neither code nor secret is kept; after five tries the code is over', async () => {
    const read = desk.app.ports.store.read
    await read.selectFrom('portal_codes').selectAll().execute()
    const { ticket, code } = await codeFor('zhou@example.com')
    const stored = JSON.stringify([
      await read.selectFrom('portal_codes').selectAll().execute(),
      await read.selectFrom('portal_sessions').selectAll().execute(),
    ])
    expect(stored).not.toContain(ticket)
    expect(stored).not.toContain(`"${code}"`)
    const wrong = code === '123456' ? '654321' : '123456'
    const tries = await Promise.all(Array.from({ length: 8 }, () => prove(ticket, wrong)))
    expect(tries.every(({ statusCode }) => statusCode === 403)).toBe(true)
    expect((await prove(ticket, code)).statusCode).toBe(403)
  })

  test('one address is sent so many codes an hour, known or not', async () => {
    const codes: number[] = []
    for (let at = 0; at < 7; at++) codes.push((await ask('much@example.com')).statusCode)
    expect(codes).toEqual([202, 202, 202, 202, 202, 429, 429])
  })

  test('what is taken away is gone at once: the address, the role, the field, tracking, the portal', async () => {
    await desk.publish(withTracking())
    const lin = await make('contact', { name: '林', mail: 'lin@example.com' })
    const mine = await ticketOf(lin, 'lin one')
    const cookie = await signIn('lin@example.com')
    expect((await look('/records', cookie)).json<{ items: object[] }>().items.length).toBe(1)
    await desk.publish(
      withTracking((files) => (files['app.json'].portal.tracking.records[0].fields = ['number', 'stage'])),
    )
    expect((await look(`/records/ticket/${mine}`, cookie)).body).not.toContain('lin one')
    // What is granted to some person by name is granted to no contact; what is granted by the record still is.
    const mineOnly = { fact: 'record', path: '$.handler', operator: 'equal', value: { ref: '$.user.id' } }
    const rowsOf = (rows: object) =>
      withTracking((files) => Object.assign(files['forms/ticket.json'].access.at(-1), { rows }))
    await desk.publish(rowsOf(mineOnly))
    expect((await look('/records', cookie)).json()).toEqual({ items: [] })
    await desk.publish(
      rowsOf({ any: [mineOnly, { fact: 'record', path: '$.subject', operator: 'equal', value: 'lin one' }] }),
    )
    expect((await look('/records', cookie)).json<{ items: object[] }>().items.length).toBe(1)
    await desk.publish(withTracking((files) => (files['forms/ticket.json'].access.at(-1).role = '*')))
    expect((await look('/records', cookie)).json()).toEqual({ items: [] })
    await desk.publish(withTracking((files) => (files['forms/ticket.json'].access.at(-1).role = 'agent')))
    expect((await look('/records', cookie)).json()).toEqual({ items: [] })
    expect((await look(`/records/ticket/${mine}`, cookie)).statusCode).toBe(404)
    await desk.publish(withTracking((files) => (files['app.json'].portal.closed = true)))
    expect((await look('/records', cookie)).statusCode).toBe(404)
    await desk.publish(withTracking((files) => delete files['app.json'].portal.tracking))
    expect((await look('/records', cookie)).statusCode).toBe(404)
    expect((await ask('lin@example.com')).statusCode).toBe(404)
    await desk.publish(withTracking())
    expect((await look('/records', cookie)).statusCode).toBe(200)
    const changed = await desk.li.send('PATCH', `${forms}/contact/records/${lin}`, {
      version: 1,
      values: { mail: 'new@example.com' },
    })
    expect(changed.statusCode, changed.body).toBe(200)
    expect((await look('/records', cookie)).statusCode).toBe(401)
  })

  test('a code is over after ten minutes, a session after a day', async () => {
    const advance = async (by: string) =>
      expect((await desk.inject({ method: 'POST', url: '/api/test/clock', payload: { advance: by } })).statusCode).toBe(
        200,
      )
    await make('contact', { name: '孙', mail: 'sun@example.com' })
    const late = await codeFor('sun@example.com')
    await advance('PT10M')
    expect((await prove(late.ticket, late.code)).statusCode).toBe(403)
    const inTime = await codeFor('sun@example.com')
    await advance('PT9M')
    const answer = await prove(inTime.ticket, inTime.code)
    expect(answer.statusCode, answer.body).toBe(204)
    const cookie = String(answer.headers['set-cookie'])
    await advance('PT23H')
    expect((await look('/records', cookie)).statusCode).toBe(200)
    await advance('PT1H')
    expect((await look('/records', cookie)).statusCode).toBe(401)
  })
})
