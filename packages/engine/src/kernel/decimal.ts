import { Decimal as DecimalJs } from 'decimal.js'

/**
 * Exact decimal numbers with three forms, cheapest first: a plain safe integer; a safe integer with a scale; 34
 * significant digits (decimal128, DMN 1.4 §10.3.2.1). Every operation gives the cheapest form it can reach without
 * search, and the forms are interchangeable: compare with `compareNumbers`, never with `===`.
 */
export type FeelNumber = number | Fixed | Big

/** `units` × 10^-`scale`, both safe integers, scale 1 … 15. */
class Fixed {
  readonly units: number
  readonly scale: number
  constructor(units: number, scale: number) {
    this.units = units
    this.scale = scale
  }
}

// Exponents as in decimal128, so that no power or factorial grows without end.
const BigDecimal = DecimalJs.clone({
  precision: 34,
  rounding: 6,
  maxE: 6145,
  minE: -6176,
  toExpNeg: -9e15,
  toExpPos: 9e15,
})
export type Big = InstanceType<typeof BigDecimal>

const powers = Array.from({ length: 16 }, (_, index) => 10 ** index)
const power10 = (scale: number): number => powers[scale] ?? Number.NaN

export const isFeelNumber = (value: unknown): value is FeelNumber =>
  typeof value === 'number' || value instanceof Fixed || BigDecimal.isDecimal(value)

const unitsOf = (value: number | Fixed): number => (typeof value === 'number' ? value : value.units)
const scaleOf = (value: number | Fixed): number => (typeof value === 'number' ? 0 : value.scale)
const isSmall = (value: FeelNumber): value is number | Fixed => typeof value === 'number' || value instanceof Fixed

export function toBig(value: FeelNumber): Big {
  if (typeof value === 'number') return new BigDecimal(value)
  return value instanceof Fixed ? new BigDecimal(value.units).div(power10(value.scale)) : value
}

/** Cheapest form of a result; undefined when it is not finite. */
function shrink(value: Big): FeelNumber | undefined {
  if (!value.isFinite()) return undefined
  if (!value.isInteger()) return value
  const plain = value.toNumber()
  return Number.isSafeInteger(plain) ? plain + 0 : value
}

function fixed(units: number, scale: number): FeelNumber {
  if (scale === 0) return units
  const whole = units / power10(scale)
  return Number.isInteger(whole) ? whole : new Fixed(units, scale)
}

const numberText = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,9})?$/

/** The number of decimal text, rounded to 34 significant digits; undefined if it is none or out of range. */
export function numberFromText(text: string): FeelNumber | undefined {
  return smallFromText(text) ?? bigFromText(text)
}

function smallFromText(text: string): FeelNumber | undefined {
  const length = text.length
  if (length === 0 || length > 17) return undefined
  const negative = text.charCodeAt(0) === 45
  let units = 0
  let scale = -1
  let digits = 0
  for (let index = negative ? 1 : 0; index < length; index++) {
    const code = text.charCodeAt(index)
    if (code === 46 && scale < 0) scale = 0
    else if (code >= 48 && code <= 57) {
      units = units * 10 + code - 48
      digits++
      if (scale >= 0) scale++
    } else return undefined
  }
  if (digits === 0 || digits > 15) return undefined
  return fixed(negative && units !== 0 ? -units : units, Math.max(scale, 0))
}

function bigFromText(text: string): FeelNumber | undefined {
  return numberText.test(text)
    ? shrink(new BigDecimal(text.replace(/\.$|\.(?=[eE])/, '')).toSignificantDigits(34))
    : undefined
}

/** The decimal that a JavaScript number prints as; undefined when not finite. */
export function numberFromJs(value: number): FeelNumber | undefined {
  if (Number.isSafeInteger(value)) return value + 0
  return Number.isFinite(value) ? numberFromText(String(value)) : undefined
}

