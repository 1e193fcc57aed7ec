import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FormDefinition, formatInstant, parseInstant } from '@tenon/engine'
import type { MetricDefinition } from '@tenon/reports'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operatorKey } from '../../packages/runtime/src/server/auth/operator.ts'
import { runImport } from '../../packages/runtime/src/server/import/index.ts'
import { type Bench, openBench } from '../../packages/runtime/test/http/harness.ts'
import { afterSales } from '../support/after-sales.ts'
import { eachDatabase } from '../support/database.ts'

// The examples that practice gives for its figures, word for word, on the template's own metrics.
const template = new URL('../../templates/after-sales/', import.meta.url).pathname
const json = <T>(path: string): T => JSON.parse(readFileSync(join(template, path), 'utf8')) as T
const metric = (id: string) => json<MetricDefinition>(`metrics/${id}.json`)

/** A closed ticket of an example; minutes count from its opening. */
type Ticket = {
  readonly respondedMin?: number
  readonly resolvedMin?: number
  readonly closedMin?: number
  readonly reassigned?: number
  readonly reopened?: number
  readonly score?: number
  readonly madeSla?: boolean
}
const opened = parseInstant('2026-03-02T01:00:00Z') ?? 0
const minutesLater = (minutes: number | undefined) =>
  minutes === undefined ? '' : formatInstant(opened + minutes * 60_000)
const times = (count: number, ticket: Ticket): readonly Ticket[] => Array.from({ length: count }, () => ticket)

/** Each example in its own place, so that they do not mix. */
const examples: { readonly [place: string]: readonly Ticket[] } = {
  frt: [{ respondedMin: 10 }, { respondedMin: 20 }, { respondedMin: 60 }, {}],
  fcr: [
    ...times(17, { closedMin: 60 }),
    { closedMin: 60, reassigned: 1 },
    { closedMin: 60, reopened: 1 },
    { closedMin: 60, reassigned: 2, reopened: 1 },
  ],
  csat: [...times(20, { score: 5 }), ...times(14, { score: 4 }), ...times(6, { score: 3 }), ...times(10, {})],
  resolution: [...times(8, { resolvedMin: 30 }), ...times(2, {})],
  aht: [{ closedMin: 60 }, { closedMin: 180 }, {}],
  sla: [...times(9, { madeSla: true }), { madeSla: false }, {}],
}

const columns = [
  'subject',
  'place',
  'opened',
  'responded',
  'resolved',
  'closed',
  'reassigned',
  'reopened',
  'score',
  'sla',
] as const
const rows = Object.entries(examples).flatMap(([place, tickets]) =>
  tickets.map((one, at) => [
    `${place} ${at}`,
    place,
    minutesLater(0),
    minutesLater(one.respondedMin),
    minutesLater(one.resolvedMin),
    minutesLater(one.closedMin),
    one.reassigned ?? 0,
    one.reopened ?? 0,
    one.score ?? '',
    one.madeSla ?? '',
  ]),
)
const stage = { field: 'stage', column: 'closed', map: { [minutesLater(60)]: 'closed', [minutesLater(180)]: 'closed' } }
const mapping = {
  fields: [
    { field: 'subject', column: 'subject' },
    { field: 'site', column: 'place' },
    { field: 'request_type', value: 'technical' },
    stage,
    { field: 'opened_at', column: 'opened' },
    { field: 'first_responded_at', column: 'responded' },
    { field: 'resolved_at', column: 'resolved' },
    { field: 'closed_at', column: 'closed' },
    { field: 'reassignment_count', column: 'reassigned' },
    { field: 'reopen_count', column: 'reopened' },
    { field: 'satisfaction', column: 'score' },
    { field: 'made_sla', column: 'sla' },
  ],
  history: { createdAt: 'opened_at' },
}

