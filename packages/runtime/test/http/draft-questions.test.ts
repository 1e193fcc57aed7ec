import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import type { AssignmentTried, QueryAnswer, RecordView, ScenarioRun } from '../../src/contract/index.ts'
import type { Documents } from '../store/newborn.ts'
import { type Desk, openDesk, tickets, wireFiles } from './desk.ts'

const live = (files: Documents) => {
  files['forms/ticket.json'].access[1].fields = { hours: 'hidden' }
}
const strategy = (filter: object[]) => ({
  id: 'by_load',
  kind: 'assignment',
  schemaVersion: 1,
  label: '按负载',
  pool: [{ role: 'agent' }],
  filter,
  score: [{ id: 'idle', label: '空闲', weight: 2, measure: 'idle' }],
  fallback: [{ role: 'manager' }],
})
const filterOf = (id: string, must: object) => ({ id, label: id, must })
const drafted = (filter: object[]) =>
  wireFiles((files) => {
    live(files)
    files['assignments/by_load.json'] = strategy(filter)
    for (const id of ['first', 'second'])
      files[`scenarios/${id}.json`] = {
        id,
        kind: 'scenario',
        schemaVersion: 1,
        given: { now: '2026-03-02T08:00:00+08:00' },
        steps: [{ advance: 'PT1H' }],
      }
  })
const metric = (measure: object) => ({
  id: 'figure',
  kind: 'metric',
  schemaVersion: 1,
  label: '数',
  form: 'ticket',
  measure,
  doc: '数',
})

eachDatabase((database) => {
  let desk: Desk
  let one: RecordView
  beforeAll(async () => {
    desk = await openDesk(database.url, { TENON_TEST_CLOCK: '1' }, live)
    one = (await desk.li.send('POST', tickets, { values: { subject: 'one', hours: '2.0' } })).json<RecordView>()
    await desk.li.send('POST', tickets, { values: { subject: 'two', hours: '3.0' } })
  })
  afterAll(() => desk.close())
  const ask = (what: string, body: object, by = desk.boss) => by.send('POST', `/api/design/apps/desk/${what}`, body)
  const attempt = async (filter: object[], about: object = { record: one.id }) =>
    (
      await ask('assignment/try', { files: drafted(filter), strategy: 'by_load', form: 'ticket', ...about })
    ).json<AssignmentTried>()

  test('a strategy of a draft tells whom it would choose, everybody it looked at, and why not', async () => {
    const notWang = filterOf('not_wang', {
      fact: 'candidate',
      path: '$.username',
      operator: 'notEqual',
      value: 'wang',
    })
    const tried = await attempt([notWang])
    expect(tried).toMatchObject({
      chosen: desk.ids.li,
      fallback: [desk.ids.boss],
      candidates: [
        { user: desk.ids.li, failed: [], scores: [{ id: 'idle', value: 1, weighted: 2 }], total: 2, openTasks: 0 },
        { user: desk.ids.wang, failed: ['not_wang'], scores: [] },
      ],
    })
    expect(tried.refs[desk.ids.wang ?? '']).toMatchObject({ name: 'wang' })

    const onlyTwo = filterOf('only_two', { fact: 'record', path: '$.subject', operator: 'equal', value: 'two' })
    expect((await attempt([onlyTwo])).chosen).toBeNull()
    expect((await attempt([onlyTwo], { values: { subject: 'two' } })).chosen).not.toBeNull()
  })

  test('it looks at no field its author may not read, and is no way in for others', async () => {
    const manyHours = filterOf('many', { fact: 'record', path: '$.hours', operator: 'greaterThan', value: '1' })
    const tried = await attempt([manyHours])
    expect(tried.chosen).toBeNull()
    expect(tried.candidates.map(({ failed }) => failed)).toEqual([['many'], ['many']])
    const body = { files: drafted([]), strategy: 'by_load', form: 'ticket', record: one.id }
    expect((await ask('assignment/try', body, desk.li)).statusCode).toBe(403)
    expect((await ask('assignment/try', { ...body, record: '00000000-0000-7000-8000-000000000000' })).statusCode).toBe(
      404,
    )
  })

  test('a metric of a draft is counted under the rights of who asks', async () => {
    const query = { form: 'ticket', measures: [{ id: 'figure', metric: 'figure' }] }
    const counted = await ask('query', { query, metrics: [metric({ count: true })] })
    expect(counted.json<QueryAnswer>()).toMatchObject({ rows: [[2]] })
    const hidden = await ask('query', { query, metrics: [metric({ sum: 'hours' })] })
    expect(hidden.statusCode).toBe(422)
    expect(JSON.stringify(hidden.json())).toContain('metric.unknown')
    expect((await ask('query', { query, metrics: [metric({ nonsense: 1 })] })).statusCode).toBe(422)
    expect((await ask('query', { query, metrics: [metric({ count: true })] }, desk.li)).statusCode).toBe(403)
  })

  test('one scenario of a draft is run alone', async () => {
    const files = drafted([])
    expect((await ask('scenarios/run', { files })).json<ScenarioRun>().items).toHaveLength(2)
    const alone = (await ask('scenarios/run', { files, scenario: 'second' })).json<ScenarioRun>()
    expect(alone.items).toMatchObject([{ id: 'second', result: 'passed' }])
  })
})
