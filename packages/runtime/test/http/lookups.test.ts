import type { AppView, FormContext, PublishPlan, RecordPage, RecordView } from '@tenon/runtime/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import type { Documents } from '../store/newborn.ts'
import { type Desk, openDesk, tickets, wireFiles } from './desk.ts'

/**
 * Tickets that show their customer's level, credit and keeper. Agents read no customer that is shut, and of none the
 * credit.
 */
function withLookups(files: Documents): void {
  const customer = files['forms/customer.json']
  customer.fields.push(
    { id: 'credit', type: 'money', label: '授信' },
    { id: 'keeper', type: 'user', label: '客户经理' },
    { id: 'shut', type: 'boolean', label: '保密' },
  )
  customer.access = [
    { id: 'boss', role: 'manager', can: ['read', 'create', 'update', 'export'] },
    {
      id: 'agents',
      role: 'agent',
      can: ['read', 'export'],
      rows: { not: { fact: 'record', path: '$.shut', operator: 'equal', value: true } },
      fields: { credit: 'hidden' },
    },
  ]
  const ticket = files['forms/ticket.json']
  ticket.fields.push(
    { id: 'level', type: 'lookup', label: '客户级别', link: 'customer', field: 'level' },
    { id: 'credit', type: 'lookup', label: '客户授信', link: 'customer', field: 'credit' },
    { id: 'keeper', type: 'lookup', label: '客户经理', link: 'customer', field: 'keeper' },
    { id: 'is_vip', type: 'formula', label: '重点', formula: 'level = "vip"', result: 'boolean' },
  )
  ticket.views[0].columns = ['subject', 'level', 'credit']
  for (const entry of ticket.access) entry.can.push('export', 'bulk', 'import')
}

const leaf = (path: string, operator: string, value?: unknown) => ({
  fact: 'record',
  path: `$.${path}`,
  operator,
  ...(value === undefined ? {} : { value }),
})
const asked = (condition: object) => `where=${encodeURIComponent(JSON.stringify(condition))}`
const form = '/api/apps/desk/forms/ticket'

