import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { type Desk, openDesk, tickets, wireFiles } from './desk.ts'

type Plan = {
  fromVersion: number
  toVersion: number
  changedFiles: { path: string; change: string }[]
  steps: { key: string; kind: string; what: string; affected: number | null }[]
  problems: { file: string; path: string; code: string }[]
}

eachDatabase((database) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(database.url)
  })
  afterAll(() => desk.close())
  const post = (what: string, body: object, caller = desk.boss) =>
    caller.send('POST', `/api/design/apps/desk/${what}`, body, { 'accept-language': 'en' })

  test('only who may design may look at definitions', async () => {
    for (const what of ['validate', 'plan', 'publish', 'scenarios/run'])
      expect([what, (await post(what, { files: wireFiles() }, desk.li)).statusCode]).toEqual([what, 403])
    expect((await desk.li.send('GET', '/api/design/apps/desk')).statusCode).toBe(403)
    expect((await desk.boss.send('GET', '/api/design/apps/desk')).statusCode).toBe(200)
    expect((await desk.li.send('GET', '/api/design/apps/nope')).statusCode).toBe(403)
  })

  test('files come back byte for byte', async () => {
    const { files } = (await desk.boss.send('GET', '/api/design/apps/desk')).json<{ files: { path: string }[] }>()
    expect(files).toEqual([...wireFiles()].sort((a, b) => (a.path < b.path ? -1 : 1)))
  })

  test('a wrong definition: every problem with its file and place, and nothing changed', async () => {
    const files = wireFiles((all) => {
      all['forms/ticket.json'].views[0].columns.push('nope')
      all['flows/handling.json'].edges[0].to = 'nowhere'
    })
    const { problems } = (await post('validate', { files })).json<Plan>()
    expect(problems.map((one) => `${one.file} ${one.code}`)).toEqual(
      expect.arrayContaining([
        'forms/ticket.json document.danglingReference',
        'flows/handling.json document.danglingReference',
      ]),
    )
    const refused = await post('publish', { files })
    expect(refused.json()).toMatchObject({ status: 422, code: 'app.invalid' })
    expect((await desk.boss.send('GET', '/api/design/apps/desk')).json()).toMatchObject({ version: 1 })
  })

  test('a flow goes out as BPMN and comes back as it was; a foreign one is reported, and nothing is published', async () => {
    const out = await desk.boss.send('GET', '/api/design/apps/desk/flows/handling/bpmn')
    expect(out.headers['content-type']).toContain('application/xml')
    const back = await post('bpmn/import', { xml: out.body })
    const flow = JSON.parse(wireFiles().find(({ path }) => path === 'flows/handling.json')?.text ?? '')
    expect(back.json()).toMatchObject({ flows: [flow] })

    const foreign = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"><process id="P"><startEvent id="S"/><complexGateway id="C"/></process></definitions>`
    const { flows, report } = (await post('bpmn/import', { xml: foreign, form: 'ticket' })).json()
    expect(flows).toMatchObject([
      { id: 'p', form: 'ticket', nodes: [{ id: 's' }], extensions: { d: expect.anything() } },
    ])
    expect(report).toContainEqual({
      element: 'C',
      type: 'complexGateway',
      what: 'kept',
      notes: [{ code: 'bpmn.kept', message: 'Is not run; kept as it is and exported again' }],
    })
    expect((await post('bpmn/import', { xml: 'hello' })).json()).toMatchObject({ status: 422, code: 'bpmn.invalid' })
    expect((await desk.boss.send('GET', '/api/design/apps/desk/flows/nope/bpmn')).statusCode).toBe(404)
    expect((await desk.li.send('GET', '/api/design/apps/desk/flows/handling/bpmn')).statusCode).toBe(403)
    expect((await desk.boss.send('GET', '/api/design/apps/desk')).json()).toMatchObject({ version: 1 })
  })

  describe('a change', () => {
    const change: Parameters<typeof wireFiles>[0] = (files) => {
      files['forms/ticket.json'].fields.push({ id: 'note', type: 'text', label: { 'zh-CN': '备注', en: 'Note' } })
      files['forms/ticket.json'].fields = files['forms/ticket.json'].fields.filter(
        (field: { id: string }) => field.id !== 'paid',
      )
    }
    test('is planned in words, with what it touches counted', async () => {
      await desk.boss.send('POST', tickets, { values: { subject: 'paid', paid: true } })
      const plan = (await post('plan', { files: wireFiles(change) })).json<Plan>()
      expect(plan).toMatchObject({
        fromVersion: 1,
        toVersion: 2,
        changedFiles: [{ path: 'forms/ticket.json', change: 'changed' }],
        problems: [],
      })
      expect(plan.steps).toEqual([
        {
          key: expect.any(String),
          kind: 'destructive',
          what: '工单: field "已付" is taken away (its data stays until it is purged)',
          affected: 1,
          lost: 1,
          values: [{ record: expect.any(String), title: expect.stringContaining('paid'), value: 'Yes' }],
        },
        {
          key: expect.any(String),
          kind: 'safe',
          what: '工单: new field "Note"',
          affected: null,
          lost: null,
          values: [],
        },
      ])
    })

    test('needs the confirmation of each step that touches data, and the base it was made from', async () => {
      const files = wireFiles(change)
      expect((await post('publish', { files })).json()).toMatchObject({ status: 422, code: 'app.unconfirmed' })
      expect((await post('publish', { files, baseVersion: 7 })).json()).toMatchObject({
        status: 409,
        code: 'app.versionConflict',
      })
      const { steps } = (await post('plan', { files })).json<Plan>()
      const confirm = steps.filter((step) => step.kind !== 'safe').map((step) => step.key)
      expect((await post('publish', { files, baseVersion: 1, confirm })).json()).toMatchObject({ version: 2 })
    })

    test('is live at once', async () => {
      const answer = await desk.li.send('POST', tickets, { values: { subject: 'new', note: 'x' } })
      expect(answer.json()).toMatchObject({ values: { note: 'x' } })
      expect((await desk.li.send('POST', tickets, { values: { subject: 'new', paid: true } })).json()).toMatchObject({
        errors: [{ code: 'field.unknown' }],
      })
      expect((await desk.boss.send('GET', '/api/design/apps/desk/versions')).json()).toMatchObject({
        items: [{ version: 2, changed: 1 }, { version: 1 }],
      })
    })
  })

  test('the name with a hyphen is the name with an underscore', async () => {
    expect((await desk.boss.send('GET', '/api/design/apps/de-sk')).statusCode).toBe(403)
    expect(
      (await desk.admin.send('POST', '/api/design/apps/my-app/validate', { files: wireFiles() })).json(),
    ).toMatchObject({ problems: [{ file: 'app.json', path: '/id', code: 'document.idMismatch' }] })
  })
})
