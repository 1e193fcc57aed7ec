import { ok } from '@tenon/engine'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import type { UserPrincipal } from '../../src/server/auth/identity.ts'
import { formContext, newFormContext } from '../../src/server/queries/form-context.ts'
import { exportPages, findIds, listRecords } from '../../src/server/queries/list-records.ts'
import { readRecordView } from '../../src/server/queries/read-record.ts'
import { badgesOf, queryReport, searchEverything } from '../../src/server/queries/reports.ts'
import { assignmentOf, readTaskView, worklist } from '../../src/server/queries/tasks.ts'
import { timelineOf } from '../../src/server/queries/timeline.ts'
import { bumpRevision } from '../../src/server/store/revisions.ts'
import { deskFiles, type Newborn, newborn } from './newborn.ts'

/** Agents see only tickets that are theirs or nobody's; cost and double are hidden from them. */
const files = deskFiles((all) => {
  const [agents] = all['forms/ticket.json'].access
  agents.rows = {
    any: [
      { fact: 'record', path: '$.handler', operator: 'equal', value: { ref: '$.user.id' } },
      { fact: 'record', path: '$.handler', operator: 'isEmpty' },
    ],
  }
  all['forms/ticket.json'].views[0].columns = ['number', 'subject', 'cost', 'customer', 'customer.level']
})