eachDatabase((database) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(database.url)
    const { ports } = bench.app
    const done = await runImport(ports, {
      principal: { kind: 'system', reason: 'test' },
      app: 'after_sales',
      form: 'ticket',
      mode: 'all',
      dryRun: false,
      mapping,
      batch: ports.newId(),
      bytes: Buffer.from([columns, ...rows].map((row) => row.join(',')).join('\n')),
    })
    if (!done.ok || !done.value.written) throw new Error(JSON.stringify(done))
  })
  afterAll(() => bench.close())

  /** The figure of an example, as the manager's board would show it. */
  async function figure(place: string, id: string): Promise<unknown> {
    const answer = await bench.inject({
      method: 'POST',
      url: '/api/apps/after_sales/query',
      headers: { authorization: `Bearer ${operatorKey(bench.config.dataFolder)}`, 'x-tenon-as': 'manager' },
      payload: {
        query: {
          form: 'ticket',
          where: { fact: 'record', path: '$.site', operator: 'equal', value: place },
          measures: [{ id: 'figure', metric: id }],
        },
      },
    })
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.json<{ rows: unknown[][] }>().rows[0]?.[0]
  }

  test('FRT: answered after 10, 20 and 60 minutes is 30 minutes; what was never answered is left out', async () => {
    expect(await figure('frt', 'frt_avg')).toBe('PT30M')
  })
  test('FCR: 17 of 20 tickets solved in the first interaction are 85 %', async () => {
    expect(Number(await figure('fcr', 'fcr_ratio'))).toBe(0.85)
  })
  test('CSAT: 34 of 40 returned answers are satisfied, 85 %; the ten that did not answer are not in the denominator', async () => {
    expect(Number(await figure('csat', 'csat_ratio'))).toBe(0.85)
    expect(Number(await figure('csat', 'csat_avg'))).toBeCloseTo((20 * 5 + 14 * 4 + 6 * 3) / 40, 4)
  })
  test('resolution rate: 8 of 10 are 80 %, and it is not FCR', async () => {
    expect(Number(await figure('resolution', 'resolution_rate'))).toBe(0.8)
  })
  test('AHT: closed after one and three hours is two hours, end to end', async () => {
    expect(await figure('aht', 'aht_avg')).toBe('PT2H')
  })
  test('SLA attainment: 9 of 10 with a result are 90 %', async () => {
    expect(Number(await figure('sla', 'made_sla_ratio'))).toBe(0.9)
  })
}, afterSales)

describe('the metric dictionary', () => {
  const metrics = readdirSync(join(template, 'metrics')).map((file) => json<MetricDefinition>(`metrics/${file}`))

  test('every figure says in both languages what it is and how it counts', () => {
    expect(metrics.length).toBeGreaterThan(10)
    for (const { id, label, doc } of metrics) {
      for (const text of [label, doc]) expect(Object.keys(text), id).toEqual(expect.arrayContaining(['zh-CN', 'en']))
    }
  })
  test('the benchmarks are preset: first response within 2 h, FCR 85 %, CSAT 4.2 of 5', () => {
    expect([metric('frt_avg').target, metric('fcr_ratio').target, metric('csat_avg').target]).toEqual([
      'PT2H',
      0.85,
      4.2,
    ])
  })
})

describe('what the files hold', () => {
  const fields = (form: string) => json<FormDefinition>(`forms/${form}.json`).fields.map((field) => field.id)

  test('customer: level, region, credit grade, key decision maker, years of cooperation, accumulated turnover, managers', () => {
    expect(fields('customer')).toEqual(
      expect.arrayContaining([
        'level',
        'region',
        'credit_grade',
        'key_decision_maker',
        'cooperation_since',
        'accumulated_turnover',
        'account_manager',
        'service_manager',
      ]),
    )
  })
  test('asset: serial number, purchase and installation date, warranty, maintenance contract', () => {
    expect(fields('asset')).toEqual(
      expect.arrayContaining(['serial_number', 'purchase_date', 'install_date', 'warranty_until', 'contract_status']),
    )
  })
  test('the seven request types', () => {
    const ticket = json<FormDefinition>('forms/ticket.json').fields.find((field) => field.id === 'request_type')
    expect(
      (ticket as unknown as { options: { label: { 'zh-CN': string } }[] }).options.map(
        (option) => option.label['zh-CN'],
      ),
    ).toEqual(['产品咨询', '订单查询', '物流追踪', '技术支持', '质量投诉', '退货换货', '账款核对'])
  })
  test('no line of code: definitions, samples and words only', () => {
    const files = readdirSync(template, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(files.filter((file) => !/\.(json|csv|md)$/.test(file.name))).toEqual([])
  })
})
