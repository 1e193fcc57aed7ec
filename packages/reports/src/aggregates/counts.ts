import { sql } from 'kysely'
import type { Aggregate } from './contract.ts'

/** Number of records. Its value is 1 for every record that counts. */
export const count: Aggregate = {
  result: () => ({ kind: 'integer' }),
  parts: ({ value }) => ({ n: sql`count(${value})` }),
  combine: { n: 'sum' },
  order: (part) => part('n'),
  finish: ({ n }) => Number(n ?? 0),
  reference: (values) => values.filter((value) => value !== null).length,
}

/** Number of different values; blanks do not count. */
export const countDistinct: Aggregate = {
  result: ({ kind }) => (kind === 'list' || kind === 'table' ? undefined : { kind: 'integer' }),
  parts: ({ value }) => ({ n: sql`count(distinct ${value})` }),
  order: (part) => part('n'),
  finish: ({ n }) => Number(n ?? 0),
  reference: (values) => new Set(values.filter((value) => value !== null)).size,
}
