import { afterAll, beforeAll, expect, test } from 'vitest'
import { afterSales } from '../../../../tests/support/after-sales.ts'
import { eachDatabase } from '../../../../tests/support/database.ts'
import type { AlertDetail, AlertPage, AlertRows, RuleRunList } from '../../src/contract/index.ts'
import { type Bench, type Caller, openBench } from './harness.ts'

const records = (form: string) => `/api/apps/after_sales/forms/${form}/records`

eachDatabase((database) => {
  let bench: Bench
  let people: { readonly [name in 'agent1' | 'supervisor' | 'manager' | 'viewer' | 'finance']: Caller }
  const signInAll = async () => {
    const signIn = (name: string) => bench.signIn(name, 'tenon-demo')
    people = {
      agent1: await signIn('agent1'),
      supervisor: await signIn('supervisor'),
      manager: await signIn('manager'),
      viewer: await signIn('viewer'),
      finance: await signIn('finance'),
    }
  }
  beforeAll(async () => {
    bench = await openBench(database.url, { TENON_TEST_CLOCK: '1' })
    await signInAll()
  })
  afterAll(() => bench.close())

  const make = async (form: string, values: object, by: Caller = people.supervisor) => {
    const answer = await by.send('POST', records(form), { values })
    if (answer.statusCode !== 201) throw new Error(answer.body)
    return answer.json<{ id: string; version: number }>()
  }
  const customer = (name: string, level = 'vip') => make('customer', { name, level, region: 'east' })
  const complaint = (of: string) =>
    make('ticket', { subject: '停机', request_type: 'technical', customer: of, severe: true }, people.agent1)
  const alerts = async (query = '', by: Caller = people.supervisor) =>
    (await by.send('GET', `/api/alerts?${query}`)).json<AlertPage>()
  const ofCustomer = async (title: string) =>
    (await alerts()).items.filter((one) => JSON.stringify(one.title).includes(title))
  /** Time goes on; sessions do not last that long. */
  const pass = async (advance: string) => {
    await bench.inject({ method: 'POST', url: '/api/test/clock', payload: { advance } })
    await signInAll()
  }

  test('of complaints made at the same moment, however many, one raises one alert', async () => {
    const { id } = await customer('并发医院')
    await Promise.all(Array.from({ length: 6 }, () => complaint(id)))
    expect(await ofCustomer('并发医院')).toHaveLength(1)
    const bell = (await people.supervisor.send('GET', '/api/notifications')).json<{ items: { title: string }[] }>()
    expect(bell.items.filter(({ title }) => title.includes('并发医院'))).toHaveLength(1)
  })

  test('two complaints are none, the third is one alert, with its reasons and its records', async () => {
    const { id } = await customer('三次医院')
    const made = [await complaint(id), await complaint(id)]
    expect(await ofCustomer('三次医院')).toEqual([])
    made.push(await complaint(id))
    const [alert] = await ofCustomer('三次医院')
    expect(alert).toMatchObject({
      state: 'open',
      severity: 'critical',
      can: ['acknowledge', 'close'],
      record: { id: made[2]?.id },
    })
    const detail = (await people.supervisor.send('GET', `/api/alerts/${alert?.id}`)).json<AlertDetail>()
    expect(detail.why.map(({ kind, result, actual }) => [kind, result, actual])).toEqual([
      ['all', true, null],
      ['field', true, 'vip'],
      ['any', true, null],
      ['metric', true, 3],
      ['metric', false, null],
    ])
    expect(detail.evidence[0]).toMatchObject({ metric: 'severe_complaints', form: 'ticket', kept: 3, total: 3 })
    const rows = await people.supervisor.send('GET', `/api/alerts/${alert?.id}/rows?metric=severe_complaints`)
    expect(new Set(rows.json<AlertRows>().page.items.map((row) => row.id))).toEqual(new Set(made.map((row) => row.id)))
    const [run] = (
      await people.manager.send('GET', '/api/apps/after_sales/rule-runs?rule=churn_risk&outcome=fired')
    ).json<RuleRunList>().items
    expect(run).toMatchObject({ record: { id: made[2]?.id }, event: 'created', outcome: 'fired' })
    const ofRecord = await people.agent1.send('GET', `${records('ticket')}/${made[1]?.id}/rule-runs`)
    expect(ofRecord.json<RuleRunList>().items.find(({ rule }) => rule.id === 'churn_risk')).toMatchObject({
      outcome: 'notMet',
      why: expect.arrayContaining([expect.objectContaining({ kind: 'metric', actual: 2, result: false })]),
    })
  })

  test('it is for those it was sent to and those who manage; nobody else learns of it', async () => {
    const [alert] = await ofCustomer('三次医院')
    for (const by of [people.viewer, people.finance]) {
      expect((await alerts('', by)).items).toEqual([])
      for (const [method, path, body] of [
        ['GET', '', undefined],
        ['GET', '/rows?metric=severe_complaints', undefined],
        ['POST', '/acknowledge', {}],
        ['POST', '/close', {}],
      ] as const)
        expect((await by.send(method, `/api/alerts/${alert?.id}${path}`, body)).json()).toMatchObject({
          status: 404,
          code: 'alert.notFound',
        })
    }
    expect((await people.viewer.send('GET', '/api/apps/after_sales/rule-runs')).statusCode).toBe(403)
    expect((await alerts('mine=true', people.manager)).items.map(({ id }) => id)).not.toContain(alert?.id)
    expect((await alerts('', people.manager)).items.map(({ id }) => id)).toContain(alert?.id)
  })

  test('acknowledged once, ended by itself when complaints leave the window, and raised anew', async () => {
    const [alert] = await ofCustomer('三次医院')
    const answer = await people.supervisor.send('POST', `/api/alerts/${alert?.id}/acknowledge`, { comment: '已联系' })
    expect(answer.json<AlertDetail>().alert).toMatchObject({ state: 'acknowledged', comment: '已联系', can: ['close'] })
    await pass('P29D')
    expect((await ofCustomer('三次医院'))[0]).toMatchObject({ state: 'acknowledged' })
    await pass('P1DT2H')
    expect((await ofCustomer('三次医院'))[0]).toMatchObject({ state: 'ended', can: [] })
    expect((await people.supervisor.send('POST', `/api/alerts/${alert?.id}/close`, {})).json()).toMatchObject({
      status: 409,
      code: 'alert.over',
    })
    const of = (await people.supervisor.send('GET', records('customer'))).json<{
      items: { id: string; title: string }[]
    }>()
    const id = of.items.find(({ title }) => title === '三次医院')?.id ?? ''
    for (let n = 0; n < 3; n += 1) await complaint(id)
    expect(await ofCustomer('三次医院')).toHaveLength(2)
  })

  test('closed by a person it is not raised again while it stands; corrected records end it', async () => {
    const { id } = await customer('更正医院')
    const made = [await complaint(id), await complaint(id), await complaint(id)]
    const [alert] = await ofCustomer('更正医院')
    await people.supervisor.send('POST', `/api/alerts/${alert?.id}/close`, {})
    await complaint(id)
    expect(await ofCustomer('更正医院')).toMatchObject([{ state: 'closed', clearedAt: null }])
    for (const row of made.slice(0, 2)) {
      const url = `${records('ticket')}/${row.id}`
      const { version } = (await people.supervisor.send('GET', url)).json<{ version: number }>()
      const corrected = await people.supervisor.send('PATCH', url, { version, values: { severe: false } })
      expect(corrected.statusCode).toBe(200)
    }
    expect((await ofCustomer('更正医院'))[0]?.clearedAt).not.toBeNull()
  })
}, afterSales)
