import { afterAll, beforeAll, expect, test } from 'vitest'
import { covers } from '../../../../tests/support/covers.ts'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { type Desk, openDesk, tickets, wireFiles } from './desk.ts'
import { openBench, setUp } from './harness.ts'

covers('form.publicForm.title', 'form.publicForm.intro', 'form.publicForm.thanks')

type Change = NonNullable<Parameters<typeof openDesk>[2]>
const asked = ['subject', 'priority', 'photos']
const withPublicForm: Change = (files) => {
  const ticket = files['forms/ticket.json']
  ticket.fields.push(
    { id: 'photos', type: 'file', label: '照片', accept: ['image'], maxFiles: 2 },
    { id: 'papers', type: 'file', label: '资料' },
    { id: 'secret', type: 'text', label: '内部说明', default: 'nur intern' },
    { id: 'channel', type: 'text', label: '渠道', default: 'phone' },
  )
  ticket.publicForm = {
    fields: asked,
    title: { 'zh-CN': '报修', en: 'Ask for a repair' },
    intro: '请写明故障',
    thanks: { 'zh-CN': '谢谢', en: 'Thank you' },
    values: { channel: 'web' },
  }
  ticket.checks = [
    ...(ticket.checks ?? []),
    {
      id: 'no_curse',
      must: { fact: 'record', path: '$.secret', operator: 'notEqual', value: 'curse' },
      message: '内部校验',
      at: 'secret',
    },
  ]
}
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
const visit = 'a-visit-of-more-than-twenty-letters'

function multipart(name: string, content: Buffer | string) {
  const boundary = 'x-boundary-x'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n`
  return {
    payload: Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from(`\r\n--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  }
}

