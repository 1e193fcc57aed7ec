import {
  type FieldValue,
  formatDurationMs,
  parseDurationMs,
  parseInstant,
  parseScaled,
  type ValueKind,
  type ValueType,
} from '@tenon/engine'

/** Decimals that a mean has beyond those of its values. */
const meanDecimals = 6

/** Kinds whose stored form is a whole number that may be added up. */
const additive: ReadonlySet<ValueKind> = new Set(['integer', 'decimal', 'money', 'duration', 'boolean'])
const isAdditive = (type: ValueType): boolean => additive.has(type.kind)

/** Type of a sum: that of the values; of yes and no, how often yes. */
export const sumType = (type: ValueType): ValueType | undefined =>
  isAdditive(type) ? (type.kind === 'boolean' ? { kind: 'integer' } : type) : undefined

/** Type of a mean, median or percentile: durations stay durations, the rest gains decimals. */
export function meanType(type: ValueType): ValueType | undefined {
  if (!isAdditive(type)) return undefined
  return type.kind === 'duration' ? type : { kind: 'decimal', scale: (type.scale ?? 0) + meanDecimals }
}

/** Nearest whole number, halves away from zero. */
function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const twice = 2n * dividend
  return dividend >= 0n ? (twice + divisor) / (2n * divisor) : (twice - divisor) / (2n * divisor)
}

/** A quotient of stored values as a canonical mean. */
export function meanOf(dividend: bigint, divisor: bigint, type: ValueType): FieldValue {
  if (type.kind === 'duration') return formatDurationMs(Number(divideRounded(dividend, divisor)))
  const scaled = divideRounded(dividend * 10n ** BigInt(meanDecimals), divisor)
  return formatWide(scaled, (type.scale ?? 0) + meanDecimals)
}

/** Decimal text of a scaled whole number of any width. */
export function formatWide(scaled: bigint, scale: number): string {
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(scale + 1, '0')
  const sign = scaled < 0n ? '-' : ''
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** A whole number from the database as a value of the type. */
export function valueOfStored(stored: bigint, type: ValueType): FieldValue {
  if (type.kind === 'duration') return formatDurationMs(Number(stored))
  if (type.kind === 'decimal' || type.kind === 'money') return formatWide(stored, type.scale ?? 0)
  return Number(stored)
}

/** The whole number a canonical value is stored as. */
export function storedOf(value: FieldValue, type: ValueType): bigint | undefined {
  if (value === null) return undefined
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (typeof value === 'number') return BigInt(value)
  if (typeof value !== 'string') return undefined
  const number =
    type.kind === 'duration'
      ? parseDurationMs(value)
      : type.kind === 'instant'
        ? parseInstant(value)
        : parseScaled(value, type.scale ?? 0)
  return number === undefined ? undefined : BigInt(number)
}

export const storedNumbers = (values: readonly FieldValue[], type: ValueType): readonly bigint[] =>
  values.flatMap((value) => storedOf(value, type) ?? [])

/** A share of 1 as decimal text; blank when there is nothing to have a share of. */
export function shareOf(part: bigint, whole: bigint, { scale = 0 }: ValueType): string | null {
  return whole === 0n ? null : formatWide(divideRounded(part * 10n ** BigInt(scale), whole), scale)
}
