import type { DraftView, ImportedZip, ProblemDocument } from '@tenon/runtime/contract'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { canonicalFiles } from '../../src/cli/canonical-folder.ts'
import { unpackApp } from '../../src/server/archive/app-archive.ts'
import { type Desk, openDesk, wireFiles } from './desk.ts'
import type { Caller } from './harness.ts'

type Files = Record<string, string>
const zipOf = (files: Files) =>
  Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]))))
/** The desk in canonical text, as editors and `push` write it. */
const canonical = canonicalFiles(wireFiles()).files
const deskText = (): Files => Object.fromEntries(canonical.map((file) => [file.path, file.text ?? '']))

/** A multipart body with the archive behind its fields. */
function multipart(zip: Buffer, fields: Record<string, string>) {
  const boundary = 'x-boundary-x'
  const head = (name: string, more = '') => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n`
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    payload: Buffer.concat([
      ...Object.entries(fields).map(([name, value]) => Buffer.from(`${head(name)}\r\n${value}\r\n`)),
      Buffer.from(`${head('file', '; filename="app.zip"')}content-type: application/zip\r\n\r\n`),
      zip,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  }
}

eachDatabase((database) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(database.url)
    const published = await desk.admin.send('POST', '/api/design/apps/desk/publish', { files: canonical })
    expect(published.json()).toMatchObject({ version: 2 })
  })
  afterAll(() => desk.close())
  const english = { 'accept-language': 'en' }
  const bring = (app: string, zip: Buffer, fields: Record<string, string> = {}, caller: Caller = desk.admin) => {
    const { type, payload } = multipart(zip, fields)
    return caller.send('POST', `/api/design/apps/${app}/import`, payload, { ...english, 'content-type': type })
  }
  const take = (app: string, query = '', caller: Caller = desk.admin) =>
    caller.send('GET', `/api/design/apps/${app}/export${query}`)
  const drafts = async (app: string) =>
    (await desk.admin.send('GET', `/api/design/apps/${app}/drafts`)).json<{
      items: { name: string; revision: number }[]
    }>().items

  test('what is live goes out, comes in as a new app, and goes out the same, byte for byte', async () => {
    const zip = await take('desk')
    expect(zip.headers).toMatchObject({
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename="desk-2.zip"',
    })
    expect((await take('desk', '?version=2')).rawPayload.equals(zip.rawPayload)).toBe(true)
    const dry = (await bring('copy', zip.rawPayload, { dryRun: 'true' })).json<ImportedZip>()
    expect(dry).toMatchObject({ app: 'copy', mode: 'new', draft: 'main', revision: null, problems: [], conflicts: [] })
    expect(dry.changes).toContain('New: Form "工单"')
    expect(await drafts('copy')).toEqual([])
    expect((await bring('copy', zip.rawPayload)).json()).toMatchObject({ mode: 'new', revision: 1 })
    const again = await take('copy', '?draft=main')
    expect((await bring('desk', again.rawPayload, { mode: 'replace', draft: 'round' })).statusCode).toBe(200)
    expect((await take('desk', '?draft=round')).rawPayload.equals(zip.rawPayload)).toBe(true)
    expect((await desk.admin.send('POST', '/api/design/apps/copy/publish', { draft: 'main' })).json()).toMatchObject({
      version: 1,
    })
    expect((await take('copy')).statusCode).toBe(200)
  })

  test('of an app there is, a ZIP is an upgrade: three ways, into the draft of upgrades, nothing live is touched', async () => {
    const form = JSON.parse(deskText()['forms/ticket.json'] ?? '') as { label: unknown }
    const theirs = zipOf({ ...deskText(), 'forms/ticket.json': JSON.stringify({ ...form, label: '报修' }) })
    const dry = (await bring('desk', theirs, { dryRun: 'true' }, desk.boss)).json<ImportedZip>()
    expect(dry).toMatchObject({ mode: 'upgrade', draft: 'upgrade', revision: null, conflicts: [] })
    expect(dry.changes).toEqual(['Form "工单" is now called "报修"'])
    expect((await drafts('desk')).some(({ name }) => name === 'upgrade')).toBe(false)
    expect((await bring('desk', theirs, {}, desk.boss)).json()).toMatchObject({ mode: 'upgrade', revision: 1 })
    const draft = (await desk.boss.send('GET', '/api/design/apps/desk/draft?name=upgrade')).json<DraftView>()
    expect(draft.files.find((file) => file.path === 'forms/ticket.json')?.text).toContain('报修')
    expect((await take('desk')).headers['content-disposition']).toBe('attachment; filename="desk-2.zip"')
  })

  test('files that replace a draft are one edit, which is taken back', async () => {
    const before = (await take('desk', '?version=2')).rawPayload
    const changed = zipOf({ ...deskText(), 'README.md': '# other' })
    expect((await bring('desk', changed, { mode: 'replace', draft: 'taken' })).json()).toMatchObject({
      mode: 'replace',
      draft: 'taken',
      changes: ['New: "README.md"'],
    })
    const undone = await desk.admin.send('POST', '/api/design/apps/desk/draft/undo?name=taken', { revision: 1 })
    expect(undone.statusCode).toBe(200)
    expect((await take('desk', '?draft=taken')).rawPayload.equals(before)).toBe(true)
  })

  test('demo data comes along only when asked for, and goes out only when wanted', async () => {
    const zip = zipOf({
      ...deskText(),
      'sample/tickets.csv': 'title,note\n"a, b",1\nc,2\n',
      'sample/tickets.mapping.json': '{"form":"ticket"}',
      'sample/odd.csv': '"',
    })
    const first = (await bring('demo_a', zip, { dryRun: 'true' })).json<ImportedZip>()
    expect(first.sample).toEqual([
      { file: 'sample/odd.csv', form: null, label: null, rows: null },
      { file: 'sample/tickets.csv', form: 'ticket', label: '工单', rows: 2 },
    ])
    await bring('demo_a', zip)
    await bring('demo_b', zip, { sample: 'true' })
    const paths = async (app: string) =>
      (await desk.admin.send('GET', `/api/design/apps/${app}/draft`)).json<DraftView>().files.map((file) => file.path)
    expect((await paths('demo_a')).filter((path) => path.startsWith('sample/'))).toEqual([])
    expect((await paths('demo_b')).filter((path) => path.startsWith('sample/'))).toHaveLength(3)
    const sizes = await Promise.all(
      ['', '&sample=false'].map(async (query) => (await take('demo_b', `?draft=main${query}`)).rawPayload.length),
    )
    expect(sizes[1]).toBeLessThan(sizes[0] ?? 0)
  })

  test('an upgrade without demo data leaves the demo data of the app where it is', async () => {
    const sample = { 'sample/tickets.csv': 'title\na\n', 'sample/tickets.mapping.json': '{"form":"ticket"}' }
    await bring('demo_c', zipOf({ ...deskText(), ...sample }), { sample: 'true' })
    await desk.admin.send('POST', '/api/design/apps/demo_c/publish', { draft: 'main' })
    const next = zipOf({ ...deskText(), 'README.md': '# next', 'sample/tickets.csv': 'title\nb\n' })
    const changes = async (fields: Record<string, string>) =>
      (await bring('demo_c', next, { dryRun: 'true', ...fields })).json<ImportedZip>().changes.toSorted()
    expect(await changes({})).toEqual(['New: "README.md"'])
    expect(await changes({ mode: 'replace', draft: 'main' })).toEqual(['New: "README.md"'])
    expect((await changes({ sample: 'true' })).join()).toContain('sample/tickets')
  })

  test('the problems of an upgrade are those of the merged app, not of the archive alone', async () => {
    const withField = (field: object, text = deskText()['forms/ticket.json'] ?? '') => {
      const form = JSON.parse(text) as { fields: object[] }
      return JSON.stringify({ ...form, fields: [...form.fields, field] })
    }
    const own = { ...deskText(), 'forms/ticket.json': withField({ id: 'note', type: 'text', label: '备注' }) }
    await bring('demo_d', zipOf(deskText()))
    await desk.admin.send('POST', '/api/design/apps/demo_d/publish', { draft: 'main' })
    await bring('demo_d', zipOf(own), { mode: 'replace' })
    expect((await desk.admin.send('POST', '/api/design/apps/demo_d/publish', { draft: 'main' })).json()).toMatchObject({
      version: 2,
    })
    const problems = async (formula: string) => {
      const theirs = withField({ id: 'more', type: 'formula', label: '更多', result: 'text', formula })
      const zip = zipOf({ ...deskText(), 'forms/ticket.json': theirs })
      return (await bring('demo_d', zip, { dryRun: 'true' })).json<ImportedZip>().problems.map(({ path }) => path)
    }
    // My field is not in the archive, and nothing is wrong with that.
    expect(await problems('note')).toEqual([])
    expect(await problems('no_such_field')).toHaveLength(1)
  })

  test('a wrong archive is refused whole, with the place of everything that is wrong', async () => {
    const wrong = (
      await bring('bad_app', zipOf({ ...deskText(), 'form/x.json': '{}', 'run.exe': 'MZ' }))
    ).json<ProblemDocument>()
    expect(wrong).toMatchObject({
      status: 422,
      code: 'archive.refused',
      errors: [
        { path: '/form~1x.json', code: 'archive.foreignFile' },
        { path: '/run.exe', code: 'archive.foreignFile' },
      ],
    })
    expect((await bring('bad_app', Buffer.from('no archive'))).json()).toMatchObject({
      code: 'archive.refused',
      errors: [{ code: 'archive.unreadable' }],
    })
    const broken = await bring('bad_app', zipOf({ ...deskText(), 'forms/ticket.json': '{"id": ' }))
    expect(broken.json()).toMatchObject({ status: 422, code: 'app.invalid' })
    expect(await drafts('bad_app')).toEqual([])
    for (const fields of [{ mode: 'all' }, { dryRun: 'yes' }, { draft: '../x' }, { decisions: '[' }, { more: '1' }])
      expect((await bring('bad_app', zipOf(deskText()), fields as unknown as Record<string, string>)).statusCode).toBe(
        400,
      )
  })

  test('what cannot be published yet comes in all the same, with its problems', async () => {
    const form = JSON.parse(deskText()['forms/ticket.json'] ?? '') as Record<string, unknown>
    const text = JSON.stringify({ ...form, title: { formula: 'no_such_field' } })
    const answer = (await bring('half', zipOf({ ...deskText(), 'forms/ticket.json': text }))).json<ImportedZip>()
    expect(answer).toMatchObject({
      revision: 1,
      problems: [{ file: 'forms/ticket.json', path: '/title/formula', severity: 'error' }],
    })
  })

  test('a new app from nothing can be published as it is; ids are taken once', async () => {
    const made = await desk.admin.send('POST', '/api/design/apps', {
      id: 'fresh',
      label: { 'zh-CN': '新应用', en: 'Fresh' },
    })
    expect([made.statusCode, made.json()]).toEqual([201, { app: 'fresh', draft: 'main', revision: 1 }])
    const list = await desk.admin.send('GET', '/api/design/apps')
    expect(list.json()).toMatchObject({
      unpublished: expect.arrayContaining([
        expect.objectContaining({ id: 'fresh', label: { 'zh-CN': '新应用', en: 'Fresh' } }),
      ]),
    })
    const draft = { draft: 'main' }
    expect((await desk.admin.send('POST', '/api/design/apps/fresh/validate', draft)).json()).toEqual({ problems: [] })
    for (const id of ['fresh', 'desk'])
      expect((await desk.admin.send('POST', '/api/design/apps', { id, label: 'x' })).json()).toMatchObject({
        status: 409,
        code: 'app.exists',
      })
    expect((await desk.admin.send('POST', '/api/design/apps/fresh/publish', draft)).json()).toMatchObject({
      version: 1,
    })
    expect((await desk.admin.send('POST', '/api/design/apps', { id: 'Bad-Id', label: 'x' })).statusCode).toBe(400)
  })

  test('a new app from a template has its name and is right; the template is the base of its first upgrade', async () => {
    const templates = (await desk.admin.send('GET', '/api/design/templates')).json<{
      items: { id: string; app: string }[]
    }>()
    expect(templates.items).toContainEqual(
      expect.objectContaining({ id: 'after-sales', app: 'after_sales', hasSample: true }),
    )
    const request = { id: 'repairs', label: '维修中心', template: 'after-sales' }
    expect((await desk.admin.send('POST', '/api/design/apps', request)).statusCode).toBe(201)
    const check = await desk.admin.send('POST', '/api/design/apps/repairs/validate', { draft: 'main' })
    expect(
      check.json<{ problems: { severity: string }[] }>().problems.filter((one) => one.severity === 'error'),
    ).toEqual([])
    const draft = (await desk.admin.send('GET', '/api/design/apps/repairs/draft')).json<DraftView>()
    expect(JSON.parse(draft.files.find((file) => file.path === 'app.json')?.text ?? '')).toMatchObject({
      id: 'repairs',
      label: '维修中心',
    })
    expect(draft.files.some((file) => file.path.startsWith('sample/'))).toBe(false)
    const none = await desk.admin.send('POST', '/api/design/apps', { ...request, id: 'other', template: '../secrets' })
    expect(none.statusCode).toBe(404)
  })

  test('secrets belong to the installation: they do not travel, are not overwritten, and what is missing is told', async () => {
    const value = 'whsec_canary-7f3a'
    const rule = {
      id: 'call',
      kind: 'rule',
      schemaVersion: 1,
      label: '通知外部',
      form: 'ticket',
      on: { events: ['created'] },
      then: [
        { id: 'go', type: 'webhook', url: 'https://example.com/hook', sign: 'hook_key', auth: { secret: 'token' } },
      ],
    }
    const files = { ...deskText(), 'rules/call.json': JSON.stringify(rule) }
    expect((await bring('hooked', zipOf(files))).json()).toMatchObject({
      needs: {
        secrets: [
          { name: 'hook_key', origin: null, places: ['Rule "通知外部", "Then › Sign with"'] },
          { name: 'token', origin: null },
        ],
      },
    })
    await desk.admin.send('POST', '/api/design/apps/hooked/publish', { draft: 'main' })
    const stored = await desk.admin.send('PUT', '/api/admin/secrets/hooked/hook_key', {
      origin: 'https://example.com',
      value,
    })
    expect(stored.statusCode).toBe(204)
    const sealed = () => desk.app.ports.store.read.selectFrom('secrets').selectAll().execute()
    const before = await sealed()
    const zip = (await take('hooked')).rawPayload
    expect(JSON.stringify(unpackApp(zip))).not.toContain('canary')
    for (const mode of ['upgrade', 'replace'])
      expect((await bring('hooked', zip, { mode })).json()).toMatchObject({
        needs: {
          secrets: [
            { name: 'hook_key', origin: 'https://example.com' },
            { name: 'token', origin: null },
          ],
        },
      })
    expect(await sealed()).toEqual(before)
    const needs = await desk.admin.send('GET', '/api/design/apps/hooked/needs')
    expect([needs.json<{ secrets: unknown[] }>().secrets.length, needs.body.includes('canary')]).toEqual([2, false])
    // Under another name it is another app: it has none of the secrets.
    expect((await bring('hooked_too', zip)).json()).toMatchObject({
      needs: { secrets: [{ name: 'hook_key', origin: null }, { origin: null }] },
    })
  })

  test('builders of an app take and bring that app only; new apps are for administrators', async () => {
    const zip = (await take('desk')).rawPayload
    for (const caller of [desk.li, desk.guest]) {
      expect((await take('desk', '', caller)).statusCode).toBe(403)
      expect((await bring('desk', zip, {}, caller)).statusCode).toBe(403)
    }
    expect((await bring('brand_new', zip, {}, desk.boss)).statusCode).toBe(403)
    expect((await take('fresh', '', desk.boss)).statusCode).toBe(403)
    expect((await desk.boss.send('POST', '/api/design/apps', { id: 'mine', label: 'x' })).statusCode).toBe(403)
    expect((await desk.boss.send('GET', '/api/design/templates')).statusCode).toBe(403)
    expect((await desk.boss.send('GET', '/api/design/apps')).json()).toMatchObject({
      items: [{ id: 'desk' }],
      unpublished: [],
    })
  })
})
