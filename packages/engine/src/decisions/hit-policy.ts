import type { DecisionDefinition, HitPolicy } from '../definitions/decision.ts'
import { fromJson } from '../formulas/convert.ts'
import { equalOf, orderOf } from '../formulas/values/compare.ts'
import { MapContext, type Value } from '../formulas/values/value.ts'
import { addNumbers, type FeelNumber, isFeelNumber } from '../kernel/decimal.ts'

export type HitFault = 'decision.severalRows' | 'decision.contradiction' | 'decision.noAggregate'

/** What the rows that hit come to. */
export type Choice = {
  /** One output's value, or a context of all of them; a list under policies that give several. */
  readonly value: Value
  /** The same by output column. */
  readonly columns: readonly Value[]
  /** Which of the hits count. */
  readonly counting: readonly number[]
  /** Why nothing is decided although rows hit. */
  readonly fault?: HitFault
}

type Table = Pick<DecisionDefinition, 'hitPolicy' | 'aggregation' | 'outputs'>
/** Output values of one row that hit, in the order of the columns. */
type Hit = readonly Value[]
type Policy = (hits: readonly Hit[], table: Table, zone: string | null) => Choice

/** DMN 1.5 §8.2.11. `hits` are in the order of the rows. */
export const applyHitPolicy = (table: Table, hits: readonly Hit[], zone: string | null): Choice =>
  policies[table.hitPolicy](hits, table, zone)

const policies: { readonly [P in HitPolicy]: Policy } = {
  unique: (hits, table) => (hits.length > 1 ? refused('decision.severalRows', hits) : one(hits, table, 0)),
  any: (hits, table, zone) => {
    const [first = []] = hits
    const agree = hits.every((hit) => hit.every((value, at) => equalOf(value, first[at] ?? null, zone) === true))
    return agree
      ? { ...one(hits, table, 0), counting: hits.map((_, at) => at) }
      : refused('decision.contradiction', hits)
  },
  first: (hits, table) => one(hits, table, 0),
  priority: (hits, table, zone) => one(hits, table, byImportance(hits, table, zone)[0] ?? 0),
  ruleOrder: (hits, table) =>
    several(
      hits,
      table,
      hits.map((_, at) => at),
    ),
  outputOrder: (hits, table, zone) => several(hits, table, byImportance(hits, table, zone)),
  collect: (hits, table, zone) =>
    table.aggregation === undefined
      ? several(
          hits,
          table,
          hits.map((_, at) => at),
        )
      : aggregated(hits, table.aggregation, zone),
}

const refused = (fault: HitFault, hits: readonly Hit[]): Choice => ({
  value: null,
  columns: [],
  counting: hits.map((_, at) => at),
  fault,
})

function rowValue(hit: Hit, { outputs }: Table): Value {
  if (outputs.length === 1) return hit[0] ?? null
  return new MapContext(new Map(outputs.map(({ id }, at) => [id, hit[at] ?? null])))
}

function one(hits: readonly Hit[], table: Table, at: number): Choice {
  const hit = hits[at]
  return hit
    ? { value: rowValue(hit, table), columns: hit, counting: [at] }
    : { value: null, columns: [], counting: [] }
}

const several = (hits: readonly Hit[], table: Table, order: readonly number[]): Choice => ({
  value: order.map((at) => rowValue(hits[at] ?? [], table)),
  columns: table.outputs.map((_, column) => order.map((at) => hits[at]?.[column] ?? null)),
  counting: order,
})

/** Hits by the place of their outputs in the columns' values, first column first; what is not listed comes last. */
function byImportance(hits: readonly Hit[], { outputs }: Table, zone: string | null): readonly number[] {
  const lists = outputs.map(({ values }) => (values ?? []).map((value) => fromJson(value)))
  const rank = (hit: Hit): readonly number[] =>
    lists.map((list, column) => {
      const at = list.findIndex((value) => equalOf(value, hit[column] ?? null, zone) === true)
      return at < 0 ? list.length : at
    })
  const ranks = hits.map(rank)
  return hits.map((_, at) => at).sort((a, b) => compareRanks(ranks[a] ?? [], ranks[b] ?? []) || a - b)
}
function compareRanks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((rank, column) => rank !== b[column])
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}

type Aggregation = NonNullable<DecisionDefinition['aggregation']>

function aggregated(hits: readonly Hit[], aggregation: Aggregation, zone: string | null): Choice {
  const values = hits.map((hit) => hit[0] ?? null)
  if (hits.length === 0 && aggregation !== 'count') return { value: null, columns: [], counting: [] }
  const value = aggregates[aggregation](values, zone)
  if (value === undefined) return refused('decision.noAggregate', hits)
  return { value, columns: [value], counting: hits.map((_, at) => at) }
}

const aggregates: {
  readonly [A in Aggregation]: (values: readonly Value[], zone: string | null) => Value | undefined
} = {
  count: (values) => values.length,
  sum: (values) => {
    if (!values.every(isFeelNumber)) return undefined
    return (values as readonly FeelNumber[]).reduce<FeelNumber | undefined>(
      (sum, value) => (sum === undefined ? undefined : addNumbers(sum, value)),
      0,
    )
  },
  min: (values, zone) => extreme(values, zone, (order) => order < 0),
  max: (values, zone) => extreme(values, zone, (order) => order > 0),
}

function extreme(values: readonly Value[], zone: string | null, wins: (order: number) => boolean): Value | undefined {
  let best = values[0]
  for (const value of values) {
    const order = best === undefined ? undefined : orderOf(value, best, zone)
    if (order === undefined) return undefined
    if (wins(order)) best = value
  }
  return best
}