/** Plain decimal text without exponent and without trailing zeros: `12.5`. */
export function numberToText(value: FeelNumber): string {
  if (typeof value === 'number') return String(value)
  if (value instanceof Fixed) return fixedText(value)
  const text = value.toFixed()
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/** Without the zeros at its end; it has a digit that is none of them, or it would be a whole number. */
function fixedText(value: Fixed): string {
  let { units, scale } = value
  for (; units % 10 === 0 && scale > 1; scale--) units /= 10
  const digits = String(Math.abs(units)).padStart(scale + 1, '0')
  return `${units < 0 ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** Nearest JavaScript number, for indexes and for handing out. */
export function numberToJs(value: FeelNumber): number {
  if (typeof value === 'number') return value
  return value instanceof Fixed ? value.units / power10(value.scale) : value.toNumber()
}

/** −1, 0 or 1. */
export function compareNumbers(a: FeelNumber, b: FeelNumber): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0
  if (isSmall(a) && isSmall(b)) {
    const scale = Math.max(scaleOf(a), scaleOf(b))
    const left = unitsOf(a) * power10(scale - scaleOf(a))
    const right = unitsOf(b) * power10(scale - scaleOf(b))
    if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return left < right ? -1 : left > right ? 1 : 0
  }
  return toBig(a).comparedTo(toBig(b))
}

export function addNumbers(a: FeelNumber, b: FeelNumber): FeelNumber | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (Number.isSafeInteger(sum)) return sum
  } else if (isSmall(a) && isSmall(b)) {
    const scale = Math.max(scaleOf(a), scaleOf(b))
    const left = unitsOf(a) * power10(scale - scaleOf(a))
    const right = unitsOf(b) * power10(scale - scaleOf(b))
    const sum = left + right
    if (Number.isSafeInteger(left) && Number.isSafeInteger(right) && Number.isSafeInteger(sum)) return fixed(sum, scale)
  }
  return shrink(toBig(a).plus(toBig(b)))
}

export function negateNumber(value: FeelNumber): FeelNumber {
  if (typeof value === 'number') return value === 0 ? 0 : -value
  return value instanceof Fixed ? new Fixed(-value.units, value.scale) : value.negated()
}

export const subtractNumbers = (a: FeelNumber, b: FeelNumber): FeelNumber | undefined => addNumbers(a, negateNumber(b))

export function multiplyNumbers(a: FeelNumber, b: FeelNumber): FeelNumber | undefined {
  if (isSmall(a) && isSmall(b)) {
    const units = unitsOf(a) * unitsOf(b)
    const scale = scaleOf(a) + scaleOf(b)
    if (scale <= 15 && Number.isSafeInteger(units)) return fixed(units === 0 ? 0 : units, scale)
  }
  return shrink(toBig(a).times(toBig(b)))
}

/** Undefined when dividing by zero. */
export function divideNumbers(a: FeelNumber, b: FeelNumber): FeelNumber | undefined {
  if (isSmall(a) && isSmall(b)) {
    const numerator = unitsOf(a) * power10(scaleOf(b))
    const denominator = unitsOf(b) * power10(scaleOf(a))
    if (denominator === 0) return undefined
    const exact = Number.isSafeInteger(denominator) ? divideExactly(numerator, denominator) : undefined
    if (exact !== undefined) return exact
  }
  return shrink(toBig(a).div(toBig(b)))
}

/** The quotient when it ends within the digits of a safe integer, as halves, quarters and hundredths do. */
function divideExactly(numerator: number, denominator: number): FeelNumber | undefined {
  let units = numerator
  for (let scale = 0; scale < powers.length && Number.isSafeInteger(units); scale++) {
    if (units % denominator === 0) return fixed(units / denominator + 0, scale)
    units *= 10
  }
  return undefined
}

export const powerOfNumber = (base: FeelNumber, exponent: FeelNumber): FeelNumber | undefined =>
  shrink(BigDecimal.pow(toBig(base), toBig(exponent)))
export const rootOfNumber = (value: FeelNumber): FeelNumber | undefined => shrink(toBig(value).sqrt())
export const logOfNumber = (value: FeelNumber): FeelNumber | undefined => shrink(toBig(value).ln())
export const expOfNumber = (value: FeelNumber): FeelNumber | undefined => shrink(toBig(value).exp())

export type Rounding = 'up' | 'down' | 'floor' | 'ceiling' | 'halfUp' | 'halfDown' | 'halfEven'
const roundings = { up: 0, down: 1, ceiling: 2, floor: 3, halfUp: 4, halfDown: 5, halfEven: 6 } as const

/** Rounds to `scale` decimals; a negative scale rounds to tens, hundreds, … */
export function roundNumber(value: FeelNumber, scale: number, rounding: Rounding): FeelNumber | undefined {
  if (typeof value === 'number' && scale >= 0) return value
  const big = toBig(value)
  if (scale >= 0) return shrink(big.toDecimalPlaces(scale, roundings[rounding]))
  const unit = new BigDecimal(10).pow(-scale)
  return shrink(big.div(unit).toDecimalPlaces(0, roundings[rounding]).times(unit))
}

/** floor-based remainder: dividend − divisor × floor(dividend / divisor) (DMN table 77). */
export function moduloNumbers(a: FeelNumber, b: FeelNumber): FeelNumber | undefined {
  const divisor = toBig(b)
  if (divisor.isZero()) return undefined
  const rest = toBig(a).mod(divisor)
  return shrink(rest.isZero() || rest.isNegative() === divisor.isNegative() ? rest : rest.plus(divisor))
}

/** The safe integer a number is, or undefined. */
export const asInteger = (value: FeelNumber): number | undefined => {
  const plain = numberToJs(value)
  return Number.isSafeInteger(plain) && compareNumbers(plain, value) === 0 ? plain : undefined
}

/** Canonical decimal text with exactly `scale` decimals, half-up; the JSON form of decimal and money. */
export function numberToScaledText(value: FeelNumber, scale: number): string {
  const text = toBig(value).toFixed(scale, roundings.halfUp)
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text
}
