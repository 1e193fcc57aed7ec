import { sql } from 'kysely'
import type { Aggregate } from './contract.ts'
import { meanOf, meanType, storedNumbers, sumType, valueOfStored } from './numbers.ts'

const total = (numbers: readonly bigint[]): bigint => numbers.reduce((sum, number) => sum + number, 0n)

/** Sum of the values that are there; blank when there is none. */
export const sum: Aggregate = {
  result: sumType,
  parts: ({ value }) => ({ s: sql`sum(${value})` }),
  combine: { s: 'sum' },
  order: (part) => part('s'),
  finish: ({ s }, { type }) => (s == null ? null : valueOfStored(BigInt(s), type)),
  reference(values, { type }) {
    const numbers = storedNumbers(values, type)
    return numbers.length === 0 ? null : valueOfStored(total(numbers), type)
  },
}

/** Mean of the values that are there, rounded once, half away from zero. */
export const avg: Aggregate = {
  result: meanType,
  parts: ({ value }) => ({ s: sql`sum(${value})`, n: sql`count(${value})` }),
  combine: { s: 'sum', n: 'sum' },
  order: (part, _, dialect) => sql`(${dialect.asDouble(part('s'))} / nullif(${part('n')}, 0))`,
  finish: ({ s, n }, { type }) => (s == null || n == null ? null : meanOf(BigInt(s), BigInt(n), type)),
  reference(values, { type }) {
    const numbers = storedNumbers(values, type)
    return numbers.length === 0 ? null : meanOf(total(numbers), BigInt(numbers.length), type)
  },
}
