import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import {
  type Condition,
  type Field,
  type FieldValue,
  formModel,
  parseDurationMs,
  type RecordFacts,
} from '@tenon/engine'
import { planQuery, type QueryDefinition } from '@tenon/reports'
import { compileQuery, type QueryAnswer, runQuery } from '@tenon/reports/sql'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { environment, type OpenDesk, openDesk } from './desk.ts'

// Real tickets, and figures about them that others have reckoned independently.
const folder = resolve(
  process.env.TENON_SHARED ?? resolve(import.meta.dirname, '../../../../../shared'),
  'data/incident-log',
)
const isThere = existsSync(folder)
const json = (name: string) => JSON.parse(readFileSync(resolve(folder, name), 'utf8'))

const texts = [
  'number',
  'incident_state',
  'contact_type',
  'location',
  'category',
  'subcategory',
  'priority',
  'assignment_group',
  'assigned_to',
  'closed_code',
  'caller_id',
  'vendor',
  'knowledge',
  'made_sla',
  'u_symptom',
  'impact',
  'urgency',
  'resolved_by',
  'cmdb_ci',
  'opened_by',
  'problem_id',
  'rfc',
  'caused_by',
  'notify',
  'u_priority_confirmation',
]
const numbers = ['event_count', 'reassignment_count', 'reopen_count', 'sys_mod_count']
const moments = [
  'opened_at',
  'resolved_at',
  'closed_at',
  'first_response_at',
  'first_assigned_at',
  'sys_updated_at',
  'sys_created_at',
]
const fields: Field[] = [
  ...texts.map((id): Field => ({ type: 'text', id, label: id })),
  ...numbers.map((id): Field => ({ type: 'number', id, label: id })),
  ...moments.map((id): Field => ({ type: 'dateTime', id, label: id })),
]
const form = formModel(
  { kind: 'form', schemaVersion: 1, id: 'incident', label: 'incident', title: { formula: 'number' }, fields },
  { id: 'demo', currency: 'CNY' },
)
const desk = {
  forms: new Map([['incident', form]]),
  lookup: (name: string) => (name === 'incident' ? form : undefined),
}

type Csv = { readonly [column: string]: string }
function readTickets(): readonly (RecordFacts & { readonly id: string })[] {
  const rows = parse(gunzipSync(readFileSync(resolve(folder, 'tickets.csv.gz'))), { columns: true }) as Csv[]
  const instant = (text: string) => `${text.replace(' ', 'T')}${text.length === 16 ? ':00' : ''}.000Z`
  return rows.map((row) => ({
    id: row.number ?? '',
    ...Object.fromEntries(texts.flatMap((id) => (row[id] ? [[id, row[id]]] : []))),
    ...Object.fromEntries(numbers.flatMap((id) => (row[id] ? [[id, Number(row[id])]] : []))),
    ...Object.fromEntries(moments.flatMap((id) => (row[id] ? [[id, instant(row[id] ?? '')]] : []))),
  }))
}

type Case = {
  readonly id: string
  readonly title: string
  readonly filters?: readonly { readonly field: string; readonly op: string; readonly value?: unknown }[]
  readonly group_by?: readonly (string | { readonly field: string; readonly bucket: string })[]
  readonly measures: readonly { readonly agg: string; readonly field?: string }[]
  readonly order_by?: string
  readonly limit?: number
  readonly matched_rows: number
  readonly rows: readonly (readonly unknown[])[]
}

const operators = {
  '=': 'equal',
  '!=': 'notEqual',
  '>': 'greaterThan',
  '>=': 'greaterThanInclusive',
  '<': 'lessThan',
  '<=': 'lessThanInclusive',
  in: 'in',
  contains: 'contains',
  starts_with: 'startsWith',
  empty: 'isEmpty',
  not_empty: 'isNotEmpty',
  between: 'between',
} as const
const zulu = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d \d\d/.test(value)
    ? `${value.replace(' ', 'T')}Z`
    : Array.isArray(value)
      ? value.map(zulu)
      : value
const buckets = { hour: 'hourOfDay' } as Record<string, string>

function queryOf({ filters = [], group_by = [], measures, order_by, limit }: Case): QueryDefinition {
  const where = {
    all: filters.map(({ field, op, value }) => ({
      fact: 'record',
      path: `$.${field}`,
      operator: operators[op as '='],
      ...(value === undefined ? {} : { value: zulu(value) }),
    })) as Condition[],
  }
  return {
    form: 'incident',
    zone: 'UTC',
    where,
    limit: limit ?? 10_000,
    by: group_by.map((by) =>
      typeof by === 'string' ? { field: by } : { field: by.field, bucket: buckets[by.bucket] ?? by.bucket },
    ),
    measures: measures.map(({ agg, field }, index) => ({
      id: `m${index}`,
      agg: agg === 'count_distinct' ? 'countDistinct' : agg,
      ...(field === undefined ? {} : { field }),
    })),
    ...(order_by === undefined ? {} : { sort: ['-m0'] }),
  } as QueryDefinition
}