eachDatabase((database) => {
  let tenon: Newborn
  let mine: string
  let others: string
  const as = (username: string) => tenon.person(username) as UserPrincipal
  const make = async (values: Record<string, unknown>, form = 'ticket', by = 'boss') => {
    const made = await tenon.run({ type: 'record.create', app: 'desk', form, values: values as never }, by)
    if (!made.ok) throw new Error(JSON.stringify(made.error))
    return made.value.record!.id
  }
  beforeAll(async () => {
    tenon = await newborn(database.url, files)
    const customer = await make({ name: '上海精工', level: 'vip' }, 'customer')
    mine = await make({ subject: '打印机卡纸', cost: '12.50', customer, handler: as('li').user.id })
    others = await make({ subject: '打印机缺墨', cost: '80.00', customer, handler: as('wang').user.id })
    await tenon.run(
      {
        type: 'record.update',
        app: 'desk',
        form: 'ticket',
        id: mine,
        values: { cost: '13.00', subject: '打印机卡纸了' },
      },
      'boss',
    )
  })
  afterAll(() => tenon.close())
  const list = (by: string, parameters = {}) => listRecords(as(by), tenon, 'desk', 'ticket', parameters)

  test('one record in memory says what the list compiled to SQL says, to everybody', async () => {
    for (const by of ['boss', 'li', 'wang'] as const) {
      const listed = new Map((await list(by)).items.map((item) => [item.id, item]))
      for (const id of [mine, others]) {
        const view = await readRecordView(as(by), tenon, 'desk', 'ticket', id).catch(() => undefined)
        const { version, title, created_at, created_by, updated_at, updated_by } = listed.get(id) ?? {}
        expect(view === undefined).toBe(!listed.has(id))
        if (!view) continue
        expect(view).toMatchObject({ version, title, created_at, created_by, updated_at, updated_by })
        const [shown] = (
          await listRecords(as(by), tenon, 'desk', 'ticket', { fields: Object.keys(view.values).join(',') })
        ).items.filter((item) => item.id === id)
        expect(view.values).toEqual(shown?.values)
        expect(Object.keys(view.values).includes('cost')).toBe(by === 'boss')
      }
    }
  })

  test('a read without a principal does not compile, and gives nothing to anybody who is nobody', async () => {
    // @ts-expect-error: the principal comes first
    const noPrincipal = () => listRecords(tenon, 'desk', 'ticket', {})
    // @ts-expect-error: undefined is no principal
    const undefinedPrincipal = () => readRecordView(undefined, tenon, 'desk', 'ticket', mine)
    // @ts-expect-error: a person's id is no principal
    const onlyAnId = () => queryReport(as('li').user.id, tenon, 'desk', {})
    expect([noPrincipal, undefinedPrincipal, onlyAnId]).toHaveLength(3)
    await expect(listRecords({ kind: 'anonymous' }, tenon, 'desk', 'ticket', {})).rejects.toMatchObject({
      code: 'record.notFound',
    })
    await expect(listRecords(as('guest'), tenon, 'desk', 'ticket', {})).rejects.toMatchObject({
      code: 'record.notFound',
    })
  })

  test('each sees their own rows and fields; the view leaves out what is hidden', async () => {
    const boss = await list('boss', { view: 'all' })
    expect(boss).toMatchObject({
      total: 2,
      items: [
        { id: others },
        {
          id: mine,
          title: expect.stringContaining('打印机卡纸了'),
          values: { cost: '13.00', 'customer.level': 'vip' },
        },
      ],
    })
    const li = await list('li', { view: 'all' })
    expect(li).toMatchObject({
      total: 1,
      items: [{ id: mine, values: { subject: '打印机卡纸了', 'customer.level': 'vip' } }],
    })
    expect(li.items[0]!.values).not.toHaveProperty('cost')
    expect(Object.values(li.refs)).toContainEqual({ kind: 'record', app: 'desk', form: 'customer', title: '上海精工' })
  })

  test('asking by a hidden field answers exactly like asking by one that is not there', async () => {
    const where = (field: string) => ({
      where: JSON.stringify({ fact: 'record', path: `$.${field}`, operator: 'greaterThan', value: '1' }),
    })
    const errors = await Promise.all(
      ['cost', 'nothing'].map((field) =>
        list('li', where(field)).catch((error) => ({
          code: error.code,
          problems: error.problems.map((one: { code: string; path: string }) => [one.code, one.path]),
        })),
      ),
    )
    expect(errors[0]).toEqual(errors[1])
    const sorts = await Promise.all(
      ['cost', 'nothing'].map((sort) =>
        list('li', { sort }).catch((error) => error.problems.map((one: { code: string }) => one.code)),
      ),
    )
    expect(sorts[0]).toEqual(sorts[1])
    expect((await list('boss', where('cost'))).total).toBe(2)
  })

  test('a condition that is none is refused with its place', async () => {
    for (const where of [
      '{',
      '{"fact":"record"}',
      '{"fact":"record","path":"$.subject","operator":"sleep","value":1}',
      '{"__proto__":{}}',
      '{"fact":"record","path":"$.paid","operator":"startsWith","value":"x"}',
    ]) {
      await expect(list('boss', { where })).rejects.toMatchObject({ code: 'query.invalid' })
    }
  })

  test('a record answers with what may be done to it, and 404 to whom it is not visible', async () => {
    const view = await readRecordView(as('li'), tenon, 'desk', 'ticket', mine)
    expect(view).toMatchObject({
      id: mine,
      version: 2,
      can: ['read', 'update', 'comment'],
      values: { subject: '打印机卡纸了' },
    })
    expect(view.values).not.toHaveProperty('cost')
    expect((await readRecordView(as('boss'), tenon, 'desk', 'ticket', mine)).can).toContain('delete')
    await expect(readRecordView(as('li'), tenon, 'desk', 'ticket', others)).rejects.toMatchObject({
      code: 'record.notFound',
    })
    await expect(readRecordView(as('li'), tenon, 'desk', 'ticket', 'nothing')).rejects.toMatchObject({
      code: 'record.notFound',
    })
  })

  test('the timeline tells nothing of hidden fields, before or after', async () => {
    // A moment may have the digits of an amount: 19:56:12.504.
    const text = JSON.stringify(await timelineOf(as('li'), tenon, 'desk', 'ticket', mine)).replaceAll(
      /"at":"[^"]*"/g,
      '',
    )
    expect(text).toContain('打印机卡纸了')
    for (const secret of ['12.50', '13.00', '25.00', '26.00']) expect(text).not.toContain(secret)
    expect(JSON.stringify(await timelineOf(as('boss'), tenon, 'desk', 'ticket', mine))).toContain('13.00')
  })

  test('forms are drawn as the person may fill them', async () => {
    const edit = await formContext(as('li'), tenon, 'desk', 'ticket', mine)
    expect(edit).toMatchObject({ mode: 'edit', version: 2, data: { subject: '打印机卡纸了' } })
    expect(JSON.stringify(edit)).not.toContain('cost')
    const created = await newFormContext(as('li'), tenon, 'desk', 'ticket')
    expect(created).toMatchObject({
      mode: 'create',
      data: { priority: 'normal' },
      state: { subject: { visible: true, editable: true, required: true } },
    })
    await expect(newFormContext(as('guest'), tenon, 'desk', 'ticket')).rejects.toMatchObject({
      code: 'record.notFound',
    })
  })

  test('reports count only what the asker sees, and do not sum what they may not', async () => {
    const query = { form: 'ticket', measures: [{ id: 'n', agg: 'count' }] }
    expect(await queryReport(as('li'), tenon, 'desk', query)).toMatchObject({ rows: [[1]], matched: 1 })
    expect(
      await queryReport(as('boss'), tenon, 'desk', { ...query, measures: [{ id: 's', agg: 'sum', field: 'cost' }] }),
    ).toMatchObject({ rows: [['93.00']] })
    await expect(
      queryReport(as('li'), tenon, 'desk', { ...query, measures: [{ id: 's', agg: 'sum', field: 'cost' }] }),
    ).rejects.toMatchObject({ code: 'query.invalid' })
    await expect(
      queryReport(as('boss'), tenon, 'desk', { form: 'ticket', measures: [], nothing: 1 }),
    ).rejects.toMatchObject({ code: 'query.invalid' })
  })

  test('search finds by any two characters, in title and fields, and only what may be seen', async () => {
    expect((await searchEverything(as('boss'), tenon, '印机')).items.map((hit) => hit.id).sort()).toEqual(
      [mine, others].sort(),
    )
    expect((await searchEverything(as('li'), tenon, '印机')).items.map((hit) => hit.id)).toEqual([mine])
    expect((await searchEverything(as('boss'), tenon, '缺墨')).items.map((hit) => hit.id)).toEqual([others])
    expect((await searchEverything(as('boss'), tenon, '精工')).items[0]).toMatchObject({
      form: 'customer',
      title: '上海精工',
    })
    expect((await list('li', { q: '打印' })).total).toBe(1)
  })

  test('pages follow each other without gap or repetition', async () => {
    const all = await findIds(as('boss'), tenon, 'desk', 'ticket', {}, 1000)
    const seen: string[] = []
    for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
      const page = await list('boss', { size: 1, sort: 'subject', ...(cursor ? { cursor } : {}) })
      seen.push(...page.items.map((item) => item.id))
      cursor = page.nextCursor
    }
    expect(seen.sort()).toEqual([...all].sort())
    const exported: string[] = []
    for await (const page of exportPages(as('boss'), tenon, 'desk', 'ticket', {}))
      exported.push(...page.items.map((item) => item.id))
    expect(exported.sort()).toEqual(seen)
    await expect(exportPages(as('li'), tenon, 'desk', 'ticket', {}).next()).rejects.toMatchObject({
      code: 'record.notFound',
    })
  })

  test('the worklist shows what is mine, what I may take, and nothing of records I may not see', async () => {
    const free = await make({ subject: 'flow 一' })
    const taken = await make({ subject: 'flow 二', handler: as('wang').user.id })
    const pool = await worklist(as('li'), tenon, { pool: true })
    expect(pool).toMatchObject({
      total: 1,
      items: [
        {
          record: { id: free, stage: 'open' },
          label: '处理',
          can: ['claim', 'complete', 'saveDraft', 'transfer', 'delegate', 'addAssignee', 'removeAssignee', 'return'],
          nearest: { kind: 'limit', state: 'running' },
        },
      ],
    })
    expect((await worklist(as('boss'), tenon, {})).items.map((task) => task.record.id).sort()).toEqual(
      [free, taken].sort(),
    )
    const [task] = pool.items
    await tenon.run({ type: 'task.claim', task: task!.id }, 'li')
    expect((await worklist(as('li'), tenon, { mine: true })).items.map((one) => one.id)).toEqual([task!.id])
    expect((await worklist(as('wang'), tenon, { pool: true })).items.map((one) => one.record.id)).toEqual([taken])
    expect(await badgesOf(as('li'), tenon, 'desk')).toMatchObject({ items: {} })
    const context = await formContext(as('li'), tenon, 'desk', 'ticket', free, task!.id)
    expect(context).toMatchObject({
      mode: 'task',
      mask: { hours: 'edit' },
      state: { hours: { editable: true }, subject: { editable: false } },
    })
    await expect(readTaskView(as('guest'), tenon, task!.id)).rejects.toMatchObject({ code: 'task.notFound' })
    await expect(assignmentOf(as('li'), tenon, task!.id)).rejects.toMatchObject({ code: 'record.notFound' })
    const done = await tenon.run({ type: 'task.complete', task: task!.id, outcome: 'solved' }, 'li')
    expect(done.ok).toBe(true)
    expect((await worklist(as('li'), tenon, { state: 'completed', mine: true })).items).toMatchObject([
      { id: task!.id, outcome: 'solved', can: ['withdraw'] },
    ])
  })

  test('the row a command has left is put under the same scope as one that is read', async () => {
    const values = { subject: '换手', cost: '7.50', handler: as('wang').user.id }
    const made = await tenon.run({ type: 'record.create', app: 'desk', form: 'ticket', values }, 'boss')
    if (!made.ok || !made.value.record) throw new Error('not made')
    const row = made.value.record
    const view = (by: string, known?: typeof row) =>
      readRecordView(as(by), tenon, 'desk', 'ticket', row.id, known).catch((error: { code?: string }) => error.code)
    for (const by of ['boss', 'li', 'wang']) expect(await view(by, row)).toEqual(await view(by))
    expect(await view('li', row)).toBe('record.notFound')
    expect(await view('wang', row)).not.toHaveProperty('values.cost')
  })

  test('a list that is asked for again is read again, for its reader, at its moment, by what holds now', async () => {
    const subject = '再问一次'
    const id = await make({ subject, handler: as('li').user.id })
    const recent = JSON.stringify({
      all: [
        { fact: 'record', path: '$.created_at', operator: 'within', value: 'P1D' },
        { fact: 'record', path: '$.subject', operator: 'equal', value: subject },
      ],
    })
    const found = async (by: string, where: string) => (await list(by, { where })).items.map((item) => item.id)
    const same = JSON.stringify({ fact: 'record', path: '$.subject', operator: 'equal', value: subject })
    for (const _again of [1, 2]) {
      expect(await found('li', recent)).toEqual([id])
      expect(await found('li', same)).toEqual([id])
      expect(await found('wang', same)).toEqual([])
      expect(await list('li', { where: same })).toMatchObject({ total: 1 })
    }
    tenon.clock.advanceTo(tenon.clock.now() + 2 * 86_400_000)
    expect(await found('li', recent)).toEqual([])
    expect(await found('li', same)).toEqual([id])
    const other = await make({ subject, handler: as('li').user.id })
    expect((await found('li', same)).sort()).toEqual([id, other].sort())
    expect(await list('li', { where: same })).toMatchObject({ total: 2 })

    // Roles change hands: who asked as an agent asks as nobody, with the same words.
    await tenon.store.transact(async (tx) => {
      await tx.deleteFrom('role_grants').where('user_id', '=', as('li').user.id).execute()
      await bumpRevision(tx, 'directory')
      return ok(undefined)
    })
    tenon.memory.changed()
    await tenon.memory.fresh()
    await expect(list('li', { where: same })).rejects.toMatchObject({ code: 'record.notFound' })
    await tenon.store.transact(async (tx) => {
      await tx
        .insertInto('role_grants')
        .values({ user_id: as('li').user.id, app: 'desk', role: 'manager' })
        .execute()
      await bumpRevision(tx, 'directory')
      return ok(undefined)
    })
    tenon.memory.changed()
    await tenon.memory.fresh()
    expect((await list('li', {})).items.some((item) => item.id === others)).toBe(true)
  })
})
