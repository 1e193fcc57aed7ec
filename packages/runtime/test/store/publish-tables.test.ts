import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { type PublishRequest, publishApp } from '../../src/server/commands/app/publish.ts'
import { run } from '../../src/server/store/statement.ts'
import { type Documents, deskFiles, type Newborn, newborn, system } from './newborn.ts'

const columns = [
  { id: 'part', type: 'text', label: '配件', required: true },
  { id: 'note', type: 'text', label: '备注' },
  { id: 'quantity', type: 'number', label: '数量' },
  { id: 'price', type: 'money', label: '单价' },
]
const amount = { id: 'amount', type: 'formula', label: '金额', formula: 'price * quantity', result: 'money' }
const withParts =
  (fields: readonly object[], more: (files: Documents) => void = () => {}) =>
  (files: Documents) => {
    files['forms/ticket.json'].fields.push(
      { id: 'parts', type: 'table', label: '配件明细', fields },
      { id: 'total', type: 'formula', label: '合计', formula: 'count(parts)', result: 'number' },
    )
    more(files)
  }
const rows = [
  { id: 'r1', part: '滤芯', note: '12', quantity: 2, price: '50.00' },
  { id: 'r2', part: '主板', note: 'spare', quantity: 1, price: '800.00' },
]

eachDatabase((database) => {
  let tenon: Newborn
  let id: string
  const publish = (change: (files: Documents) => void, more: Partial<PublishRequest> = {}) =>
    publishApp(tenon, system, { app: 'desk', files: deskFiles(change), confirm: 'all', note: '', ...more })
  const data = async () => {
    await tenon.memory.fresh()
    const found = await tenon.run({
      type: 'record.comment',
      app: 'desk',
      form: 'ticket',
      id,
      body: 'x',
      visibility: 'internal',
    })
    if (!found.ok) throw new Error(JSON.stringify(found.error))
    return found.value.record!.data
  }
  const update = (values: object) =>
    tenon.run({ type: 'record.update', app: 'desk', form: 'ticket', id, values: values as never })

  beforeAll(async () => {
    tenon = await newborn(database.url)
    expect(await publish(withParts(columns))).toMatchObject({ ok: true })
    await tenon.memory.fresh()
    const made = await tenon.run({
      type: 'record.create',
      app: 'desk',
      form: 'ticket',
      values: { subject: '一', parts: rows } as never,
    })
    if (!made.ok) throw new Error(JSON.stringify(made.error))
    id = made.value.record!.id
  })
  afterAll(() => tenon.close())

  test('rows come back as they went in, decimals and order of columns kept', async () => {
    expect(JSON.stringify((await data()).parts)).toBe(JSON.stringify(rows))
    expect((await data()).total).toBe(2)
  })

  test('a new column is safe; its formula is computed for the rows that are there', async () => {
    expect(await publish(withParts([...columns, amount]), { confirm: [] })).toMatchObject({
      ok: true,
      value: {
        plan: { safe: [{ what: 'columnAdded', key: 'columnAdded:ticket.parts.amount' }, { what: 'recomputed' }] },
      },
    })
    expect((await data()).parts).toMatchObject([{ amount: '100.00' }, { amount: '800.00' }])
  })

  test('a column that is taken away is confirmed by name, out of sight, and back when it comes back', async () => {
    const without = withParts(columns.filter((column) => column.id !== 'price'))
    expect(await publish(without, { confirm: [] })).toMatchObject({
      ok: false,
      error: { details: { steps: ['columnRemoved:ticket.parts.price', 'columnRemoved:ticket.parts.amount'] } },
    })
    expect(await publish(without)).toMatchObject({
      ok: true,
      value: { plan: { destructive: [{ what: 'columnRemoved', affected: 1 }, { what: 'columnRemoved' }] } },
    })
    const shown = (await data()).parts as readonly object[]
    expect(shown.map((row) => Object.keys(row))).toEqual([
      ['id', 'part', 'note', 'quantity'],
      ['id', 'part', 'note', 'quantity'],
    ])
    // Meanwhile one row changes, one goes, one comes.
    expect(await update({ parts: [{ ...rows[0], price: undefined, quantity: 5 }, { part: '螺丝' }] })).toMatchObject({
      ok: true,
    })
    expect(await publish(withParts(columns))).toMatchObject({ ok: true })
    expect((await data()).parts).toMatchObject([
      { id: 'r1', part: '滤芯', quantity: 5, price: '50.00' },
      { part: '螺丝' },
    ])
    expect((await data()).parts).not.toMatchObject([{}, { price: expect.anything() }])
  })

  test('a column of another type converts what it can; what it cannot is blank, listed and kept', async () => {
    await update({ parts: rows })
    const changed = withParts(columns.map((column) => (column.id === 'note' ? { ...column, type: 'number' } : column)))
    expect(await publish(changed, { confirm: [] })).toMatchObject({
      ok: false,
      error: { details: { steps: ['columnConverted:ticket.parts.note'] } },
    })
    expect(await publish(changed)).toMatchObject({
      ok: true,
      value: { plan: { confirm: [{ what: 'columnConverted', affected: 1, details: { failing: 1 } }] } },
    })
    const after = (await data()).parts as readonly { note?: unknown }[]
    expect(after.map((row) => row.note)).toEqual([12, undefined])
    const kept = await run<{ record: string; value: string }>(
      tenon.store.read,
      "SELECT record, value FROM quarantined_values WHERE field = 'parts'",
      [],
    )
    expect(kept.map(({ record, value }) => [record, JSON.parse(value)])).toEqual([[id, rows]])
  })

  test('a table that becomes text is read as text', async () => {
    await update({ parts: rows.map(({ note: _, ...row }) => row) })
    const text = (files: Documents) => {
      files['forms/ticket.json'].fields.push({ id: 'parts', type: 'longText', label: '配件' })
    }
    expect(await publish(text)).toMatchObject({ ok: true })
    expect((await data()).parts).toBe('配件：滤芯，数量：2，单价：¥50.00\n配件：主板，数量：1，单价：¥800.00')
  })
})
