import type { PublishPlan } from '@tenon/runtime/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import type { Documents } from '../store/newborn.ts'
import { type Desk, openDesk, tickets, wireFiles } from './desk.ts'
import { type Caller, password } from './harness.ts'

const field = (files: Documents, id: string) =>
  files['forms/ticket.json'].fields.find((one: { id: string }) => one.id === id)
/** Somebody designs the app without a right to read its tickets; another one may read them without their costs. */
const withDrawer = (files: Documents) => {
  files['app.json'].roles.push({ id: 'drawer', label: '设计', can: ['design'] })
  files['app.json'].roles.push({ id: 'artist', label: '绘制', can: ['design'] })
  files['forms/ticket.json'].access.push({
    id: 'artists',
    role: 'artist',
    can: ['read'],
    rows: { fact: 'record', path: '$.priority', operator: 'equal', value: 'urgent' },
    fields: { cost: 'hidden', double: 'hidden' },
  })
}

eachDatabase((database) => {
  let desk: Desk
  let drawer: Caller
  let artist: Caller
  beforeAll(async () => {
    desk = await openDesk(database.url, {}, withDrawer)
    const person = async (username: string, role: string) => {
      const grants = [{ app: 'desk', role }]
      const made = await desk.admin.send('POST', '/api/admin/users', { username, name: username, password, grants })
      expect(made.statusCode).toBe(201)
      return desk.signIn(username)
    }
    drawer = await person('drawer', 'drawer')
    artist = await person('artist', 'artist')
    for (const [subject, cost, priority, tags] of [
      ['12', '3.00', 'normal', ['a']],
      ['forty', '5.00', 'urgent', ['b']],
      ['fifty', '7.00', 'normal', ['a', 'b']],
    ] as const) {
      const values = { subject, cost, priority, tags }
      expect((await desk.boss.send('POST', tickets, { values })).statusCode).toBe(201)
    }
  })
  afterAll(() => desk.close())

  const steps = async (change: (files: Documents) => void, caller = desk.boss) => {
    const files = wireFiles((all) => {
      withDrawer(all)
      change(all)
    })
    const answer = await caller.send('POST', '/api/design/apps/desk/plan', { files }, { 'accept-language': 'en' })
    const plan = answer.json<PublishPlan>()
    expect(plan.problems.filter((one) => one.severity === 'error')).toEqual([])
    return plan.steps.filter((step) => step.kind !== 'safe')
  }
  const numbered = (files: Documents) => {
    Object.assign(field(files, 'subject'), { type: 'number' })
    files['forms/ticket.json'].title = { formula: 'number' }
    delete files['flows/handling.json']
  }
  const shown = (list: Awaited<ReturnType<typeof steps>>) =>
    list.map(({ lost, values }) => [lost, ...values.map((one) => one.value)])

  test('a conversion shows the first values that will not convert, with their records', async () => {
    const [step] = await steps(numbered)
    expect(step).toMatchObject({ key: 'fieldConverted:ticket.subject', kind: 'confirm', affected: 3, lost: 2 })
    expect(step?.what).toMatch(/由“单行文本”改为“数字”|from Text to Number/)
    expect(step?.values.map((one) => one.value)).toEqual(['forty', 'fifty'])
    const record = await desk.boss.send('GET', `${tickets}/${step?.values[0]?.record}`)
    expect(record.json()).toMatchObject({ title: step?.values[0]?.title, values: { subject: 'forty' } })
  })

  test('what is taken away shows the first values that go', async () => {
    const gone = (files: Documents) => {
      const form = files['forms/ticket.json']
      form.fields = form.fields.filter((one: { id: string }) => one.id !== 'cost' && one.id !== 'double')
      for (const entry of form.access) delete entry.fields
      field(files, 'tags').options = [{ id: 'a', label: '甲' }]
    }
    expect(shown(await steps(gone))).toEqual([
      [3, '¥3.00', '¥5.00', '¥7.00'],
      [3, '¥6.00', '¥10.00', '¥14.00'],
      [2, '乙', '甲, 乙'],
    ])
  })

  test('nobody sees by planning what he may not read: values, records, fields', async () => {
    expect(shown(await steps(numbered, drawer))).toEqual([[2]])
    expect(shown(await steps(numbered, artist))).toEqual([[2, 'forty']])
    const cheap = (files: Documents) => {
      Object.assign(field(files, 'cost'), { type: 'select', options: [{ id: 'x', label: 'X' }] })
      files['forms/ticket.json'].fields = files['forms/ticket.json'].fields.filter(
        (one: { id: string }) => one.id !== 'double',
      )
      for (const entry of files['forms/ticket.json'].access) if (entry.fields) entry.fields = { cost: 'hidden' }
    }
    const values = async (caller: Caller) =>
      (await steps(cheap, caller)).find((one) => one.key === 'fieldConverted:ticket.cost')
    expect(await values(artist)).toMatchObject({ lost: 3, values: [] })
    expect((await values(desk.boss))?.values).toHaveLength(3)
  })

  test('values of records are not kept with the version or in the audit trail', async () => {
    const files = wireFiles((all) => {
      withDrawer(all)
      numbered(all)
    })
    const confirm = ['fieldConverted:ticket.subject']
    const done = await desk.boss.send('POST', '/api/design/apps/desk/publish', { files, confirm })
    expect(done.statusCode).toBe(200)
    const kept = await desk.app.ports.store.read.selectFrom('app_versions').select('plan').execute()
    expect(JSON.stringify(kept)).toContain('fieldConverted')
    expect(JSON.stringify(kept)).not.toContain('forty')
    expect((await desk.admin.send('GET', '/api/admin/audit')).body).not.toContain('forty')
  })
})
