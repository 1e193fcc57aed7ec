import type { RecordPage, RecordView, Timeline } from '@tenon/runtime/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import type { Documents } from '../store/newborn.ts'
import { type Desk, openDesk, tickets } from './desk.ts'

const isLabour = { fact: 'record', path: '$.kind', operator: 'equal', value: 'labour' }

/** Tickets with rows: who supplied what. Agents see customers of level VIP only, and never the purchases. */
const withTables = (files: Documents) => {
  const form = files['forms/ticket.json']
  form.fields.push(
    {
      id: 'parts',
      type: 'table',
      label: { 'zh-CN': '配件明细', en: 'Parts' },
      fields: [
        { id: 'part', type: 'text', label: { 'zh-CN': '配件', en: 'Part' }, required: true },
        { id: 'supplier', type: 'link', form: 'customer', label: { 'zh-CN': '供应商', en: 'Supplier' } },
        { id: 'by', type: 'user', label: { 'zh-CN': '经办', en: 'By' } },
        { id: 'price', type: 'money', label: { 'zh-CN': '单价', en: 'Price' } },
      ],
    },
    {
      id: 'lines',
      type: 'table',
      label: '费用',
      fields: [
        { id: 'kind', type: 'text', label: '类别', default: 'part' },
        { id: 'hours', type: 'number', label: '小时', required: true, visibleWhen: isLabour },
        { id: 'by', type: 'user', label: '经办', default: { ref: '$.user.id' } },
        { id: 'cost', type: 'money', label: '金额' },
        { id: 'pay', type: 'formula', label: '工费', formula: 'hours * 100', result: 'money', visibleWhen: isLabour },
      ],
    },
    { id: 'pay_total', type: 'formula', label: '工费合计', formula: 'sum(lines.pay)', result: 'money' },
    { id: 'purchases', type: 'table', label: '采购', fields: [{ id: 'cost', type: 'money', label: '成本' }] },
    { id: 'parts_total', type: 'formula', label: '合计', formula: 'sum(parts.price)', result: 'money' },
  )
  for (const entry of form.access) if (entry.role !== 'manager') entry.fields = { ...entry.fields, purchases: 'hidden' }
  files['forms/customer.json'].access = [
    { id: 'boss', role: 'manager', can: ['read', 'create', 'update', 'delete'] },
    {
      id: 'vips',
      role: 'agent',
      can: ['read'],
      rows: { fact: 'record', path: '$.level', operator: 'equal', value: 'vip' },
    },
  ]
}