eachDatabase((database) => {
  let desk: Desk
  const ids: Record<string, string> = {}
  beforeAll(async () => {
    desk = await openDesk(database.url, {}, withLookups)
    for (const [name, level, credit, shut] of [
      ['甲公司', 'vip', '9000.00', false],
      ['乙公司', 'normal', '50.00', false],
      ['丙公司', 'vip', '70.00', true],
    ] as const) {
      const values = { name, level, credit, shut, keeper: desk.ids.wang }
      const customer = await desk.boss.send('POST', '/api/apps/desk/forms/customer/records', { values })
      expect([customer.statusCode, customer.body]).toEqual([201, expect.any(String)])
      const { id } = customer.json<RecordView>()
      ids[name] = id
      const ticket = await desk.boss.send('POST', tickets, { values: { subject: `${name}的工单`, customer: id } })
      ids[`${name}的工单`] = ticket.json<RecordView>().id
    }
    const alone = await desk.boss.send('POST', tickets, { values: { subject: '没有客户' } })
    ids.没有客户 = alone.json<RecordView>().id
  })
  afterAll(() => desk.close())

  type Who = 'boss' | 'li'
  const record = async (who: Who, subject: string) =>
    (await desk[who].send('GET', `${tickets}/${ids[subject]}`)).json<RecordView>()
  const list = async (who: Who, query: string) => {
    const answer = await desk[who].send('GET', `${tickets}?sort=created_at&${query}`)
    expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)])
    return answer.json<RecordPage>()
  }
  const shown = async (who: Who, field: string, query = '') =>
    (await list(who, `fields=${field}&${query}`)).items.map(({ values }) => values[field] ?? null)
  const subjects = async (who: Who, query: string) =>
    (await list(who, `fields=subject&${query}`)).items.map(({ values }) => values.subject)

  describe('what is linked is shown', () => {
    test('on a record, with the names of people; nothing where there is no link', async () => {
      const { values, refs } = await record('boss', '甲公司的工单')
      expect(values).toMatchObject({ level: 'vip', credit: '9000.00', keeper: desk.ids.wang, is_vip: true })
      expect(refs[String(desk.ids.wang)]).toMatchObject({ kind: 'user', name: 'wang' })
      const alone = await record('boss', '没有客户')
      expect(Object.keys(alone.values)).not.toEqual(expect.arrayContaining(['level']))
    })

    test('in a list, joined; and in the form, with what is known of the linked record', async () => {
      expect(await shown('boss', 'level')).toEqual(['vip', 'normal', 'vip', null])
      expect((await list('boss', '')).items[0]?.values).toMatchObject({ level: 'vip', credit: '9000.00' })
      const context = (await desk.boss.send('GET', `${tickets}/${ids.乙公司的工单}/form`)).json<FormContext>()
      expect(context.data).toMatchObject({ level: 'normal', credit: '50.00' })
      expect(context.state.level).toEqual({ visible: true, editable: false, required: false })
      expect(context.schema).toMatchObject({ properties: { level: { enum: ['vip', 'normal', null], readOnly: true } } })
      expect(context.refs[String(ids.乙公司)]).toMatchObject({ card: { level: 'normal', credit: '50.00' } })
    })

    test('it is found, put in order and exported by', async () => {
      expect(await subjects('boss', asked(leaf('level', 'equal', 'vip')))).toEqual(['甲公司的工单', '丙公司的工单'])
      expect(await subjects('boss', asked({ formula: 'level = "normal"' }))).toEqual(['乙公司的工单'])
      expect(await subjects('boss', asked(leaf('credit', 'greaterThan', '60')))).toEqual([
        '甲公司的工单',
        '丙公司的工单',
      ])
      const sorted = await desk.boss.send(
        'GET',
        `${tickets}?sort=-credit&fields=credit&${asked(leaf('credit', 'isNotEmpty'))}`,
      )
      expect(sorted.json<RecordPage>().items.map(({ values }) => values.credit)).toEqual(['9000.00', '70.00', '50.00'])
      const csv = await desk.boss.send('GET', `${form}/export?fields=subject,level,credit,keeper&sort=created_at`)
      expect(csv.body.replace('\ufeff', '').split('\r\n').slice(0, 3)).toEqual([
        '主题,客户级别,客户授信,客户经理',
        '甲公司的工单,VIP,9000.00,wang',
        '乙公司的工单,普通,50.00,wang',
      ])
    })

    test('it is what it is there: changed there, changed here', async () => {
      const customer = `/api/apps/desk/forms/customer/records/${ids.乙公司}`
      await desk.boss.send('PATCH', customer, { values: { level: 'vip' }, version: 1 })
      expect((await record('boss', '乙公司的工单')).values.level).toBe('vip')
      await desk.boss.send('PATCH', customer, { values: { level: 'normal' }, version: 2 })
      expect((await record('boss', '乙公司的工单')).values.level).toBe('normal')
    })
  })

  describe('it is no way around a right', () => {
    test('of a record that may not be read, and of a field that may not be read, nothing is seen', async () => {
      expect(await shown('li', 'level')).toEqual(['vip', 'normal', null, null])
      expect((await record('li', '甲公司的工单')).values).toMatchObject({ level: 'vip' })
      for (const subject of ['甲公司的工单', '丙公司的工单']) {
        expect((await record('li', subject)).values).not.toHaveProperty('credit')
        const context = await desk.li.send('GET', `${tickets}/${ids[subject]}/form`)
        expect(context.body).not.toContain('credit')
      }
      expect((await record('li', '丙公司的工单')).values).not.toHaveProperty('level')
      const context = (await desk.li.send('GET', `${tickets}/${ids.丙公司的工单}/form`)).json<FormContext>()
      expect(context.data).not.toHaveProperty('level')
      expect(context.refs).not.toHaveProperty(String(ids.丙公司))
      expect((await list('li', '')).items.flatMap(({ values }) => Object.keys(values))).not.toContain('credit')
      expect((await list('li', 'view=all')).items.flatMap(({ values }) => Object.keys(values))).not.toContain('credit')
    })

    test.each([
      ['fields', 'fields=credit'],
      ['sort', 'sort=credit'],
      ['where', asked(leaf('credit', 'greaterThan', '60'))],
      ['a value', asked({ ...leaf('cost', 'equal'), path: '$.hours', value: { ref: '$.record.credit' } })],
      ['a formula', asked({ formula: 'credit > 60' })],
    ])('asked by %s it answers as what does not exist', async (_, query) => {
      const [hidden, unknown] = await Promise.all(
        [query, query.replaceAll('credit', 'nothing')].map((one) => desk.li.send('GET', `${tickets}?${one}`)),
      )
      expect(hidden?.statusCode).toBe(422)
      expect(hidden?.body.replaceAll('credit', 'nothing')).toBe(unknown?.body)
    })

    test('a filter finds nothing by what may not be seen', async () => {
      expect(await subjects('li', asked(leaf('level', 'equal', 'vip')))).toEqual(['甲公司的工单'])
      expect(await subjects('li', asked({ formula: 'level = "vip"' }))).toEqual(['甲公司的工单'])
      expect(await subjects('li', asked(leaf('level', 'isEmpty')))).toEqual(['丙公司的工单', '没有客户'])
    })

    test('exports and the definition of the form leave it out', async () => {
      const csv = await desk.li.send('GET', `${form}/export?fields=subject,level,credit&sort=created_at`)
      expect(csv.body.replace('\ufeff', '').trim().split('\r\n')).toEqual([
        '主题,客户级别',
        '甲公司的工单,VIP',
        '乙公司的工单,普通',
        '丙公司的工单,',
        '没有客户,',
      ])
      const view = (await desk.li.send('GET', '/api/apps/desk')).json<AppView>()
      expect(JSON.stringify(view.forms)).not.toContain('credit')
      expect((await desk.li.send('GET', `${form}/form`)).body).not.toContain('credit')
    })

    test('who may not export customers exports nothing of them with tickets', async () => {
      await desk.publish((files) => {
        withLookups(files)
        files['forms/customer.json'].access[1].can = ['read']
      })
      for (const fields of ['subject,level', 'subject,customer.level'])
        expect((await desk.li.send('GET', `${form}/export?fields=${fields}`)).body.split('\r\n')[0]).toBe('\ufeff主题')
      await desk.publish(withLookups)
    })

    test('where the link is hidden, so is what it shows', async () => {
      await desk.publish((files) => {
        withLookups(files)
        files['forms/ticket.json'].access[0].fields = {
          cost: 'hidden',
          double: 'hidden',
          customer: 'hidden',
          is_vip: 'hidden',
        }
      })
      expect((await record('li', '甲公司的工单')).values).not.toHaveProperty('level')
      expect((await desk.li.send('GET', `${tickets}?fields=level`)).statusCode).toBe(422)
      expect((await list('li', '')).items.flatMap(({ values }) => Object.keys(values))).not.toContain('level')
      await desk.publish(withLookups)
    })
  })

  test('rows of an access entry may be told by it, in lists and on the record', async () => {
    await desk.publish((files) => {
      withLookups(files)
      files['forms/ticket.json'].access[0].rows = leaf('level', 'equal', 'vip')
    })
    expect(await subjects('li', '')).toEqual(['甲公司的工单', '丙公司的工单'])
    expect((await desk.li.send('GET', `${tickets}/${ids.乙公司的工单}`)).statusCode).toBe(404)
    expect((await desk.li.send('GET', `${tickets}/${ids.甲公司的工单}`)).statusCode).toBe(200)
    await desk.publish(withLookups)
  })

  describe('it is never written', () => {
    test('by the API, a new record or an old one, or by bulk edit', async () => {
      const answers = [
        await desk.boss.send('POST', tickets, { values: { subject: '写入', level: 'vip' } }),
        await desk.boss.send('PATCH', `${tickets}/${ids.没有客户}`, { values: { level: 'vip' }, version: 1 }),
      ]
      for (const answer of answers)
        expect([answer.statusCode, answer.json()]).toMatchObject([
          422,
          { errors: [{ code: 'field.readOnly', path: '/level' }] },
        ])
      const bulk = await desk.boss.send('POST', `${tickets}/batch`, { ids: [ids.没有客户], values: { level: 'vip' } })
      expect(bulk.json()).toMatchObject({ changed: 0, failed: [{ id: ids.没有客户 }] })
      expect((await record('boss', '没有客户')).values).not.toHaveProperty('level')
    })

    test('by an import', async () => {
      const mapping = {
        fields: [
          { field: 'subject', column: '主题' },
          { field: 'level', column: '级别' },
        ],
      }
      const part = (head: string, body: string) => `--b\r\ncontent-disposition: form-data; ${head}\r\n\r\n${body}\r\n`
      const started = await desk.boss.send(
        'POST',
        `${form}/import`,
        Buffer.from(
          `${part('name="mapping"', JSON.stringify(mapping))}${part('name="mode"', 'all')}${part('name="file"; filename="a.csv"', '主题,级别\r\n进来的,VIP\r\n')}--b--\r\n`,
        ),
        { 'content-type': 'multipart/form-data; boundary=b' },
      )
      if (started.statusCode === 202) {
        const { id } = started.json<{ id: string }>()
        const state = async () => (await desk.boss.send('GET', `/api/jobs/${id}`)).json<{ state: string }>().state
        await expect.poll(state, { timeout: 20_000 }).toBe('failed')
      } else expect(started.statusCode).toBe(422)
      expect(await subjects('boss', asked(leaf('subject', 'equal', '进来的')))).toEqual([])
    })
  })

  test('publishing asks before a stored field becomes a lookup, and for nothing else', async () => {
    const plan = async (change: (files: Documents) => void) => {
      const files = wireFiles((documents) => {
        withLookups(documents)
        change(documents)
      })
      const answer = await desk.admin.send('POST', '/api/design/apps/desk/plan', { files })
      expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)])
      return answer.json<PublishPlan>().steps.map(({ kind, what, affected }) => [kind, what, affected])
    }
    const ticket = (files: Documents) => files['forms/ticket.json']
    await desk.boss.send('PATCH', `${tickets}/${ids.没有客户}`, { values: { hours: '1.5' }, version: 1 })
    expect(
      await plan((files) => {
        ticket(files).fields.push({ id: 'name', type: 'lookup', label: '客户名', link: 'customer', field: 'name' })
        ticket(files).fields = ticket(files).fields.filter(({ id }: { id: string }) => id !== 'keeper')
      }),
    ).toEqual([])
    expect(
      await plan((files) => {
        const at = ticket(files).fields.findIndex(({ id }: { id: string }) => id === 'hours')
        ticket(files).fields[at] = { id: 'hours', type: 'lookup', label: '工时', link: 'customer', field: 'credit' }
      }),
    ).toEqual([['destructive', '工单：移除字段“工时”（数据保留，直到清除）', 1]])
  })
})
