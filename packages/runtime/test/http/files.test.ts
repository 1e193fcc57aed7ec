import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { forgetPending } from '../../src/server/files/forget-pending.ts'
import { type Desk, openDesk, tickets } from './desk.ts'
import type { Caller } from './harness.ts'

const withFiles: Parameters<typeof openDesk>[2] = (files) => {
  files['forms/ticket.json'].fields.push(
    { id: 'photos', type: 'file', label: '照片', accept: ['image'] },
    { id: 'papers', type: 'file', label: '资料' },
    { id: 'secret', type: 'file', label: '内部' },
  )
  files['forms/ticket.json'].access[0].fields.secret = 'hidden'
}

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

/** A multipart body, written by hand so that nothing in it is made well. */
function multipart(name: string, content: Buffer | string, type = 'application/octet-stream') {
  const boundary = 'x-boundary-x'
  const payload = Buffer.concat([
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`,
    ),
    Buffer.from(content),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  return { payload, type: `multipart/form-data; boundary=${boundary}` }
}
const upload = (caller: Caller, name: string, content: Buffer | string, type?: string) => {
  const body = multipart(name, content, type)
  return caller.send('POST', '/api/files', body.payload, { 'content-type': body.type })
}

eachDatabase((database) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(database.url, { TENON_UPLOAD_MAX_MIB: '1' }, withFiles)
  })
  afterAll(() => desk.close())
  const idOf = (answer: { json<T>(): T }) => answer.json<{ id: string }>().id
  const stored = () => {
    const folder = join(desk.config.dataFolder, 'files')
    return existsSync(folder)
      ? readdirSync(folder, { recursive: true })
          .map(String)
          .filter((entry) => statSync(join(folder, entry)).isFile())
      : []
  }

  test('the content decides the type, the name is only a name', async () => {
    const answer = await upload(
      desk.li,
      '../../etc/<script>.png',
      '<html><script>alert(1)</script></html>',
      'image/png',
    )
    expect(answer.statusCode).toBe(201)
    expect(answer.json()).toMatchObject({ name: '<script>.png', mediaType: 'text/plain', sizeBytes: 38 })
    expect(stored().every((path) => /^[0-9a-f]{2}[\\/][0-9a-f-]{36}$/.test(path))).toBe(true)
  })

  test('downloads are attachments that nothing can run in', async () => {
    const id = idOf(await upload(desk.li, "报告 '1'.html", '<script>alert(1)</script>'))
    const { headers, body } = await desk.li.send('GET', `/api/files/${id}?inline=true`)
    expect(body).toBe('<script>alert(1)</script>')
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    })
    expect(headers['content-disposition']).toBe(
      `attachment; filename="__ '1'.html"; filename*=UTF-8''%E6%8A%A5%E5%91%8A%20%271%27.html`,
    )
    expect(headers['content-security-policy']).toContain('sandbox')
  })

  test('a picture may be shown in place, an SVG never', async () => {
    const picture = await desk.li.send('GET', `/api/files/${idOf(await upload(desk.li, 'a.png', png))}?inline=true`)
    expect(picture.headers).toMatchObject({ 'content-type': 'image/png' })
    expect(picture.headers['content-disposition']).toMatch(/^inline/)
    const svg = await desk.li.send(
      'GET',
      `/api/files/${idOf(await upload(desk.li, 'a.svg', '<svg onload="alert(1)"/>', 'image/svg+xml'))}?inline=true`,
    )
    expect(svg.headers['content-disposition']).toMatch(/^attachment/)
  })

  describe('who may read', () => {
    test('a pending upload belongs to its uploader (RT-E3)', async () => {
      const id = idOf(await upload(desk.li, 'a.txt', 'mine'))
      expect((await desk.li.send('GET', `/api/files/${id}`)).statusCode).toBe(200)
      for (const other of [desk.wang, desk.boss, desk.admin])
        expect((await other.send('GET', `/api/files/${id}`)).statusCode).toBe(404)
      expect(
        (await desk.wang.send('POST', tickets, { values: { subject: 'stolen', papers: [id] } })).json(),
      ).toMatchObject({ status: 422, errors: [{ path: '/papers', code: 'file.notFound' }] })
    })

    test('once a record names it, whoever may read the record', async () => {
      const id = idOf(await upload(desk.li, 'a.txt', 'ours'))
      const record = await desk.li.send('POST', tickets, { values: { subject: 'with paper', papers: [id] } })
      expect(record.statusCode).toBe(201)
      expect((await desk.wang.send('GET', `/api/files/${id}`)).body).toBe('ours')
      expect((await desk.guest.send('GET', `/api/files/${id}`)).statusCode).toBe(404)
      expect(record.json<{ refs: Record<string, unknown> }>().refs[id]).toMatchObject({ kind: 'file', name: 'a.txt' })
    })

    test('a file of one record is not there for another', async () => {
      const id = idOf(await upload(desk.li, 'a.txt', 'one'))
      await desk.li.send('POST', tickets, { values: { subject: 'first', papers: [id] } })
      expect(
        (await desk.li.send('POST', tickets, { values: { subject: 'second', papers: [id] } })).json(),
      ).toMatchObject({ errors: [{ code: 'file.notFound' }] })
    })

    test('a file that only a hidden field names is not seen', async () => {
      const id = idOf(await upload(desk.boss, 'a.txt', 'internal'))
      const { id: record } = (
        await desk.boss.send('POST', tickets, { values: { subject: 'hidden', secret: [id] } })
      ).json<{ id: string }>()
      expect((await desk.li.send('GET', `${tickets}/${record}`)).statusCode).toBe(200)
      expect((await desk.li.send('GET', `/api/files/${id}`)).statusCode).toBe(404)
      expect((await desk.boss.send('GET', `/api/files/${id}`)).body).toBe('internal')
    })

    test('a comment brings its files along', async () => {
      const { id: record } = (await desk.li.send('POST', tickets, { values: { subject: 'talk' } })).json<{
        id: string
      }>()
      const id = idOf(await upload(desk.li, 'a.txt', 'said'))
      expect(
        (await desk.li.send('POST', `${tickets}/${record}/comments`, { body: 'see', files: [id] })).statusCode,
      ).toBe(201)
      expect((await desk.wang.send('GET', `/api/files/${id}`)).body).toBe('said')
    })

    test.each(['01900000-0000-7000-8000-000000000000', 'x', '..%2f..%2fetc%2fpasswd', '%00'])(
      '%s is not there',
      async (id) => {
        expect([400, 404]).toContain((await desk.li.send('GET', `/api/files/${id}`)).statusCode)
      },
    )
  })

  test('a field takes only the kinds it accepts, by content', async () => {
    const fake = idOf(await upload(desk.li, 'photo.png', 'just text', 'image/png'))
    expect((await desk.li.send('POST', tickets, { values: { subject: 'x', photos: [fake] } })).json()).toMatchObject({
      errors: [{ path: '/photos', code: 'file.wrongType' }],
    })
    const real = idOf(await upload(desk.li, 'photo.txt', png))
    expect((await desk.li.send('POST', tickets, { values: { subject: 'x', photos: [real] } })).statusCode).toBe(201)
  })

  test('forged file objects in JSON are no files (RT-E8)', async () => {
    for (const papers of [{ path: '/etc/passwd' }, [{ filepath: '/etc/passwd' }], '/etc/passwd', [['x']], 7, true]) {
      expect((await desk.li.send('POST', tickets, { values: { subject: 'x', papers } })).statusCode).toBe(422)
    }
  })

  test('at the limit it is stored, beyond it is refused and nothing is left behind', async () => {
    expect((await upload(desk.li, 'a.bin', Buffer.alloc(2 ** 20))).statusCode).toBe(201)
    const before = stored().length
    const answer = await upload(desk.li, 'a.bin', Buffer.alloc(2 ** 20 + 1))
    expect(answer.json()).toMatchObject({ status: 413, code: 'file.tooLarge' })
    expect(stored().length).toBe(before)
  })

  test('uploads that nothing ever named are forgotten; those that a record names stay', async () => {
    const [pending, kept] = [idOf(await upload(desk.li, 'a.txt', 'x')), idOf(await upload(desk.li, 'b.txt', 'y'))]
    await desk.li.send('POST', tickets, { values: { subject: 'keeps', papers: [kept] } })
    const { store, executor, clock } = desk.app.ports
    const folder = join(desk.config.dataFolder, 'files')
    await forgetPending(store, executor, folder, clock.now() - 60_000)
    expect((await desk.li.send('GET', `/api/files/${pending}`)).statusCode).toBe(200)
    await forgetPending(store, executor, folder, clock.now() + 60_000)
    expect((await desk.li.send('GET', `/api/files/${pending}`)).statusCode).toBe(404)
    expect((await desk.li.send('GET', `/api/files/${kept}`)).statusCode).toBe(200)
    expect(stored().some((path) => path.includes(pending))).toBe(false)
  })

  test('a body that breaks off leaves nothing behind', async () => {
    const before = stored().length
    const { payload, type } = multipart('a.txt', 'x'.repeat(1000))
    const answer = await desk.li.send('POST', '/api/files', payload.subarray(0, 500), { 'content-type': type })
    expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    expect(answer.statusCode).toBeLessThan(500)
    // What was written is taken away while the answer is already on its way.
    await expect.poll(() => stored().length).toBe(before)
  })
})