eachDatabase((database) => {
  let desk: Desk
  const supplier: Record<string, string> = {}
  beforeAll(async () => {
    desk = await openDesk(database.url, {}, withTables)
    for (const level of ['vip', 'normal']) {
      const made = await desk.boss.send('POST', '/api/apps/desk/forms/customer/records', {
        values: { name: `${level} supplier`, level },
      })
      supplier[level] = made.json<RecordView>().id
    }
  })
  afterAll(() => desk.close())

  const create = async (values: object, caller = desk.boss) =>
    caller.send('POST', tickets, { values: { subject: '一', ...values } })
  const made = async (values: object) => (await create(values)).json<RecordView>()

  test('rows are written and read as rows; problems name row and column', async () => {
    const view = await made({ parts: [{ part: ' 滤芯 ', price: '￥1,000.5' }], purchases: [{ cost: 1 }] })
    expect(view.values).toMatchObject({
      parts: [{ id: 'v1_1', part: '滤芯', price: '1000.50' }],
      purchases: [{ cost: '1.00' }],
      parts_total: '1000.50',
    })
    const refused = await create({ parts: [{ part: 'a' }, { price: 'much', colour: 'red' }] })
    expect(refused.statusCode).toBe(422)
    expect(
      refused.json<{ errors: { path: string; code: string }[] }>().errors.map(({ path, code }) => [code, path]),
    ).toEqual([
      ['table.unknownColumn', '/parts/1/colour'],
      ['field.notNumber', '/parts/1/price'],
    ])
  })

  test('new rows get defaults, cells their row does not show are blank, and what is required is so where it is shown', async () => {
    const view = await made({
      lines: [
        { cost: 5, hours: 3 },
        { kind: 'labour', hours: 2, by: null },
        { id: 'mine', cost: 1 },
      ],
    })
    expect(view.values.lines).toEqual([
      { id: 'v1_1', kind: 'part', by: desk.ids.boss, cost: '5.00' },
      { id: 'v1_2', kind: 'labour', hours: 2, pay: '200.00' },
      { id: 'mine', cost: '1.00' },
    ])
    expect(view.values.pay_total).toBe('200.00')
    const refused = await create({ lines: [{ kind: 'labour' }, { kind: 'part' }] })
    expect(refused.json<{ errors: { path: string; code: string }[] }>().errors).toMatchObject([
      { code: 'field.required', path: '/lines/0/hours' },
    ])
    const turned = await desk.boss.send('PATCH', `${tickets}/${view.id}`, {
      values: { lines: (view.values.lines as object[]).map((row) => ({ ...row, kind: 'part' })) },
      version: view.version,
    })
    expect(turned.json<RecordView>().values).toMatchObject({ lines: [{}, { id: 'v1_2', kind: 'part' }, {}] })
    expect(turned.json<RecordView>().values.pay_total ?? null).toBe(null)
  })

  test('names of what rows link to are told only where the reader may see it', async () => {
    const view = await made({
      parts: [
        { part: 'a', supplier: supplier.vip, by: desk.ids.li },
        { part: 'b', supplier: supplier.normal },
      ],
    })
    expect(Object.keys(view.refs)).toEqual(expect.arrayContaining([supplier.vip, supplier.normal, desk.ids.li]))
    const seen = (await desk.li.send('GET', `${tickets}/${view.id}`)).json<RecordView>()
    expect(Object.keys(seen.refs)).toEqual(expect.arrayContaining([supplier.vip, desk.ids.li]))
    expect(seen.refs).not.toHaveProperty([supplier.normal!])
    const list = (await desk.li.send('GET', `${tickets}?fields=parts`)).json<RecordPage>()
    expect(list.refs).toHaveProperty([supplier.vip!])
    expect(list.refs).not.toHaveProperty([supplier.normal!])
  })

  test('a row links to what its writer may see; what another linked to stays when he edits beside it', async () => {
    const refused = await create({ parts: [{ part: 'a' }, { part: 'b', supplier: supplier.normal }] }, desk.li)
    expect(refused.json<{ errors: { path: string; code: string }[] }>().errors).toMatchObject([
      { code: 'reference.notFound', path: '/parts/1/supplier' },
    ])
    const view = await made({ parts: [{ part: 'b', supplier: supplier.normal }] })
    const parts = [...(view.values.parts as object[]), { part: 'c' }]
    const edited = await desk.li.send('PATCH', `${tickets}/${view.id}`, { values: { parts }, version: view.version })
    expect(edited.statusCode).toBe(200)
    expect(edited.json<RecordView>().values.parts).toMatchObject([{ supplier: supplier.normal }, { part: 'c' }])
  })

  test('a hidden table is nowhere: record, list, history, export', async () => {
    const view = await made({ parts: [{ part: 'a' }], purchases: [{ cost: 77.77 }] })
    const texts = await Promise.all(
      [`${tickets}/${view.id}`, `${tickets}?fields=parts`, `${tickets}/${view.id}/timeline`].map(
        async (path) => (await desk.li.send('GET', path)).body,
      ),
    )
    for (const text of texts) expect(text).not.toContain('77.77')
    expect((await desk.li.send('GET', `${tickets}?fields=purchases`)).statusCode).toBe(422)
    expect(
      (await create({ purchases: [{ cost: 1 }] }, desk.li)).json<{ errors: { code: string }[] }>().errors,
    ).toMatchObject([{ code: 'field.unknown' }])
  })

  test('the second of two edits of one version is told, with the rows as they are now', async () => {
    const view = await made({ parts: [{ part: 'a' }] })
    const edit = (part: string) =>
      desk.boss.send('PATCH', `${tickets}/${view.id}`, { values: { parts: [{ id: 'v1_1', part }] }, version: 1 })
    expect((await edit('x')).statusCode).toBe(200)
    const late = await edit('y')
    expect(late.statusCode).toBe(409)
    expect(late.json<{ current: RecordView }>().current.values.parts).toMatchObject([{ id: 'v1_1', part: 'x' }])
    const entries = (await desk.boss.send('GET', `${tickets}/${view.id}/timeline`)).json<Timeline>().items
    expect(entries.find(({ type }) => type === 'record.updated')?.data.changes).toMatchObject({
      parts: [[{ part: 'a' }], [{ part: 'x' }]],
    })
  })

  test('rows are no value to group or filter by, and a file has no place for them', async () => {
    const query = { form: 'ticket', measures: [{ id: 'n', agg: 'count' }], by: [{ field: 'parts' }] }
    const answer = await desk.boss.send('POST', '/api/apps/desk/query', { query })
    expect(answer.body).toContain('query.fieldNotGrouped')
    const filtered = await desk.boss.send(
      'GET',
      `${tickets}?where=${encodeURIComponent(JSON.stringify({ fact: 'record', path: '$.parts', operator: 'isEmpty' }))}`,
    )
    expect(filtered.json<RecordPage>().items.every(({ values }) => values.parts === undefined)).toBe(true)
  })
})