eachDatabase((database) => {
  let desk: Desk
  let token: string
  const links = '/api/design/apps/desk/public-links'
  const make = async (form = 'ticket') => {
    const answer = await desk.admin.send('PUT', `${links}/${form}`, {})
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.json<{ items: { form: string; token: string }[] }>().items.find((one) => one.form === form)!.token
  }
  const look = (at = token, headers: Record<string, string> = {}) =>
    desk.inject({ method: 'GET', url: `/api/public/${at}`, headers })
  const send = (values: object, more: object = {}, headers: Record<string, string> = {}, at = token) =>
    desk.inject({ method: 'POST', url: `/api/public/${at}`, headers, payload: { values, ...more } })
  const upload = (name: string, content: Buffer | string, by = visit, at = token) =>
    desk.inject({
      method: 'POST',
      url: `/api/public/${at}/files?visit=${by}`,
      ...multipart(name, content),
    })
  const count = async () => (await desk.boss.send('GET', tickets)).json<{ total: number }>().total
  type Item = { id: string; created_by: string | null; values: Record<string, unknown> }
  const find = async (number: string | null) =>
    (await desk.boss.send('GET', `${tickets}?size=200`))
      .json<{ items: Item[] }>()
      .items.find((one) => one.values.number === number)

  beforeAll(async () => {
    desk = await openDesk(database.url, { TENON_PUBLIC_SUBMISSIONS_PER_HOUR: '100000' }, withPublicForm)
    token = await make()
  })
  afterAll(() => desk.close())

  test('a stranger sees the form and nothing that is not asked there', async () => {
    const answer = await look()
    expect(answer.statusCode, answer.body).toBe(200)
    expect(answer.json()).toMatchObject({
      title: { 'zh-CN': '报修', en: 'Ask for a repair' },
      intro: '请写明故障',
      rights: { subject: 'edit', priority: 'edit', photos: 'edit' },
      data: { priority: 'normal' },
    })
    const definition = answer.json<{ definition: { fields: { id: string }[] } }>().definition
    expect(definition.fields.map(({ id }) => id)).toEqual(asked)
    for (const inside of [
      'secret',
      'channel',
      'cost',
      'hours',
      'customer',
      'number',
      'desk',
      'agent',
      'access',
      '内部',
    ])
      expect(answer.body, inside).not.toContain(inside)
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
  })

  test('what strangers are asked is not told to staff: it may name what is hidden from them', async () => {
    const app = await desk.li.send('GET', '/api/apps/desk')
    expect(app.statusCode).toBe(200)
    expect(app.body).toContain('"photos"')
    expect(app.body).not.toContain('publicForm')
  })

  test('what is sent in becomes a record of nobody, with its number, its flow and where it came from', async () => {
    const answer = await send({ subject: 'flow: 打印机卡纸', priority: 'urgent' })
    expect(answer.statusCode, answer.body).toBe(201)
    const receipt = answer.json<{ number: string; thanks: object }>()
    expect(receipt).toEqual({
      number: expect.stringMatching(/^TK\d{6}-\d{4}$/),
      thanks: { 'zh-CN': '谢谢', en: 'Thank you' },
    })
    const record = await find(receipt.number)
    expect(record).toMatchObject({
      created_by: null,
      values: { subject: 'flow: 打印机卡纸', priority: 'urgent', channel: 'web', secret: 'nur intern' },
    })
    const timeline = await desk.boss.send('GET', `${tickets}/${record!.id}/timeline`)
    const events = timeline.json<{ items: { type: string; actor: string | null; source: string }[] }>().items
    expect(events.find(({ type }) => type === 'record.created')).toMatchObject({ actor: null, source: 'public' })
    const tasks = await desk.li.send('GET', `/api/tasks?record=${record!.id}`)
    expect(tasks.json<{ items: object[] }>().items.length).toBeGreaterThan(0)
  })

  test('nothing else can be written, by any spelling', async () => {
    const before = await count()
    for (const [field, value] of [
      ['cost', '1.00'],
      ['secret', 'x'],
      ['channel', 'phone'],
      ['customer', '0190'],
      ['number', 'TK000000-0001'],
      ['papers', []],
      ['id', '01900000-0000-7000-8000-000000000001'],
      ['created_by', '0190'],
      ['created_at', '2020-01-01T00:00:00.000Z'],
      ['version', 9],
      ['title', 'x'],
      ['app', 'x'],
      ['history', true],
      ['batch', 'x'],
      ['constructor', 'x'],
      ['nope', 'x'],
    ] as const) {
      const answer = await send({ subject: 'x', [field]: value })
      expect([field, answer.statusCode], answer.body).toEqual([field, 422])
      // A field of the inside and one that does not exist are refused in the same words.
      const { errors } = answer.json<{ errors: { code: string; path: string }[] }>()
      expect(errors).toMatchObject([{ code: 'field.unknown', path: `/${field}` }])
    }
    for (const more of [
      { form: 'customer' },
      { app: 'desk' },
      { id: '0190' },
      { history: {} },
      { principal: { kind: 'system' } },
      { batch: 'x' },
    ])
      expect((await send({ subject: 'x' }, more)).statusCode).toBe(400)
    expect((await send({ subject: 'x' }, { values: 'x' })).statusCode).toBe(400)
    expect(await count()).toBe(before)
  })

  test('what is missing or wrong is said at its field; of the inside nothing is said', async () => {
    const missing = await send({}, {}, { 'accept-language': 'zh-CN' })
    expect(missing.json()).toMatchObject({
      errors: [{ path: '/subject', code: 'field.required', message: '请填写主题' }],
    })
    const wrong = await send({ subject: { path: '/etc/passwd' } })
    expect(wrong.statusCode).toBe(422)
    await desk.publish((files) => {
      withPublicForm(files)
      files['forms/ticket.json'].fields.find((one: { id: string }) => one.id === 'secret').default = 'curse'
    })
    const check = await send({ subject: 'x' })
    expect(check.statusCode).toBe(422)
    expect(check.json<{ errors: { path: string }[] }>().errors).toMatchObject([{ path: '', code: 'check.failed' }])
    expect(check.body).not.toContain('secret')
    await desk.publish(withPublicForm)
  })

  test('the same intention acts once; the key of another body is refused', async () => {
    const before = await count()
    const key = { 'idempotency-key': 'an-intention-of-a-stranger' }
    const [first, second] = [await send({ subject: 'once' }, {}, key), await send({ subject: 'once' }, {}, key)]
    expect([first.statusCode, second.statusCode]).toEqual([201, 201])
    expect(second.json()).toEqual(first.json())
    expect(await count()).toBe(before + 1)
    expect((await send({ subject: 'twice' }, {}, key)).json()).toMatchObject({ code: 'idempotency.reused' })
    const many = await Promise.all(
      Array.from({ length: 10 }, () => send({ subject: 'race' }, {}, { 'idempotency-key': 'a-race-of-strangers' })),
    )
    expect(many.map(({ statusCode }) => statusCode).every((code) => code === 201 || code === 409)).toBe(true)
    expect(await count()).toBe(before + 2)
  })

  test('RT-J7: half a link, another case, an encoded letter, a longer one: no form', async () => {
    const swapped = token.replace(/[a-z]/, (letter) => letter.toUpperCase())
    const other = { statusCode: 404, code: 'publicForm.notFound' }
    for (const wrong of [
      'x',
      token.slice(0, -1),
      `${token}x`,
      swapped,
      token.toLowerCase(),
      token.split('').reverse().join(''),
      '%25',
      "x'%20or%20'1'='1",
    ]) {
      if (wrong === token) continue
      for (const answer of [
        await look(wrong),
        await send({ subject: 'x' }, {}, {}, wrong),
        await upload('a.png', png, visit, wrong),
      ])
        expect([wrong, { statusCode: answer.statusCode, code: answer.json<{ code: string }>().code }]).toEqual([
          wrong,
          other,
        ])
    }
  })

  test('a link opens no other door', async () => {
    const record = (await desk.boss.send('GET', tickets)).json<{ items: Item[] }>().items[0]!
    for (const url of [
      tickets,
      `${tickets}/${record.id}`,
      '/api/apps/desk',
      '/api/apps/desk/forms/customer/records',
      '/api/tasks',
      '/api/search?q=x',
      '/api/people',
      links,
    ])
      for (const headers of [
        { authorization: `Bearer ${token}` },
        { cookie: `tenon_session=${token}` },
        { 'x-tenon-as': token },
      ])
        expect((await desk.inject({ method: 'GET', url, headers })).statusCode, url).toBe(401)
  })

  test('whoever is signed in is a stranger here all the same', async () => {
    const answer = await desk.boss.send('POST', `/api/public/${token}`, { values: { subject: 'by the boss' } })
    expect(answer.statusCode).toBe(201)
    expect(await find(answer.json<{ number: string }>().number)).toMatchObject({ created_by: null })
    expect(
      (await desk.boss.send('POST', `/api/public/${token}`, { values: { subject: 'x', cost: '1.00' } })).statusCode,
    ).toBe(422)
  })

  test('the field that only programs fill in', async () => {
    const before = await count()
    const answer = await send({ subject: 'buy pills' }, { website: 'https://pills.example' })
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([422, 'publicForm.refused'])
    expect((await send({ subject: 'a person' }, { website: '' })).statusCode).toBe(201)
    expect(await count()).toBe(before + 1)
  })

  test('too much of anything is refused', async () => {
    expect((await send({ subject: 'x'.repeat(300_000) })).statusCode).toBe(413)
    const form = await desk.inject({ method: 'POST', url: `/api/public/${token}`, ...multipart('a.png', png) })
    expect(form.statusCode).toBe(415)
    const forged = await send({ subject: 'x', photos: [{ id: 'x', filepath: '/etc/passwd' }] })
    expect(forged.statusCode).toBe(422)
  })

  test('files: of the kind the field takes, of this visit, and for whoever may read the record', async () => {
    const up = await upload('裂缝.png', png)
    expect(up.statusCode, up.body).toBe(201)
    const { id } = up.json<{ id: string }>()
    // Nobody can look at it while no record has it; not even who sent it.
    for (const ask of [
      desk.boss.send('GET', `/api/files/${id}`),
      desk.inject({ method: 'GET', url: `/api/files/${id}` }),
    ])
      expect([401, 404]).toContain((await ask).statusCode)
    for (const by of ['another-visit-of-twenty-letters', undefined]) {
      const stolen = await send({ subject: 'x', photos: [id] }, by === undefined ? {} : { visit: by })
      expect(stolen.json()).toMatchObject({ errors: [{ code: 'file.notFound', path: '/photos' }] })
    }
    const sent = await send({ subject: '带照片', photos: [id] }, { visit })
    expect(sent.statusCode, sent.body).toBe(201)
    const record = await find(sent.json<{ number: string }>().number)
    expect(record?.values.photos).toEqual([id])
    expect((await desk.boss.send('GET', `/api/files/${id}`)).statusCode).toBe(200)
    // It is the record's now: nobody sends it in again.
    expect((await send({ subject: 'x', photos: [id] }, { visit })).statusCode).toBe(422)
  })

  test('files: no other kind, no other field, no other size, and none of somebody else', async () => {
    expect((await upload('a.png', '<html><script>1</script>')).json()).toMatchObject({ code: 'file.wrongType' })
    expect((await upload('a.png', png, 'short')).statusCode).toBe(400)
    expect((await upload('a.png', Buffer.concat([png, Buffer.alloc(21 * 2 ** 20)]))).statusCode).toBe(413)
    const own = await desk.li.send(
      'POST',
      '/api/files',
      multipart('a.png', png).payload,
      multipart('a.png', png).headers,
    )
    expect(own.statusCode).toBe(201)
    const taken = await send({ subject: 'x', photos: [own.json<{ id: string }>().id] }, { visit })
    expect(taken.json()).toMatchObject({ errors: [{ code: 'file.notFound' }] })
  })

  test('switched off, not published, replaced or dropped: the same answer', async () => {
    const shut = async (at = token) => {
      for (const answer of [
        await look(at),
        await send({ subject: 'x' }, {}, {}, at),
        await upload('a.png', png, visit, at),
      ])
        expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([404, 'publicForm.notFound'])
    }
    await desk.publish((files) => {
      withPublicForm(files)
      delete files['forms/ticket.json'].publicForm
    })
    await shut()
    const notThere = async (at: string) =>
      Promise.all(
        [look(at), send({ subject: 'x' }, {}, {}, at), upload('a.png', png, visit, at)].map(async (asked) => {
          const { statusCode, headers, body } = await asked
          return { statusCode, headers: Object.keys(headers), body: body.replaceAll(at, '') }
        }),
      )
    const never = await notThere('n'.repeat(43))
    await desk.publish((files) => {
      withPublicForm(files)
      files['forms/ticket.json'].publicForm.closed = true
    })
    // Closed with all that was set, it cannot be told from one that never was, nor can a link be made for it.
    expect(await notThere(token)).toEqual(never)
    expect((await desk.admin.send('PUT', `${links}/ticket`, {})).statusCode).toBe(404)
    expect((await desk.admin.send('GET', links)).json()).toMatchObject({ items: [{ form: 'ticket', open: false }] })
    // A draft that has it on changes nothing for strangers.
    const draft = await desk.admin.send('PUT', '/api/design/apps/desk/draft', {
      files: wireFiles(withPublicForm),
      baseVersion: 1,
    })
    expect(draft.statusCode, draft.body).toBe(200)
    await shut()
    expect((await desk.admin.send('PUT', `${links}/ticket`, {})).statusCode).toBe(404)
    await desk.publish(withPublicForm)
    expect((await look()).statusCode).toBe(200)
    const old = token
    token = await make()
    expect(token).not.toBe(old)
    await shut(old)
    expect((await look()).statusCode).toBe(200)
    expect((await desk.admin.send('DELETE', `${links}/ticket`)).json()).toMatchObject({
      items: [{ form: 'ticket', open: true, token: null }],
    })
    await shut()
    token = await make()
    expect((await look()).statusCode).toBe(200)
  })

  test('links are for those who design the app, are long, and are never the same', async () => {
    for (const caller of [desk.li, desk.guest]) {
      expect((await caller.send('GET', links)).statusCode).toBe(403)
      expect((await caller.send('PUT', `${links}/ticket`, {})).statusCode).toBe(403)
      expect((await caller.send('DELETE', `${links}/ticket`)).statusCode).toBe(403)
    }
    expect((await desk.boss.send('GET', links)).json()).toMatchObject({
      items: [{ form: 'ticket', open: true, token }],
    })
    expect((await desk.admin.send('PUT', `${links}/customer`, {})).statusCode).toBe(404)
    const tokens = new Set<string>()
    for (let at = 0; at < 20; at++) tokens.add(await make())
    expect(tokens.size).toBe(20)
    expect([...tokens].every((one) => /^[\w-]{43}$/.test(one))).toBe(true)
    token = await make()
  })

  test('a builder opens no field that he may not fill in himself', async () => {
    const hidden: Change = (files) => {
      withPublicForm(files)
      const ticket = files['forms/ticket.json']
      ticket.access = ticket.access.map((entry: object) => ({ ...entry, fields: { due: 'hidden' } }))
    }
    await desk.publish(hidden)
    const open: Change = (files) => {
      hidden(files)
      files['forms/ticket.json'].publicForm.fields = [...asked, 'due', 'hours']
    }
    const body = { files: wireFiles(open) }
    const refused = await desk.boss.send('POST', '/api/design/apps/desk/publish', body)
    expect(refused.statusCode).toBe(422)
    expect(refused.json<{ errors: object[] }>().errors).toMatchObject([
      { code: 'publicForm.notYours', path: '/forms/ticket.json/publicForm/fields/3' },
    ])
    // Nor by way of one that is closed: asking there is nothing yet, opening it is.
    const shut: Change = (files) => {
      open(files)
      files['forms/ticket.json'].publicForm.closed = true
    }
    const closed = { files: wireFiles(shut) }
    expect((await desk.boss.send('POST', '/api/design/apps/desk/publish', closed)).statusCode).toBe(200)
    const opened = await desk.boss.send('POST', '/api/design/apps/desk/publish', body)
    expect([opened.statusCode, opened.json<{ errors: object[] }>().errors]).toMatchObject([
      422,
      [{ code: 'publicForm.notYours' }],
    ])
    // Who administers the installation may; from then on it stands, whoever publishes next.
    expect((await desk.admin.send('POST', '/api/design/apps/desk/publish', body)).statusCode).toBe(200)
    const again = await desk.boss.send('POST', '/api/design/apps/desk/publish', {
      files: wireFiles((files) => {
        open(files)
        files['app.json'].label = '服务台二'
      }),
    })
    expect(again.statusCode, again.body).toBe(200)
    await desk.publish(withPublicForm)
  })
})

