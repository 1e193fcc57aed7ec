import {
  type Condition,
  compileCondition,
  type FieldValue,
  formatDurationMs,
  parseInstant,
  type RecordFacts,
  readFact,
  type ValueType,
} from '@tenon/engine'
import {
  aggregates,
  type Bucket,
  bucketOfDay,
  bucketOfInstant,
  planQuery,
  type QueryDefinition,
  type ValueAggregateName,
} from '@tenon/reports'
import { compileQuery, runQuery } from '@tenon/reports/sql'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { desk, environment, facts, linkedIn, type OpenDesk, openDesk, type Rows, stored } from './desk.ts'
import { condition, pathsOf, record } from './generate.ts'

const all = desk()
const [ticket, customer, region] = ['ticket', 'customer', 'crm/region'].map((name) => all.lookup(name)!)
const sample = <T>(arbitrary: fc.Arbitrary<T>, count: number, seed: number): readonly T[] =>
  fc.sample(arbitrary, { numRuns: count, seed })
const rows: Rows = {
  'crm/region': ['r1', 'r2'].map((id, index) => stored(sample(record(region!, id, []), 1, 1 + index)[0]!)),
  customer: ['c1', 'c2', 'c3'].map((id, index) =>
    stored(sample(record(customer!, id, ['r1', 'r2']), 1, 5 + index)[0]!),
  ),
  ticket: sample(fc.integer({ min: 0, max: 1e9 }), 80, 77).map((seed, index) =>
    stored(sample(record(ticket!, `t${index}`, ['c1', 'c2', 'c3', 'gone']), 1, seed)[0]!),
  ),
}

const paths = pathsOf(ticket!, all.lookup)
const typeAt = (path: string): ValueType => paths.find((one) => one.path.join('.') === path)!.value
const valueAt = (row: RecordFacts, path: string): FieldValue =>
  (readFact(facts({ record: row, linked: linkedIn(rows) }), 'record', path.split('.'), ticket!, all.lookup) ??
    null) as FieldValue

