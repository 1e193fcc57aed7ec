import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { type PublishRequest, publishApp } from '../../src/server/commands/app/publish.ts'
import { run } from '../../src/server/store/statement.ts'
import { type Documents, deskFiles, type Newborn, newborn, system } from './newborn.ts'

type Change = Parameters<typeof deskFiles>[0]
const create = async (tenon: Newborn, form: string, values: Record<string, never> | Record<string, unknown>) => {
  const made = await tenon.run({ type: 'record.create', app: 'desk', form, values: values as never })
  if (!made.ok) throw new Error(JSON.stringify(made.error))
  return made.value.record!
}
const publish = (tenon: Newborn, change: Change, more: Partial<PublishRequest> = {}) =>
  publishApp(tenon, system, { app: 'desk', files: deskFiles(change), confirm: 'all', note: '', ...more })
const field = (files: Documents, id: string, form = 'ticket') =>
  files[`forms/${form}.json`].fields.find((one: { id: string }) => one.id === id)
const read = async (tenon: Newborn, id: string, form = 'ticket') => {
  await tenon.memory.fresh()
  const found = await tenon.run({ type: 'record.comment', app: 'desk', form, id, body: 'x', visibility: 'internal' })
  if (!found.ok) throw new Error(JSON.stringify(found.error))
  return found.value.record!
}

