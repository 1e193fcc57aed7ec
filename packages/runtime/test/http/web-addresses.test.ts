import type { PublishPlan, RecordView } from '@tenon/runtime/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import type { Documents } from '../store/newborn.ts'
import { type Desk, openDesk, tickets, wireFiles } from './desk.ts'
import { fieldTrial } from './field-trial.ts'

const withAddresses =
  (old: 'text' | 'url') =>
  (files: Documents): void => {
    files['forms/ticket.json'].fields.push(
      { id: 'site', type: 'url', label: '网址' },
      { id: 'old', type: old, label: '旧网址' },
      { id: 'tidy', type: old, label: '整齐的旧网址' },
      { id: 'links', type: 'table', label: '链接', fields: [{ id: 'at', type: 'url', label: '地址' }] },
    )
  }

eachDatabase((database) => {
  let desk: Desk
  let trial: ReturnType<typeof fieldTrial>
  beforeAll(async () => {
    desk = await openDesk(database.url, {}, withAddresses('text'))
    trial = fieldTrial(desk, 'site', '网址')
    for (const [subject, address] of [
      ['bare', 'www.example.com/Manual'],
      ['full', 'HTTP://ERP:8080/#/orders'],
      ['none', null],
    ])
      expect(await trial.write(subject as string, address)).toMatchObject({ status: 201 })
  })
  afterAll(() => desk.close())

  const record = async (id: string) => (await desk.boss.send('GET', `${tickets}/${id}`)).json<RecordView>()

  test('is kept as a browser opens it, and found by parts of it', async () => {
    expect((await trial.write('again', 'ｅｘａｍｐｌｅ．ｃｏｍ')).values.site).toBe('https://example.com')
    expect(await trial.found('contains', '/Manual')).toEqual(['bare'])
    expect(await trial.found('startsWith', 'http://erp')).toEqual(['full'])
    expect(await trial.found('equal', 'https://www.example.com/Manual')).toEqual(['bare'])
    expect(await trial.found('isEmpty')).toEqual(['none'])
    expect(await trial.searched('orders')).toEqual(['full'])
  })

  test('what is no address of the web is refused at every door', async () => {
    for (const address of ['javascript:alert(1)', 'data:text/html,x', 'https://a@example.com', 'see manual']) {
      const made = await trial.write('wrong', address)
      expect([made.status, made.errors]).toMatchObject([422, [{ code: 'field.notUrl', path: '/site' }]])
    }
    const rows = { subject: 'wrong', links: [{ at: 'example.com' }, { at: 'javascript:x' }] }
    const inRows = await desk.boss.send('POST', tickets, { values: rows })
    expect([inRows.statusCode, inRows.json().errors]).toMatchObject([422, [{ code: 'field.notUrl' }]])
    expect(await trial.found('equal', 'javascript:alert(1)')).toEqual([])
    const published = await desk.admin.send('POST', '/api/design/apps/desk/publish', {
      files: wireFiles((files) => {
        withAddresses('text')(files)
        files['forms/ticket.json'].fields.find(({ id }: { id: string }) => id === 'site').default = 'javascript:x'
      }),
    })
    expect([published.statusCode, published.json().errors]).toMatchObject([422, [{ code: 'field.notUrl' }]])
  })

  test('goes out whole and comes in again; a wrong cell is named', async () => {
    expect(await trial.exported()).toContain('\r\nbare,https://www.example.com/Manual\r\n')
    const wrong = await trial.imported(['in 1,example.com/a', 'in 2,javascript:alert(1)'], 'partial')
    expect(wrong).toMatchObject({
      created: 1,
      failed: 1,
      errors: [{ row: 3, column: '网址', code: 'field.notUrl' }],
    })
    expect(await trial.found('equal', 'https://example.com/a')).toEqual(['in 1'])
  })

  test('a text becomes an address where it is one; what is none is shown before', async () => {
    const before = ['www.example.com', 'javascript:alert(1)', '见合同']
    const ids: string[] = []
    for (const old of before) {
      const made = await desk.boss.send('POST', tickets, {
        values: { subject: 'converted', old, tidy: 'WWW.example.com' },
      })
      ids.push(made.json<RecordView>().id)
    }
    const files = wireFiles(withAddresses('url'))
    const plan = await desk.boss.send('POST', '/api/design/apps/desk/plan', { files })
    const [step, tidied] = plan.json<PublishPlan>().steps.filter(({ kind }) => kind === 'confirm')
    // Nothing is lost, but each is written otherwise from now on.
    expect(tidied).toMatchObject({ key: 'fieldConverted:ticket.tidy', affected: 3, lost: 0 })
    expect(step).toMatchObject({ key: 'fieldConverted:ticket.old', affected: 3, lost: 2 })
    expect(step?.values.map(({ value }) => value).sort()).toEqual(['javascript:alert(1)', '见合同'])
    const confirm = ['fieldConverted:ticket.old', 'fieldConverted:ticket.tidy']
    const done = await desk.admin.send('POST', '/api/design/apps/desk/publish', { files, confirm })
    expect(done.statusCode, done.body).toBe(200)
    const after = await Promise.all(ids.map(async (id) => (await record(id)).values.old ?? null))
    expect(after).toEqual(['https://www.example.com', null, null])
    expect((await record(ids[2] as string)).values.tidy).toBe('https://www.example.com')
  })
})
