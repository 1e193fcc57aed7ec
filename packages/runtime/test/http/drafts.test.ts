import type { DraftView, MergeAnswer, PublishPlan } from '@tenon/runtime/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { type Desk, openDesk, tickets, wireFiles } from './desk.ts'

type Edited = { revision: number; canUndo: boolean; canRedo: boolean }

eachDatabase((database) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(database.url)
  })
  afterAll(() => desk.close())
  const at = (what: string) => `/api/design/apps/desk/${what}`
  const send = (method: string, what: string, body?: object, caller = desk.boss) =>
    caller.send(method, at(what), body, { 'accept-language': 'en' })
  const read = async (name = 'main') => (await send('GET', `draft?name=${name}`)).json<DraftView>()
  const patch = (revision: number, path: string, value: unknown, name = 'main', caller = desk.boss) =>
    send('PATCH', `draft?name=${name}`, { revision, label: 'edit', patch: [{ op: 'replace', path, value }] }, caller)
  const fileOf = (draft: DraftView, path: string) =>
    JSON.parse(draft.files.find((file) => file.path === path)?.text ?? '{}') as Record<string, unknown>
  const label = '/forms~1ticket.json/label'

  test('before anybody changes anything the draft is what is live', async () => {
    expect(await read()).toMatchObject({ id: null, revision: 0, baseVersion: 1, liveVersion: 1, canUndo: false })
    expect((await send('GET', 'draft?name=../x')).statusCode).toBe(400)
  })

  test('an edit counts the revision; who comes second with the old one is told, and nothing is lost', async () => {
    expect((await patch(0, label, '报修单')).json()).toMatchObject({ revision: 1, canUndo: true, canRedo: false })
    const late = await patch(0, label, '别的', 'main', desk.admin)
    expect(late.json()).toMatchObject({ status: 409, code: 'draft.conflict' })
    const draft = await read()
    expect(draft).toMatchObject({ revision: 1, updatedBy: 'boss' })
    expect(fileOf(draft, 'forms/ticket.json').label).toBe('报修单')
    const untouched = wireFiles().find((file) => file.path === 'flows/handling.json')
    expect(draft.files.find((file) => file.path === 'flows/handling.json')).toEqual(untouched)
  })

  test('two at the same moment: one edit holds, the other is a conflict', async () => {
    const answers = await Promise.all([patch(1, label, 'A'), patch(1, label, 'B', 'main', desk.admin)])
    expect(answers.map((one) => one.statusCode).toSorted()).toEqual([200, 409])
    expect((await read()).revision).toBe(2)
  })

  test('undo and redo go through the whole history, also after a reload; a new edit ends what could be done again', async () => {
    const undo = async (revision: number) =>
      (await send('POST', 'draft/undo', { revision, others: true })).json<Edited>()
    expect(await undo(2)).toMatchObject({ revision: 3, canUndo: true, canRedo: true })
    expect(fileOf(await read(), 'forms/ticket.json').label).toBe('报修单')
    expect(await undo(3)).toMatchObject({ revision: 4, canUndo: false, canRedo: true })
    expect(fileOf(await read(), 'forms/ticket.json').label).toBe('工单')
    expect((await send('POST', 'draft/undo', { revision: 4 })).json()).toMatchObject({
      status: 409,
      code: 'draft.nothingToUndo',
    })
    expect((await send('POST', 'draft/redo', { revision: 4 })).json()).toMatchObject({
      revision: 5,
      canUndo: true,
      canRedo: true,
    })
    expect((await send('GET', 'draft/history')).json()).toMatchObject({
      revision: 5,
      items: [{ undone: true }, { undone: false, by: 'boss', label: 'edit' }],
    })
    expect((await patch(5, label, '工单二')).json()).toMatchObject({ revision: 6, canRedo: false })
  })

  test('a step of somebody else is undone on purpose only, and the answer says whose it is', async () => {
    await patch(0, label, 'mine', 'shared')
    await patch(1, label, 'theirs', 'shared', desk.admin)
    const refused = await send('POST', 'draft/undo?name=shared', { revision: 2 })
    expect(refused.json()).toMatchObject({ status: 409, code: 'draft.othersEdit' })
    expect(refused.json<{ detail: string }>().detail).toContain('"edit"')
    expect(fileOf(await read('shared'), 'forms/ticket.json').label).toBe('theirs')
    expect((await send('POST', 'draft/undo?name=shared', { revision: 2 }, desk.admin)).json()).toMatchObject({
      revision: 3,
    })
    expect((await send('POST', 'draft/redo?name=shared', { revision: 3 })).json()).toMatchObject({ status: 409 })
    expect((await send('POST', 'draft/undo?name=shared', { revision: 3 })).json()).toMatchObject({ revision: 4 })
    await send('DELETE', 'draft?name=shared')
  })

  test('a patch that does not fit changes nothing and says where', async () => {
    const body = {
      revision: 6,
      patch: [
        { op: 'replace', path: label, value: 'x' },
        { op: 'remove', path: '/forms~1ticket.json/nope' },
      ],
    }
    expect((await send('PATCH', 'draft', body)).json()).toMatchObject({
      status: 422,
      code: 'draft.patch',
      errors: [{ path: '/patch/1', code: 'patch.targetMissing' }],
    })
    const out = { revision: 6, patch: [{ op: 'add', path: '/..~1..~1etc', value: 'x' }] }
    expect((await send('PATCH', 'draft', out)).json()).toMatchObject({ status: 422, code: 'draft.path' })
    expect((await read()).revision).toBe(6)
  })

  test('drafts of an app have names and do not know of each other', async () => {
    expect((await patch(0, label, 'other', 'experiment')).statusCode).toBe(200)
    expect((await send('GET', 'drafts')).json()).toMatchObject({ items: [{ name: 'experiment' }, { name: 'main' }] })
    expect(fileOf(await read(), 'forms/ticket.json').label).toBe('工单二')
    expect((await send('DELETE', 'draft?name=experiment')).statusCode).toBe(204)
    expect((await send('GET', 'drafts')).json()).toMatchObject({ items: [{ name: 'main' }] })
  })

  test('who else is in the draft, and what people say about its elements', async () => {
    await send('POST', 'draft/presence', { place: 'forms/ticket.json/fields/cost' })
    expect((await send('POST', 'draft/presence', {}, desk.admin)).json()).toMatchObject({
      people: [{ name: 'boss', place: 'forms/ticket.json/fields/cost' }],
    })
    const place = 'forms/ticket.json/fields/cost'
    const { items } = (await send('POST', 'comments', { place, body: '含税？' })).json<{ items: { id: string }[] }>()
    expect(items).toMatchObject([{ place, body: '含税？', by: 'boss', resolvedAt: null }])
    const done = await send('POST', `comments/${items[0]?.id}/resolve`, { resolved: true }, desk.admin)
    expect(done.json()).toMatchObject({ items: [{ resolvedBy: '管理员' }] })
  })

  test('a draft is checked, planned in words and published; it goes on from the version it became', async () => {
    const body = { draft: 'main', revision: 6 }
    expect((await send('POST', 'validate', body)).json()).toEqual({ problems: [] })
    expect((await send('POST', 'plan', body)).json<PublishPlan>().changes).toEqual([
      'Form "工单" is now called "工单二"',
    ])
    expect((await send('POST', 'publish', { ...body, revision: 5 })).json()).toMatchObject({ code: 'draft.conflict' })
    expect((await send('POST', 'publish', body)).json()).toMatchObject({ version: 2 })
    expect(await read()).toMatchObject({ baseVersion: 2, liveVersion: 2, revision: 6 })
    expect((await send('GET', 'versions/diff?from=1&to=2')).json()).toMatchObject({
      items: [{ file: 'forms/ticket.json', kind: 'changed', text: 'Form "工单" is now called "工单二"' }],
    })
  })

  test('a version that came meanwhile is merged in; both changed the same: a conflict that is decided', async () => {
    const revision = (await read()).revision
    await patch(revision, label, '我的')
    await desk.publish((files) => {
      files['forms/ticket.json'].label = '他的'
      files['forms/customer.json'].label = '客户二'
    })
    const dry = (await send('POST', 'draft/rebase', { revision: revision + 1, dryRun: true })).json<MergeAnswer>()
    expect(dry.conflicts).toMatchObject([
      {
        address: 'forms~1ticket.json/label',
        base: '工单二',
        mine: '我的',
        theirs: '他的',
        taken: 'mine',
        decided: false,
      },
    ])
    const decisions = { 'forms~1ticket.json/label': 'theirs' }
    await send('POST', 'draft/rebase', { revision: revision + 1, decisions })
    const draft = await read()
    expect(draft).toMatchObject({ baseVersion: 3, liveVersion: 3 })
    expect([fileOf(draft, 'forms/ticket.json').label, fileOf(draft, 'forms/customer.json').label]).toEqual([
      '他的',
      '客户二',
    ])
  })

  test('a draft that somebody edits while it is brought up to date is not overwritten', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { revision } = await read()
      const both = await Promise.all([
        send('POST', 'draft/rebase', { revision }),
        patch(revision, label, `round ${round}`, 'main', desk.admin),
      ])
      expect(both.map((one) => one.statusCode).toSorted()).toEqual([200, 409])
      if (both[1]?.statusCode === 200) expect(fileOf(await read(), 'forms/ticket.json').label).toBe(`round ${round}`)
    }
  })

  test('an upgrade keeps what was changed here and brings what the template changed; the template is remembered', async () => {
    const template = (change: Parameters<typeof wireFiles>[0]) => ({ files: wireFiles(change) })
    const next = template((files) => {
      files['forms/customer.json'].fields.push({ id: 'city', type: 'text', label: '城市' })
    })
    const answer = (await send('POST', 'upgrade', next)).json<MergeAnswer>()
    expect(answer).toMatchObject({ draft: 'upgrade', conflicts: [], changes: ['Form "客户二": new field "城市"'] })
    const published = await send('POST', 'publish', { draft: 'upgrade' })
    expect(published.json()).toMatchObject({ version: 4 })
    const again = template((files) => {
      files['forms/customer.json'].fields.push({ id: 'city', type: 'text', label: '城市', maxLength: 20 })
    })
    expect((await send('POST', 'upgrade', { ...again, dryRun: true })).json<MergeAnswer>()).toMatchObject({
      conflicts: [],
      changes: [expect.stringContaining('城市')],
    })
  })

  test('roll back publishes an older version as a new one; values given since stay and are counted', async () => {
    const customers = tickets.replace('ticket', 'customer')
    await desk.boss.send('POST', customers, { values: { name: '甲', city: '上海' } })
    const plan = (await send('POST', 'rollback', { version: 3, dryRun: true })).json<{
      version: null
      plan: PublishPlan
    }>()
    expect(plan.version).toBeNull()
    expect(plan.plan.steps).toMatchObject([{ kind: 'destructive', affected: 1 }])
    const confirm = plan.plan.steps.map((step) => step.key)
    expect((await send('POST', 'rollback', { version: 3 })).json()).toMatchObject({ code: 'app.unconfirmed' })
    expect((await send('POST', 'rollback', { version: 3, confirm })).json()).toMatchObject({ version: 5 })
    expect((await send('POST', 'rollback', { version: 4 })).json()).toMatchObject({ version: 6 })
    const list = await desk.boss.send('GET', customers)
    expect(list.json()).toMatchObject({ items: [{ values: { name: '甲', city: '上海' } }] })
  })

  test('a promise that would be broken stops the publish until somebody gives it up', async () => {
    const scenario = {
      id: 'normal_priority',
      kind: 'scenario',
      schemaVersion: 1,
      label: '默认一般',
      given: { now: '2026-03-02T08:00:00+08:00', people: [{ username: 'a', roles: ['manager'] }] },
      steps: [
        { do: 'record.create', by: 'a', form: 'ticket', values: { subject: 'x' } },
        { expect: { record: { values: { priority: 'normal' } } } },
      ],
    }
    const files = (priority: string) =>
      wireFiles((all) => {
        all['scenarios/normal_priority.json'] = scenario
        all['forms/ticket.json'].fields.find((field: { id: string }) => field.id === 'priority').default = priority
      })
    const first = (await send('POST', 'plan', { files: files('normal') })).json<PublishPlan>()
    const confirm = first.steps.filter((step) => step.kind !== 'safe').map((step) => step.key)
    expect((await send('POST', 'publish', { files: files('normal'), confirm })).statusCode).toBe(200)
    const plan = (await send('POST', 'plan', { files: files('urgent') })).json<PublishPlan>()
    expect(plan.steps).toMatchObject([
      { key: 'promiseBroken:normal_priority', kind: 'confirm', what: expect.stringContaining('默认一般') },
    ])
    expect((await send('POST', 'publish', { files: files('urgent') })).json()).toMatchObject({
      code: 'app.unconfirmed',
    })
    const given = { files: files('urgent'), confirm: ['promiseBroken:normal_priority'] }
    expect((await send('POST', 'publish', given)).statusCode).toBe(200)
  })

  test('a promise about a figure stops the publish too: metrics count while scenarios are played', async () => {
    const files = (line: number) =>
      wireFiles((all) => {
        all['metrics/open_tickets.json'] = {
          id: 'open_tickets',
          kind: 'metric',
          schemaVersion: 1,
          label: '工单数',
          form: 'ticket',
          measure: { count: true },
          doc: '所有工单的数量。',
        }
        all['rules/many.json'] = {
          id: 'many',
          kind: 'rule',
          schemaVersion: 1,
          label: '工单太多',
          form: 'ticket',
          on: { events: ['created'] },
          if: { fact: 'metric', params: { metric: 'open_tickets' }, operator: 'greaterThanInclusive', value: line },
          then: [{ id: 'set', type: 'set', values: { priority: 'urgent' } }],
        }
        all['scenarios/second_is_urgent.json'] = {
          id: 'second_is_urgent',
          kind: 'scenario',
          schemaVersion: 1,
          label: '第二张工单紧急',
          given: { now: '2026-03-02T08:00:00+08:00', people: [{ username: 'a', roles: ['manager'] }] },
          steps: [
            { do: 'record.create', by: 'a', form: 'ticket', values: { subject: 'x' } },
            { do: 'record.create', by: 'a', form: 'ticket', values: { subject: 'y' } },
            { expect: { record: { values: { priority: 'urgent' } } } },
          ],
        }
      })
    const first = (await send('POST', 'plan', { files: files(2) })).json<PublishPlan>()
    const confirm = first.steps.filter((step) => step.kind !== 'safe').map((step) => step.key)
    const published = await send('POST', 'publish', { files: files(2), confirm })
    expect(published.statusCode, published.body).toBe(200)
    const plan = (await send('POST', 'plan', { files: files(3) })).json<PublishPlan>()
    expect(plan.steps).toMatchObject([
      {
        key: 'promiseBroken:second_is_urgent',
        what: expect.stringContaining('优先级: expected 紧急, was 一般'),
      },
    ])
    expect((await send('POST', 'publish', { files: files(3) })).json()).toMatchObject({ code: 'app.unconfirmed' })
  })

  describe('whoever does not build this app', () => {
    test.each([
      ['GET', 'draft'],
      ['GET', 'drafts'],
      ['GET', 'draft/history'],
      ['GET', 'comments'],
      ['GET', 'versions/diff?from=1'],
    ])('may not look: %s %s', async (method, what) => {
      expect((await send(method, what, undefined, desk.li)).statusCode).toBe(403)
    })
    test('may not write', async () => {
      expect((await patch(0, label, 'x', 'main', desk.li)).statusCode).toBe(403)
      expect((await send('PUT', 'draft', { files: wireFiles(), baseVersion: 1 }, desk.li)).statusCode).toBe(403)
      expect((await send('POST', 'rollback', { version: 1 }, desk.li)).statusCode).toBe(403)
      expect((await send('POST', 'upgrade', { files: wireFiles() }, desk.li)).statusCode).toBe(403)
    })
    test('a builder of one app neither sees nor names another', async () => {
      for (const app of ['other', 'nope'])
        expect((await desk.boss.send('GET', `/api/design/apps/${app}/draft`)).statusCode).toBe(403)
    })
  })
})
