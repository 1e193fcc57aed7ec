import { sql } from 'kysely'
import type { Aggregate } from './contract.ts'
import { meanOf, meanType, storedNumbers } from './numbers.ts'

const whole = 10_000

/**
 * Linear interpolation between the closest ranks (SQL's percentile_cont, Excel's PERCENTILE.INC): position (n − 1) · p
 * counted from 0. Positions are whole ten-thousandths, so both databases and the check agree to the last digit.
 */
export const percentile: Aggregate = {
  result: meanType,
  needsRank: true,
  parts({ value, rank, total, p }) {
    const before = sql`((${total} - 1) * ${sql.lit(p)} / ${sql.lit(whole)})`
    return {
      n: sql`count(${value})`,
      lo: sql`max(case when ${rank} = ${before} + 1 then ${value} end)`,
      hi: sql`max(case when ${rank} = ${before} + 2 then ${value} end)`,
    }
  },
  order(part, { p }, dialect) {
    const beyond = dialect.asDouble(sql`((${part('n')} - 1) * ${sql.lit(p)} % ${sql.lit(whole)})`)
    return sql`(${part('lo')} + (coalesce(${part('hi')}, ${part('lo')}) - ${part('lo')}) * ${beyond} / ${sql.lit(whole)})`
  },
  finish({ n, lo, hi }, { type, p }) {
    if (lo == null || n == null) return null
    const low = BigInt(lo)
    return interpolated(low, hi == null ? low : BigInt(hi), Number(n), p, (dividend, divisor) =>
      meanOf(dividend, divisor, type),
    )
  },
  reference(values, { type, p }) {
    const sorted = [...storedNumbers(values, type)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    const position = Math.floor(((sorted.length - 1) * p) / whole)
    const low = sorted[position]
    if (low === undefined) return null
    return interpolated(low, sorted[position + 1] ?? low, sorted.length, p, (dividend, divisor) =>
      meanOf(dividend, divisor, type),
    )
  },
}

function interpolated<T>(
  low: bigint,
  high: bigint,
  n: number,
  p: number,
  divide: (dividend: bigint, divisor: bigint) => T,
): T {
  const beyond = BigInt(((n - 1) * p) % whole)
  return divide(low * BigInt(whole) + (high - low) * beyond, BigInt(whole))
}