/** The case files write weekdays and hours as text. */
const cell = (value: FieldValue, column: QueryAnswer['columns'][number]): unknown => {
  if (value === null) return null
  if (column.unit === 'weekday') return String(value)
  if (column.unit === 'hourOfDay') return String(value).padStart(2, '0')
  if (column.kind === 'instant') return String(value).slice(0, 19).replace('T', ' ')
  return ['integer', 'decimal'].includes(column.kind) ? Number(value) : value
}

describe.skipIf(!isThere)('real tickets', () => {
  eachDatabase((database) => {
    let open: OpenDesk
    beforeAll(async () => {
      open = await openDesk(database, desk)
      await open.fill({ incident: readTickets() })
    })
    afterAll(() => open.close())

    const ask = async (query: QueryDefinition): Promise<QueryAnswer> => {
      const plan = planQuery(query, environment(desk))
      if (!plan.ok) throw new Error(JSON.stringify(plan.error))
      return runQuery(compileQuery(plan.value, open.database), open.run)
    }

    test.each(isThere ? (json('report_cases.json').cases as Case[]) : [])('$id $title', async (one) => {
      const answer = await ask(queryOf(one))
      expect(answer.matched).toBe(one.matched_rows)
      const rows = answer.rows.map((row) => row.map((value, index) => cell(value, answer.columns[index]!)))
      // The files keep four decimals.
      const near = one.rows.map((row) =>
        row.map((value) =>
          typeof value === 'number' && !Number.isInteger(value) ? expect.closeTo(value, 3.99) : value,
        ),
      )
      expect(rows).toEqual(near)
    })

    const minutes = (value: FieldValue | undefined) => (parseDurationMs(String(value)) ?? Number.NaN) / 60_000

    test('times: mean, median, percentiles, extremes', async () => {
      const { times } = json('expected.json')
      for (const [name, from, to] of [
        ['first_response', 'opened_at', 'first_response_at'],
        ['open_to_resolved', 'opened_at', 'resolved_at'],
        ['open_to_closed', 'opened_at', 'closed_at'],
      ] as const) {
        const between: [string, string] = [from, to]
        const answer = await ask({
          form: 'incident',
          measures: [
            { id: 'mean', agg: 'avg', between },
            { id: 'median', agg: 'median', between },
            { id: 'p75', agg: 'percentile', between, p: 0.75 },
            { id: 'p90', agg: 'percentile', between, p: 0.9 },
            { id: 'p95', agg: 'percentile', between, p: 0.95 },
            { id: 'min', agg: 'min', between },
            { id: 'max', agg: 'max', between },
            { id: 'sum', agg: 'sum', between },
          ],
        })
        for (const [index, { id }] of answer.columns.entries())
          expect.soft(Math.abs(minutes(answer.rows[0]?.[index]) - times[name][id]), `${name} ${id}`).toBeLessThan(0.01)
      }
    })

    test('ratios', async () => {
      const { sla, fcr, reopen } = json('expected.json')
      const leaf = (field: string, operator: string, value: unknown) =>
        ({ fact: 'record', path: `$.${field}`, operator, value }) as Condition
      const answer = await ask({
        form: 'incident',
        measures: [
          { id: 'sla', agg: 'ratio', of: leaf('made_sla', 'equal', 'true') },
          { id: 'reopened', agg: 'ratio', of: leaf('reopen_count', 'greaterThan', 0) },
          {
            id: 'fcr',
            agg: 'ratio',
            of: { all: [leaf('reassignment_count', 'equal', 0), leaf('reopen_count', 'equal', 0)] },
          },
        ],
      })
      const [found = []] = answer.rows
      for (const [index, expected] of [sla.made_ratio, reopen.ratio, fcr.fcr_proxy].entries())
        expect(Math.abs(Number(found[index]) - expected)).toBeLessThan(1e-4)
    })

    test('backlog at the end of every month', async () => {
      const expected = json('expected.json').backlog_month_end as {
        month: string
        opened: number
        backlog_closed: number
      }[]
      const answer = await ask({
        form: 'incident',
        zone: 'UTC',
        by: [{ field: 'opened_at', bucket: 'month' }],
        measures: [
          { id: 'opened', agg: 'count' },
          { id: 'open', agg: 'backlog', opened: 'opened_at', closed: 'closed_at' },
        ],
      })
      const found = new Map(answer.rows.map(([month, opened, open]) => [month, { opened, open }]))
      for (const { month, opened, backlog_closed } of expected)
        expect.soft(found.get(month), month).toEqual({ opened, open: backlog_closed })
    })
  })
})
