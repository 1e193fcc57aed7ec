import type { DraftView, MergeAnswer, PublishPlan } from '@tenon/runtime/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { canonicalFiles } from '../../src/cli/canonical-folder.ts'
import type { Documents } from '../store/newborn.ts'
import { type Desk, openDesk, tickets, wireFiles } from './desk.ts'

const form = (files: Documents) => files['forms/ticket.json']
const fieldOf = (files: Documents, id: string) => form(files).fields.find((one: { id: string }) => one.id === id)
/** What the admin has changed since the template was installed. */
const own = (files: Documents) => {
  form(files).fields.push({ id: 'note', type: 'text', label: '备注' })
  fieldOf(files, 'hours').label = '用时'
}
/** The next version of the template: a field more, a field of another type, a better name for what the admin renamed. */
const better = (files: Documents) => {
  form(files).fields.push({ id: 'grade', type: 'text', label: '等级' })
  Object.assign(fieldOf(files, 'subject'), { type: 'longText' })
  fieldOf(files, 'hours').label = '工时（小时）'
}
const canonical = (change?: (files: Documents) => void) => canonicalFiles(wireFiles(change)).files

eachDatabase((database) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(database.url)
    expect((await publish({ files: canonical() })).version).toBe(2)
  })
  afterAll(() => desk.close())
  const post = (what: string, body: object) =>
    desk.boss.send('POST', `/api/design/apps/desk/${what}`, body, { 'accept-language': 'en' })
  const publish = async (body: object) => {
    const plan = (await post('plan', body)).json<PublishPlan>()
    const answer = await post('publish', { ...body, confirm: plan.steps.map((step) => step.key) })
    expect([answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, ''])
    return answer.json<{ version: number; plan: PublishPlan }>()
  }
  const export_ = async (query = '') =>
    (await desk.boss.send('GET', `/api/design/apps/desk/export${query}`)).rawPayload.toString('base64')
  const records = async () => {
    const page = await desk.boss.send('GET', `${tickets}?sort=created_at&fields=subject,cost,hours,note,priority`)
    return page.json<{ items: { id: string; values: object }[] }>().items.map(({ id, values }) => ({ id, values }))
  }

  test('an upgrade keeps what the admin changed and what the template mended; the conflict is decided once', async () => {
    await publish({ files: canonical(own) })
    for (const subject of ['a', 'b'])
      await desk.boss.send('POST', tickets, { values: { subject, cost: '3.00', hours: '1.5', note: 'x' } })
    const files = canonical(better)
    const dry = (await post('upgrade', { files, dryRun: true })).json<MergeAnswer>()
    expect(dry.conflicts.map((one) => one.address)).toEqual(['forms~1ticket.json/fields/hours/label'])
    expect(dry.conflicts[0]).toMatchObject({
      text: 'Field "用时" of form "工单" › Label',
      mineText: expect.stringMatching(/./),
      theirsText: expect.stringMatching(/./),
    })
    const decisions = { [dry.conflicts[0]?.address ?? '']: 'theirs' }
    expect((await post('upgrade', { files, decisions })).json()).toMatchObject({ conflicts: [{ decided: true }] })
  })

  test('rolled back with nothing written in between, definitions and data are as they were, byte for byte', async () => {
    const [zip, before] = [await export_(), await records()]
    expect(before).toHaveLength(2)
    expect((await publish({ draft: 'upgrade' })).version).toBe(4)
    expect(await export_()).not.toBe(zip)
    const done = await post('rollback', { version: 3, confirm: await stepsBack(3) })
    expect(done.json()).toMatchObject({ version: 5 })
    expect(await export_()).toBe(zip)
    expect(await records()).toEqual(before)
  })

  test('what was written in between is listed before it goes, and kept: it is there again with its field', async () => {
    const upgraded = Buffer.from(await export_('?version=4'), 'base64')
    expect(upgraded.length).toBeGreaterThan(0)
    expect((await post('rollback', { version: 4, confirm: await stepsBack(4) })).json()).toMatchObject({ version: 6 })
    const made = await desk.boss.send('POST', tickets, { values: { subject: 'later', grade: 'A1' } })
    expect(made.statusCode).toBe(201)
    const dry = (await post('rollback', { version: 3, dryRun: true })).json<{ plan: PublishPlan }>()
    expect(dry.plan.steps.find((step) => step.key === 'fieldRemoved:ticket.grade')).toMatchObject({
      kind: 'destructive',
      lost: 1,
      values: [{ record: made.json<{ id: string }>().id, value: 'A1' }],
    })
    expect((await post('rollback', { version: 3 })).json()).toMatchObject({ status: 422, code: 'app.unconfirmed' })
    expect((await post('rollback', { version: 3, confirm: await stepsBack(3) })).json()).toMatchObject({ version: 7 })
    expect(await export_('?version=7')).toBe(await export_('?version=3'))
    expect((await records()).map((one) => (one.values as { subject: string }).subject)).toEqual(['a', 'b', 'later'])
    expect((await post('rollback', { version: 4, confirm: await stepsBack(4) })).json()).toMatchObject({ version: 8 })
    const record = await desk.boss.send('GET', `${tickets}/${made.json<{ id: string }>().id}`)
    expect(record.json()).toMatchObject({ values: { grade: 'A1', subject: 'later' } })
  })

  test('after the way back the same upgrade brings its mendings again', async () => {
    expect((await post('rollback', { version: 3, confirm: await stepsBack(3) })).json()).toMatchObject({ version: 9 })
    const again = (await post('upgrade', { files: canonical(better), dryRun: true })).json<MergeAnswer>()
    expect(again.conflicts.map((one) => one.address)).toEqual(['forms~1ticket.json/fields/hours/label'])
    expect(again.changes.join()).toContain('等级')
    const forward = (await post('rollback', { version: 8, confirm: await stepsBack(8) })).json()
    expect(forward).toMatchObject({ version: 10 })
    expect((await post('upgrade', { files: canonical(better), dryRun: true })).json()).toMatchObject({
      conflicts: [],
      changes: [],
    })
  })

  test('an upgrade that was taken back in the draft is not remembered as done', async () => {
    const next = canonical((files) => {
      better(files)
      fieldOf(files, 'grade').label = '等级（新）'
    })
    const merged = (await post('upgrade', { files: next })).json<MergeAnswer>()
    expect(merged.changes.join()).toContain('等级（新）')
    const undo = await desk.boss.send('POST', '/api/design/apps/desk/draft/undo?name=upgrade', {
      revision: merged.revision,
    })
    const patch = [{ op: 'replace', path: '/forms~1ticket.json/label', value: '我的工单' }]
    const body = { revision: undo.json<{ revision: number }>().revision, label: 'mine', patch }
    await desk.boss.send('PATCH', '/api/design/apps/desk/draft?name=upgrade', body)
    expect(
      (await post('publish', { draft: 'upgrade', confirm: await steps({ draft: 'upgrade' }) })).json(),
    ).toMatchObject({
      version: 11,
    })
    const again = (await post('upgrade', { files: next, dryRun: true })).json<MergeAnswer>()
    expect(again.changes.join()).toContain('等级（新）')
  })

  test('an upgrade of which nothing was taken is remembered: what was decided is not asked again', async () => {
    const next = canonical((files) => {
      better(files)
      form(files).label = '新模板的工单'
    })
    const dry = (await post('upgrade', { files: next, dryRun: true })).json<MergeAnswer>()
    expect(dry.conflicts).toMatchObject([{ address: 'forms~1ticket.json/label', decided: false }])
    await post('upgrade', { files: next, decisions: { 'forms~1ticket.json/label': 'mine' } })
    expect((await post('publish', { draft: 'upgrade' })).json()).toMatchObject({ version: 11 })
    expect((await post('upgrade', { files: next, dryRun: true })).json()).toMatchObject({ conflicts: [] })
  })

  test('an upgrade that waits is not replaced by the next one; a copy of it is an upgrade too', async () => {
    const named = (label: string) =>
      canonical((files) => {
        better(files)
        form(files).label = label
      })
    const decisions = { 'forms~1ticket.json/label': 'mine' }
    expect((await post('upgrade', { files: named('第三版工单'), decisions })).json()).toMatchObject({
      draft: 'upgrade',
    })
    const waiting = await draftOf('upgrade')
    for (const dryRun of [true, false])
      expect((await post('upgrade', { files: named('第四版工单'), dryRun })).json()).toMatchObject({
        draft: 'upgrade-2',
        conflicts: [{ address: 'forms~1ticket.json/label' }],
      })
    expect(await draftOf('upgrade')).toEqual(waiting)

    const { files, baseVersion } = waiting
    const copy = { files, baseVersion, revision: 0, copyOf: 'upgrade' }
    expect((await desk.boss.send('PUT', '/api/design/apps/desk/draft?name=copy', copy)).statusCode).toBe(200)
    expect((await post('publish', { draft: 'copy' })).statusCode).toBe(200)
    expect((await post('upgrade', { files: named('第三版工单'), dryRun: true })).json()).toMatchObject({
      conflicts: [],
    })
    const missing = { ...copy, copyOf: 'nobody' }
    expect((await desk.boss.send('PUT', '/api/design/apps/desk/draft?name=other', missing)).json()).toMatchObject({
      code: 'draft.missing',
    })
  })

  const draftOf = async (name: string) =>
    (await desk.boss.send('GET', `/api/design/apps/desk/draft?name=${name}`)).json<DraftView>()

  async function steps(body: object): Promise<string[]> {
    return (await post('plan', body)).json<PublishPlan>().steps.map((step) => step.key)
  }

  async function stepsBack(version: number): Promise<string[]> {
    const { plan } = (await post('rollback', { version, dryRun: true })).json<{ plan: PublishPlan }>()
    return plan.steps.map((step) => step.key)
  }
})
