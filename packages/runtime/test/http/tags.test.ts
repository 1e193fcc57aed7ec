import type { PublishPlan, RecordView } from '@tenon/runtime/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import type { Documents } from '../store/newborn.ts'
import { type Desk, openDesk, tickets, wireFiles } from './desk.ts'
import { fieldTrial } from './field-trial.ts'

/** `kinds` is what the desk calls tags: several choices. */
const withTopics =
  (kinds: 'multiSelect' | 'tags') =>
  (files: Documents): void => {
    const form = files['forms/ticket.json']
    form.fields.push({ id: 'topics', type: 'tags', label: '话题', maxItems: 3 })
    if (kinds !== 'tags') return
    const chosen = form.fields.find(({ id }: { id: string }) => id === 'tags')
    delete chosen.options
    chosen.type = 'tags'
  }

eachDatabase((database) => {
  let desk: Desk
  let trial: ReturnType<typeof fieldTrial>
  beforeAll(async () => {
    desk = await openDesk(database.url, {}, withTopics('multiSelect'))
    trial = fieldTrial(desk, 'topics', '话题')
    for (const [subject, topics] of [
      ['both', ['返修', 'VIP']],
      ['one', '夜间上门'],
      ['none', []],
    ] as const)
      expect(await trial.write(subject, topics)).toMatchObject({ status: 201 })
  })
  afterAll(() => desk.close())

  test('are kept as they were written, each once', async () => {
    const made = await trial.write('again', ['VIP', 'vip', ' 新 '])
    expect(made.values.topics).toEqual(['VIP', '新'])
    expect((await trial.write('blank', '、')).values.topics ?? null).toBe(null)
    await Promise.all(
      [made.id, (await trial.write('x', 'x')).id].map((id) => desk.boss.send('DELETE', `${tickets}/${id}`)),
    )
    const many = await trial.write('many', 'a,b,c,d')
    expect([many.status, many.errors]).toMatchObject([422, [{ code: 'field.tooMany', path: '/topics' }]])
    const long = await trial.write('long', ['x'.repeat(41)])
    expect([long.status, long.errors]).toMatchObject([422, [{ code: 'field.tooLong', path: '/topics' }]])
  })

  test('are asked for by one, by some, by all, by none, and found by search', async () => {
    expect(await trial.found('contains', 'VIP')).toEqual(['both'])
    expect(await trial.found('doesNotContain', 'VIP')).toEqual(['one'])
    expect(await trial.found('containsAny', ['VIP', '夜间上门'])).toEqual(['both', 'one'])
    expect(await trial.found('containsAll', ['VIP', '返修'])).toEqual(['both'])
    expect(await trial.found('isEmpty')).toEqual(['blank', 'none'])
    expect(await trial.searched('夜间')).toEqual(['one'])
  })

  test('go out and come in as several choices do', async () => {
    expect(await trial.exported()).toContain('\r\nboth,返修、VIP\r\n')
    const done = await trial.imported(['i1,"a, b"', 'i2,a；c', 'i3,', 'i4,"a,b,c,d"'], 'partial')
    expect(done).toMatchObject({ created: 3, failed: 1, errors: [{ row: 5, column: '话题', code: 'field.tooMany' }] })
    expect(await trial.found('contains', 'a')).toEqual(['i1', 'i2'])
    expect(await trial.found('containsAll', ['c', 'a'])).toEqual(['i2'])
  })

  test('several choices become tags by what they say, not by their ids', async () => {
    const made = await desk.boss.send('POST', tickets, { values: { subject: 'chosen', tags: ['a', 'b'] } })
    const { id } = made.json<RecordView>()
    const files = wireFiles(withTopics('tags'))
    const plan = (await desk.boss.send('POST', '/api/design/apps/desk/plan', { files })).json<PublishPlan>()
    const [step] = plan.steps.filter(({ kind }) => kind === 'confirm')
    expect([step?.key, step?.lost]).toEqual(['fieldConverted:ticket.tags', 0])
    const done = await desk.admin.send('POST', '/api/design/apps/desk/publish', { files, confirm: [step?.key] })
    expect(done.statusCode, done.body).toBe(200)
    const after = (await desk.boss.send('GET', `${tickets}/${id}`)).json<RecordView>()
    expect(after.values.tags).toEqual(['甲', '乙'])
  })
})
