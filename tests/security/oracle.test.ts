import { afterAll, beforeAll, expect, test } from 'vitest'
import { afterSales } from '../support/after-sales.ts'
import { eachDatabase } from '../support/database.ts'
import { openStage, records, type Stage, told } from './stage.ts'

// RT-D1: two databases that differ only in what somebody may not see must answer that person alike, whatever is asked.
const viewer = 'viewer'
const tickets = records('ticket')
const query = '/api/apps/after_sales/query'
/** Hidden from viewers in the template, one of each kind of value, and a name nobody has ever given. */
const hidden = ['cost', 'contact', 'description', 'solution', 'attachments'] as const
const nothing = 'no_such_field'

const leaf = (field: string, operator: string, value?: unknown) => ({
  fact: 'record',
  path: `$.${field}`,
  operator,
  ...(value !== undefined && { value }),
})
const count = { id: 'n', agg: 'count' }
const listed = (parameters: Record<string, unknown>) =>
  `${tickets}?${new URLSearchParams(Object.entries(parameters).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]))}`
const exported = (parameters: Record<string, string>) =>
  `/api/apps/after_sales/forms/ticket/export?${new URLSearchParams(parameters)}`

type Probe = readonly [method: string, url: string, payload?: object]
/** Every question that could be asked of a field. */
const probes = (field: string): readonly Probe[] => [
  ['GET', listed({ fields: `subject,${field}` })],
  ['GET', listed({ sort: field })],
  ['GET', listed({ sort: `-${field}` })],
  ...['isEmpty', 'isNotEmpty'].map((operator): Probe => ['GET', listed({ where: leaf(field, operator) })]),
  ...['equal', 'notEqual', 'greaterThan', 'lessThan', 'contains', 'startsWith', 'in', 'between'].map(
    (operator): Probe => [
      'GET',
      listed({ where: leaf(field, operator, operator === 'in' || operator === 'between' ? ['1', '9'] : '1') }),
    ],
  ),
  ['GET', listed({ where: { not: leaf(field, 'isEmpty') } })],
  ['GET', listed({ where: { any: [leaf('subject', 'equal', 'x'), leaf(field, 'isNotEmpty')] } })],
  ['GET', listed({ where: leaf('subject', 'equal', { ref: `$.record.${field}` }) })],
  ['GET', listed({ where: { formula: `${field} != null` } })],
  ['GET', exported({ format: 'csv', fields: `subject,${field}` })],
  ['GET', exported({ format: 'csv', sort: field })],
  ['POST', query, { query: { form: 'ticket', by: [{ field }], measures: [count] } }],
  ['POST', query, { query: { form: 'ticket', by: [{ field, bucket: 'month' }], measures: [count] } }],
  ...['sum', 'avg', 'min', 'max', 'median', 'countDistinct'].map(
    (agg): Probe => ['POST', query, { query: { form: 'ticket', measures: [{ id: 'n', agg, field }] } }],
  ),
  ['POST', query, { query: { form: 'ticket', measures: [{ id: 'n', agg: 'percentile', p: 0.5, field }] } }],
  ['POST', query, { query: { form: 'ticket', measures: [{ ...count, where: leaf(field, 'isNotEmpty') }] } }],
  ['POST', query, { query: { form: 'ticket', measures: [{ id: 'n', agg: 'ratio', of: leaf(field, 'isNotEmpty') }] } }],
  ['POST', query, { query: { form: 'ticket', where: leaf(field, 'isNotEmpty'), measures: [count] } }],
  ['POST', query, { query: { form: 'ticket', measures: [count], by: [{ field: 'stage' }], sort: [field] } }],
  ['POST', `${tickets}/batch`, { where: leaf(field, 'isNotEmpty'), values: { subject: 'x' } }],
  ['POST', tickets, { values: { subject: 'x', [field]: '1' } }],
]

