import type { JsonObject } from '../kernel/json.ts'
import { ok, type Result } from '../kernel/result.ts'
import { formatScaled, parseScaled } from '../kernel/scaled.ts'
import type { FieldValue } from '../kernel/value-kind.ts'
import type { FieldProblem } from './contract.ts'
import { refuse } from './problems.ts'
import { normaliseSpelled } from './spelling.ts'

type Bounds = { readonly min?: number; readonly max?: number }

const plain = /^[+-]?(?:\d+\.?\d*|\.\d+)$/
const grouped = /^[+-]?\d{1,3}(?:([, '])\d{3})(?:\1\d{3})*(?:\.\d+)?$/

/** Plain decimal text (`-1234.5`) of a number as people write it, or undefined. */
function plainNumber(text: string): string | undefined {
  const compact = text.replace(/^([+-])\s+/, '$1')
  const bare = grouped.test(compact) ? compact.replace(/[, ']/g, '') : compact
  if (!plain.test(bare)) return undefined
  return bare
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.$/, '')
}

/** The scaled integer of a number as people write it. `strip` takes off a unit or sign first. */
function readScaled(text: string, scale: number): Result<number, FieldProblem> {
  const number = plainNumber(text)
  if (number === undefined) return refuse('field.notNumber')
  const decimals = number.split('.')[1]?.replace(/0+$/, '').length ?? 0
  if (decimals > scale) return scale === 0 ? refuse('field.notWhole') : refuse('field.tooManyDecimals', { scale })
  const scaled = parseScaled(number, scale)
  return scaled === undefined ? refuse('field.tooManyDigits') : ok(scaled)
}

/** Text of a JSON number without exponent; big numbers keep theirs and are refused as no number. */
const spelled = (raw: unknown): unknown => (typeof raw === 'number' && Number.isFinite(raw) ? numberText(raw) : raw)
const numberText = (raw: number): string =>
  Math.abs(raw) < 1e-6 && raw !== 0 ? raw.toFixed(20).replace(/0+$/, '') : String(raw)

function inBounds(value: number, { min, max }: Bounds): Result<null, FieldProblem> {
  if (min !== undefined && value < min) return refuse('field.tooSmall', { min })
  return max !== undefined && value > max ? refuse('field.tooLarge', { max }) : ok(null)
}

function read(
  raw: unknown,
  scale: number,
  bounds: Bounds,
  strip: (text: string) => string,
  write: (scaled: number) => FieldValue,
) {
  return normaliseSpelled(spelled(raw), (text): Result<FieldValue, FieldProblem> => {
    const scaled = readScaled(strip(text).trim(), scale)
    if (!scaled.ok) return scaled
    const within = inBounds(Number(formatScaled(scaled.value, scale)), bounds)
    return within.ok ? ok(write(scaled.value)) : within
  })
}

const asIs = (text: string): string => text

/** A safe integer. */
export const normaliseInteger = (raw: unknown, bounds: Bounds, strip = asIs): Result<FieldValue, FieldProblem> =>
  read(raw, 0, bounds, strip, (scaled) => scaled)

/** Decimal text with exactly `scale` decimals. More decimals than that are refused, never rounded. */
export const normaliseDecimal = (
  raw: unknown,
  scale: number,
  bounds: Bounds,
  strip = asIs,
): Result<FieldValue, FieldProblem> => read(raw, scale, bounds, strip, (scaled) => formatScaled(scaled, scale))

/** Thousands separated by commas, as both languages write them. */
export function groupDigits(number: string): string {
  const [whole = '', fraction] = number.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

export const integerSchema = ({ min, max }: Bounds): JsonObject => ({
  type: 'integer',
  minimum: Math.max(Math.ceil(min ?? Number.MIN_SAFE_INTEGER), Number.MIN_SAFE_INTEGER),
  maximum: Math.min(Math.floor(max ?? Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER),
})
export const decimalSchema = (scale: number): JsonObject => ({
  type: 'string',
  maxLength: 18,
  pattern: scale === 0 ? '^-?\\d+$' : `^-?\\d+\\.\\d{${scale}}$`,
})

/** `/max` when nothing can be between the bounds. */
export const checkBounds = ({ min, max }: Bounds) =>
  min !== undefined && max !== undefined && min > max
    ? [{ code: 'field.bounds', path: '/max', details: { min, max } }]
    : []