eachDatabase((database) => {
  test('RT-J5: one address sends in so much an hour, whatever it calls itself', async () => {
    const bench = await openBench(database.url, { TENON_PUBLIC_SUBMISSIONS_PER_HOUR: '3' })
    try {
      const admin = await setUp(bench)
      const published = await admin.send('POST', '/api/design/apps/desk/publish', { files: wireFiles(withPublicForm) })
      expect(published.statusCode, published.body).toBe(200)
      const made = await admin.send('PUT', '/api/design/apps/desk/public-links/ticket', {})
      const { token } = made.json<{ items: { token: string }[] }>().items[0]!
      const send = (at: number) =>
        bench.inject({
          method: 'POST',
          url: `/api/public/${token}`,
          headers: { 'x-forwarded-for': `10.0.0.${at}`, 'user-agent': `${at}`, 'idempotency-key': `key-${at}` },
          payload: { values: { subject: `x${at}` } },
        })
      const codes: number[] = []
      for (let at = 0; at < 6; at++) codes.push((await send(at)).statusCode)
      expect(codes).toEqual([201, 201, 201, 429, 429, 429])
      const refused = await send(99)
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(60)
      // Looking at the form still works.
      expect((await bench.inject({ method: 'GET', url: `/api/public/${token}` })).statusCode).toBe(200)
    } finally {
      await bench.close()
    }
  })
})