eachDatabase((database) => {
  let stage: Stage
  let seen: string
  let unseen: string
  beforeAll(async () => {
    stage = await openStage(database.url)
    const contact = await stage.create('contact', { name: '唐晓东' })
    const secrets = { cost: '880.00', contact, description: 'zebrafinch 的秘密', solution: 'quokka 方案' }
    seen = await stage.create('ticket', { subject: 'A-100 卡纸', request_type: 'technical', ...secrets })
    await stage.create('ticket', { subject: 'A-200 异响', request_type: 'consultation', cost: '12.00' })
    unseen = await stage.create('ticket', {
      subject: '被隐藏的投诉 wombat',
      request_type: 'consultation',
      severe: true,
      ...secrets,
    })
  })
  afterAll(() => stage.close())

  /** Other secrets in the same records, behind the back of everything that would leave a visible trace. */
  async function changeSecrets(): Promise<void> {
    const { store } = stage.app.ports
    const changed = await store.transact(async (tx) => {
      const set = (id: string, values: object) =>
        tx
          .updateTable('r_after_sales_ticket' as never)
          .set(values as never)
          .where('id' as never, '=', id as never)
          .execute()
      await set(seen, { f_cost: 99_900, f_contact: null, f_description: 'another', f_solution: null })
      await set(unseen, { f_cost: null, f_subject: 'yet another', title: 'yet another' })
      return { ok: true as const, value: undefined }
    })
    expect(changed.ok).toBe(true)
  }
  const answers = async (asked: readonly Probe[]) => {
    const found: string[] = []
    for (const [method, url, payload] of asked)
      found.push(
        `${method} ${url} ${JSON.stringify(payload ?? '')} → ${told(await stage.ask(viewer, method, url, payload))}`,
      )
    return found
  }

  test.each([
    [viewer, hidden],
    ['agent1', ['cost']],
    ['engineer1', ['cost', 'satisfaction']],
    ['warehouse', ['cost']],
  ] as const)('asked about by %s, a hidden field is a field that does not exist', async (person, fields) => {
    for (const field of fields) {
      for (const [i, [method, url, payload]] of probes(field).entries()) {
        const other = probes(nothing)[i]
        if (other === undefined) throw new Error('no probe')
        const about = told(await stage.ask(person, method, url, payload)).replaceAll(field, nothing)
        const absent = told(await stage.ask(person, ...other))
        expect(about, `${method} ${url} ${JSON.stringify(payload ?? '')}`).toBe(absent)
        expect(about).not.toMatch(/^5/)
      }
    }
  })

  test('search finds nothing by hidden words, nor what is hidden by row', async () => {
    const found = async (q: string) => [
      told(await stage.ask(viewer, 'GET', listed({ q }))),
      told(await stage.ask(viewer, 'GET', `/api/search?q=${encodeURIComponent(q)}`)),
    ]
    const none = await found('nosuchwordanywhere')
    for (const word of ['zebrafinch', 'quokka', 'wombat', '秘密']) expect(await found(word), word).toEqual(none)
    // The words are there for whoever may read them.
    expect((await stage.ask('supervisor', 'GET', listed({ q: 'zebrafinch' }))).json<{ total: number }>().total).toBe(2)
  })

  test('the same questions to two databases that differ in secrets only get the same answers', async () => {
    const board = '/api/apps/after_sales/boards/service_overview/data'
    const asked: readonly Probe[] = [
      ...hidden.flatMap(probes),
      ['GET', tickets],
      ['GET', listed({ sort: '-created_at', fields: 'subject,stage,priority' })],
      ['GET', `${tickets}/${seen}`],
      ['GET', `${tickets}/${seen}/form`],
      ['GET', `${tickets}/${seen}/timeline`],
      ['GET', `${tickets}/${unseen}`],
      ['GET', `${tickets}/${unseen}/timeline`],
      ['GET', exported({ format: 'csv' })],
      ['GET', board],
      ['GET', '/api/tasks'],
      ['GET', '/api/notifications'],
      ['GET', '/api/apps/after_sales'],
      ['GET', '/api/apps/after_sales/badges'],
      ['GET', `${records('contact')}`],
      ['GET', '/api/search?q=A-100'],
      [
        'POST',
        query,
        {
          query: { form: 'ticket', by: [{ field: 'request_type' }], measures: [count, { id: 'm', metric: 'tickets' }] },
        },
      ],
      ['POST', query, { query: { form: 'ticket', measures: [{ id: 'm', metric: 'severe_complaints' }] } }],
    ]
    // In working hours the clocks run on meanwhile.
    const still = (told: readonly string[]) =>
      told.map((one) => one.replaceAll(/"(elapsed|counted)Ms":\d+/g, '"$1Ms":0'))
    const before = still(await answers(asked))
    await changeSecrets()
    expect(still(await answers(asked))).toEqual(before)
  })
}, afterSales)