type By = { readonly field: string; readonly bucket?: Bucket }
const zones = ['Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'UTC']
const groupable = paths.map(({ path }) => path.join('.'))
const by: fc.Arbitrary<By> = fc.oneof(
  fc.constantFrom(...groupable).map((field) => ({ field })),
  fc
    .tuple(
      fc.constantFrom('opened_at', 'closed_at'),
      fc.constantFrom<Bucket>('hour', 'day', 'week', 'month', 'quarter', 'year', 'hourOfDay', 'weekday'),
    )
    .map(([field, bucket]) => ({ field, bucket })),
  fc
    .tuple(
      fc.constantFrom('due_on', 'done_on'),
      fc.constantFrom<Bucket>('day', 'week', 'month', 'quarter', 'year', 'weekday'),
    )
    .map(([field, bucket]) => ({ field, bucket })),
)
const names: readonly ValueAggregateName[] = [
  'count',
  'countDistinct',
  'sum',
  'avg',
  'min',
  'max',
  'median',
  'percentile',
]
const measure = fc.constantFrom(...names).chain((agg) => {
  const fits = paths
    .filter(({ value }) => aggregates[agg].result(value) !== undefined)
    .map(({ path }) => path.join('.'))
  return fc.record({
    agg: fc.constant(agg),
    field: fc.constantFrom(...fits),
    between: fc.constantFrom(undefined, undefined, ['opened_at', 'closed_at'], ['due_on', 'done_on']),
    p: fc.constantFrom(0, 0.1, 0.25, 0.9, 0.95, 1),
    where: fc.option(condition(paths), { nil: undefined }),
  })
})

/** What one measure takes from a row: blank where the row does not count. */
function taken(
  row: RecordFacts,
  one: { agg: ValueAggregateName; field: string; between: readonly string[] | undefined; where: Condition | undefined },
  zone = 'UTC',
): { value: FieldValue; type: ValueType } {
  const counts =
    one.where === undefined ||
    compileCondition(one.where, ticket!, all.lookup)(facts({ record: row, linked: linkedIn(rows), zone }))
  const elapsed = one.between && one.agg !== 'count' && one.agg !== 'countDistinct'
  const type: ValueType = one.agg === 'count' ? { kind: 'integer' } : elapsed ? { kind: 'duration' } : typeAt(one.field)
  if (!counts) return { value: null, type }
  if (one.agg === 'count') return { value: 1, type }
  if (!elapsed) return { value: valueAt(row, one.field), type }
  const [from, to] = one.between!.map((path) => valueAt(row, path))
  if (from === null || to === null) return { value: null, type }
  const ms = (at: FieldValue) => parseInstant(String(at).length === 10 ? `${String(at)}T00:00:00Z` : String(at))!
  return { value: formatDurationMs(ms(to!) - ms(from!)), type }
}

/** The groups a record is in: one, but for fields with several values one for each, and the blank one for none. */
const keysOf = (row: RecordFacts, dimension: By, zone: string): readonly FieldValue[] => {
  const key = keyOf(row, dimension, zone)
  return Array.isArray(key) ? (key.length === 0 ? [null] : key) : [key]
}

const keyOf = (row: RecordFacts, { field, bucket }: By, zone: string): FieldValue => {
  const value = valueAt(row, field)
  if (bucket === undefined || value === null) return value
  return (
    (typeAt(field).kind === 'date'
      ? bucketOfDay(String(value), bucket)
      : bucketOfInstant(parseInstant(String(value))!, bucket, zone)) ?? null
  )
}

eachDatabase((database) => {
  let open: OpenDesk
  beforeAll(async () => {
    open = await openDesk(database, all)
    await open.fill(rows)
  })
  afterAll(() => open.close())

  test('groups and figures in SQL equal those reckoned in memory', async () => {
    let figures = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(by, { maxLength: 2 }),
        fc.array(measure, { minLength: 1, maxLength: 4 }),
        fc.option(condition(paths), { nil: undefined }),
        fc.constantFrom(...zones),
        async (dimensions, measures, where, zone) => {
          const query = {
            form: 'ticket',
            zone,
            by: dimensions,
            limit: 10_000,
            ...(where === undefined ? {} : { where }),
            measures: measures.map(({ agg, field, between, p, where: own }, index) => ({
              id: `m${index}`,
              agg,
              ...(own === undefined ? {} : { where: own }),
              ...(agg === 'count' ? {} : between && agg !== 'countDistinct' ? { between } : { field }),
              ...(agg === 'percentile' ? { p } : {}),
            })),
          } as QueryDefinition
          const plan = planQuery(query, environment(all))
          if (!plan.ok) throw new Error(JSON.stringify(plan.error))
          const answer = await runQuery(compileQuery(plan.value, open.database), open.run)

          // Windows of the condition count days in the zone of the query, too.
          const holds = where === undefined ? () => true : compileCondition(where, ticket!, all.lookup)
          const inZone = (row: RecordFacts) => facts({ record: row, linked: linkedIn(rows), zone })
          const matched = rows.ticket!.filter((row) => holds(inZone(row)))
          const groups = new Map<string, RecordFacts[]>(dimensions.length === 0 ? [['[]', []]] : [])
          for (const row of matched) {
            const keys = dimensions
              .map((dimension) => keysOf(row, dimension, zone))
              .reduce<readonly FieldValue[][]>(
                (all, own) => all.flatMap((one) => own.map((key) => [...one, key])),
                [[]],
              )
            for (const key of keys.map((one) => JSON.stringify(one))) groups.set(key, [...(groups.get(key) ?? []), row])
          }
          const expected = [...groups].map(([key, members]): [string, FieldValue[]] => [
            key,
            measures.map((one) => {
              const values = members.map((row) => taken(row, one, zone))
              const type = values[0]?.type ?? taken({}, { ...one, where: { any: [] } }).type
              const p = Math.round((one.agg === 'median' ? 0.5 : one.p) * 10_000)
              figures += 1
              return aggregates[one.agg].reference(
                values.map(({ value }) => value),
                { type, p },
              )
            }),
          ])
          expect(answer.matched).toBe(matched.length)
          const found = answer.rows.map((row): [string, FieldValue[]] => [
            JSON.stringify(row.slice(0, dimensions.length)),
            row.slice(dimensions.length),
          ])
          const sorted = (pairs: [string, FieldValue[]][]) => pairs.sort(([a], [b]) => (a < b ? -1 : 1))
          expect(sorted(found)).toEqual(sorted(expected))
        },
      ),
      { numRuns: 500, seed: 20_260_302 },
    )
    expect(figures).toBeGreaterThan(2000)
  })
})
