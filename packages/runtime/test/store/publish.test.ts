import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { deskFiles, newborn, type Newborn } from './newborn.ts'

eachDatabase((database) => {
  let tenon: Newborn
  beforeAll(async () => {
    tenon = await newborn(database.url)
  })
  afterAll(() => tenon.close())

  test('a form becomes a table and a record comes back as it went in', async () => {
    const customer = await tenon.run({ type: 'record.create', app: 'desk', form: 'customer', values: { name: '上海精工', level: 'vip' } })
    if (!customer.ok) throw new Error(JSON.stringify(customer.error))
    const values = { subject: '打印机 卡纸', customer: customer.value.record!.id, cost: '12.50', hours: '1.5', due: '2026-03-02T08:00:00+08:00', tags: ['a', 'b'], paid: true }
    const created = await tenon.run({ type: 'record.create', app: 'desk', form: 'ticket', values }, 'boss')
    if (!created.ok) throw new Error(JSON.stringify(created.error))
    expect(created.value.record!.data).toMatchObject({ ...values, due: '2026-03-02T00:00:00.000Z', double: '25.00', priority: 'normal' })
    expect(created.value.record!.title).toMatch(/^TK\d{6}-0001 打印机 卡纸$/)
  })
})