eachDatabase((database) => {
  let tenon: Newborn
  beforeAll(async () => {
    tenon = await newborn(database.url)
  })
  afterAll(() => tenon.close())
  const another = async () => newborn(await database.fresh())

  test('a form becomes a table and a record comes back as it went in', async () => {
    const customer = await create(tenon, 'customer', { name: '上海精工', level: 'vip' })
    const values = {
      subject: '打印机 卡纸',
      customer: customer.id,
      cost: '12.50',
      hours: '1.5',
      due: '2026-03-02T08:00:00+08:00',
      tags: ['a', 'b'],
      paid: true,
    }
    const created = await create(tenon, 'ticket', values)
    expect((await read(tenon, created.id)).data).toMatchObject({
      ...values,
      due: '2026-03-02T00:00:00.000Z',
      double: '25.00',
      priority: 'normal',
    })
    expect(created.title).toMatch(/^TK\d{6}-\d{4} 打印机 卡纸$/)
  })

  test('an index holds what boards read, as long as they read it and no text in it may be long', async () => {
    const fresh = await another()
    const covering = async () => {
      const rows = await run<{ text: string | null }>(
        fresh.store.read,
        fresh.store.kind === 'sqlite'
          ? "SELECT sql AS text FROM sqlite_master WHERE type = 'index'"
          : 'SELECT indexdef AS text FROM pg_indexes',
        [],
      )
      return rows.filter(({ text }) => /created_at"?, "?f_priority"?, "?f_hours/.test(text ?? '')).length
    }
    const board = (by: string) => (files: Documents) => {
      files['boards/hours.json'] = {
        id: 'hours',
        kind: 'board',
        schemaVersion: 1,
        label: 'hours',
        widgets: [
          {
            id: 'hours',
            type: 'table',
            label: 'hours',
            at: { x: 0, y: 0, w: 6, h: 4 },
            query: { form: 'ticket', by: [{ field: by }], measures: [{ id: 'h', agg: 'sum', field: 'hours' }] },
          },
        ],
      }
    }
    expect(await covering()).toBe(0)
    expect(await publish(fresh, board('priority'))).toMatchObject({ ok: true })
    expect(await covering()).toBe(1)
    expect(await publish(fresh, board('subject'))).toMatchObject({ ok: true })
    expect(await covering()).toBe(0)
    await fresh.close()
  })

  test('the same files publish nothing', async () => {
    const again = await publish(tenon, () => {})
    expect(again).toMatchObject({ ok: true, value: { version: 1, changed: false } })
  })

  test('whoever has published sees it at once, however lately the process looked', async () => {
    const fresh = await another()
    const sameMoment = vi.spyOn(performance, 'now').mockReturnValue(performance.now())
    await fresh.memory.fresh()
    await publish(fresh, (files) => {
      field(files, 'cost').label = '总费用'
    })
    await fresh.memory.fresh()
    sameMoment.mockRestore()
    expect(fresh.memory.now.apps.app('desk')?.model.version).toBe(2)
    await fresh.close()
  })

  test('renaming a field touches no data and no column', async () => {
    const fresh = await another()
    const ticket = await create(fresh, 'ticket', { subject: '一', cost: '3.00' })
    const done = await publish(
      fresh,
      (files) => {
        field(files, 'cost').label = '总费用'
      },
      { confirm: [] },
    )
    expect(done).toMatchObject({ ok: true, value: { plan: { safe: [], confirm: [], destructive: [] }, version: 2 } })
    expect((await read(fresh, ticket.id)).data.cost).toBe('3.00')
    await fresh.close()
  })

  test('a new type converts what it can; the rest is listed by record and kept', async () => {
    const fresh = await another()
    const good = await create(fresh, 'ticket', { subject: '42', cost: '3.00' })
    const bad = await create(fresh, 'ticket', { subject: 'forty', cost: '3.00' })
    const change: Change = (files) => {
      const subject = field(files, 'subject')
      Object.assign(subject, { type: 'number' })
      files['forms/ticket.json'].title = { formula: 'number' }
      files['flows/handling.json'].start = [
        { on: 'created', when: { fact: 'record', path: '$.subject', operator: 'lessThan', value: 0 } },
      ]
    }
    const refused = await publish(fresh, change, { confirm: [] })
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'app.unconfirmed', details: { steps: ['fieldConverted:ticket.subject'] } },
    })
    const done = await publish(fresh, change, { confirm: ['fieldConverted:ticket.subject'] })
    expect(done).toMatchObject({
      ok: true,
      value: {
        plan: { confirm: [{ what: 'fieldConverted', affected: 2, details: { failing: 1 }, unconvertible: ['forty'] }] },
      },
    })
    expect((await read(fresh, good.id)).data.subject).toBe(42)
    expect((await read(fresh, bad.id)).data.subject).toBeUndefined()
    const kept = await run<{ record: string; value: string }>(
      fresh.store.read,
      'SELECT record, value FROM quarantined_values',
      [],
    )
    expect(kept).toEqual([{ record: bad.id, value: '"forty"' }])
    expect(await run(fresh.store.read, 'SELECT f_subject AS old FROM r_desk_ticket ORDER BY id', [])).toEqual([
      { old: '42' },
      { old: 'forty' },
    ])
    await fresh.close()
  })

  test('a field that is taken away is out of sight, and back with its values when the old version comes back', async () => {
    const fresh = await another()
    const ticket = await create(fresh, 'ticket', { subject: '一', hours: '1.5' })
    const without: Change = (files) => {
      const form = files['forms/ticket.json']
      form.fields = form.fields.filter((one: { id: string }) => one.id !== 'hours')
      delete files['flows/handling.json'].nodes[1].fields
    }
    expect(await publish(fresh, without, { confirm: [] })).toMatchObject({
      ok: false,
      error: { code: 'app.unconfirmed', details: { steps: ['fieldRemoved:ticket.hours'] } },
    })
    expect(await publish(fresh, without)).toMatchObject({
      ok: true,
      value: { plan: { destructive: [{ what: 'fieldRemoved', affected: 1 }] } },
    })
    expect((await read(fresh, ticket.id)).data).not.toHaveProperty('hours')
    expect(await publish(fresh, () => {}, { confirm: [] })).toMatchObject({
      ok: true,
      value: { plan: { safe: [{ what: 'fieldRestored' }] } },
    })
    expect((await read(fresh, ticket.id)).data.hours).toBe('1.5')
    await fresh.close()
  })

  test('a new formula is calculated for the records that are there', async () => {
    const fresh = await another()
    const ticket = await create(fresh, 'ticket', { subject: '一', hours: '1.5' })
    const done = await publish(fresh, (files) => {
      files['forms/ticket.json'].fields.push({
        id: 'minutes',
        type: 'formula',
        label: '分钟',
        formula: 'hours * 60',
        result: 'number',
      })
      files['forms/ticket.json'].title = { formula: 'subject + "!"' }
    })
    expect(done.ok).toBe(true)
    expect(await read(fresh, ticket.id)).toMatchObject({ title: '一!', data: { minutes: 90 } })
    await fresh.close()
  })

  test('of two that publish from the same version one wins and the other is told', async () => {
    const fresh = await another()
    const results = await Promise.all(
      ['甲', '乙'].map((label) =>
        publish(
          fresh,
          (files) => {
            field(files, 'cost').label = label
          },
          { baseVersion: 1 },
        ),
      ),
    )
    expect(results.map((one) => (one.ok ? 'published' : one.error.code)).sort()).toEqual([
      'app.versionConflict',
      'published',
    ])
    await fresh.close()
  })

  test('what is wrong is refused whole, with every problem, and nothing has changed', async () => {
    const refused = await publish(tenon, (files) => {
      field(files, 'customer').form = 'nobody'
      files['forms/ticket.json'].fields.push({ id: 'cost', type: 'text', label: '重复' })
    })
    expect(refused).toMatchObject({ ok: false, error: { code: 'app.invalid' } })
    expect((await tenon.memory.fresh()).apps.app('desk')?.model.version).toBe(1)
  })

  test('after any sequence of edits every value that was never retyped or removed reads as before', async () => {
    const fresh = await another()
    const tickets = [
      await create(fresh, 'ticket', { subject: 'a', cost: '1.00' }),
      await create(fresh, 'ticket', { subject: 'b', cost: '2.50', paid: true }),
    ]
    const edit = fc.constantFrom<(files: Documents) => void>(
      (files) => void Object.assign(field(files, 'cost'), { label: 'x' }),
      (files) => void files['forms/ticket.json'].fields.reverse(),
      (files) => void files['forms/ticket.json'].fields.push({ id: 'extra', type: 'text', label: '新' }),
      (files) => void Object.assign(field(files, 'due'), { type: 'date' }),
      (files) => void Object.assign(field(files, 'paid'), { help: '?' }),
      (files) => void field(files, 'priority').options.push({ id: 'low', label: '低' }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 4 }), async (edits) => {
        const done = await publish(fresh, (files) => {
          for (const one of new Set(edits)) one(files)
        })
        expect(done).toMatchObject({ ok: true })
        expect((await read(fresh, tickets[0]!.id)).data).toMatchObject({ subject: 'a', cost: '1.00', double: '2.00' })
        expect((await read(fresh, tickets[1]!.id)).data).toMatchObject({ subject: 'b', cost: '2.50', paid: true })
      }),
      { numRuns: 12, seed: 7 },
    )
    await fresh.close()
  })
})
