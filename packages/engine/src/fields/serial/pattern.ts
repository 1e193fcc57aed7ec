import type { Instant } from '../../kernel/instant.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import { localDay } from '../../kernel/zone.ts'
import type { FieldProblem } from '../contract.ts'

export type SerialPattern = {
  /** The date part at a moment, in a zone: the counter of each period starts at 1. '' when the pattern has no date. */
  readonly period: (at: Instant, zone: string) => string
  /** The number's text, for the period it belongs to. A counter that outgrows its zeros gets longer, never wraps. */
  readonly render: (period: string, n: number) => string
}

const dateParts: { readonly [name: string]: (day: string) => string } = {
  yyyy: (day) => day.slice(0, 4),
  yy: (day) => day.slice(2, 4),
  MM: (day) => day.slice(5, 7),
  dd: (day) => day.slice(8, 10),
}

/** Reads a pattern such as `TK{yyyy}{MM}-{0000}`. It must count: exactly one run of zeros in braces. */
export function parseSerialPattern(pattern: string): Result<SerialPattern, FieldProblem> {
  const pieces = pattern.split(/(\{[^{}]*\})/)
  const names = pieces.filter((piece) => /^\{.*\}$/.test(piece)).map((piece) => piece.slice(1, -1))
  const isCounter = (name: string) => /^0{1,12}$/.test(name)
  const unknown = names.find((name) => !isCounter(name) && !Object.hasOwn(dateParts, name))
  if (unknown !== undefined) return fail({ code: 'serial.unknownPart', details: { part: `{${unknown}}` } })
  if (/[{}]/.test(pattern.replace(/\{[^{}]*\}/g, '')) || /\p{Cc}/u.test(pattern)) return fail({ code: 'serial.brace' })
  if (names.filter(isCounter).length !== 1) return fail({ code: 'serial.counter', details: { example: '{0000}' } })
  const dates = names.filter((name) => !isCounter(name))
  return ok({
    period: (at, zone) => partsOf(dates, localDay(zone, at)),
    render: (period, n) => fill(pieces, valuesOf(dates, period), n),
  })
}

/** `2026|03` for {yyyy} and {MM}: apart, so that {M}{d} of different days never look alike. */
const partsOf = (names: readonly string[], day: string): string =>
  names.map((name) => dateParts[name]?.(day) ?? '').join('|')

function valuesOf(names: readonly string[], period: string): readonly string[] {
  const values = period === '' ? [] : period.split('|')
  return names.map((_, index) => values[index] ?? '')
}

function fill(pieces: readonly string[], dates: readonly string[], n: number): string {
  let next = 0
  return pieces
    .map((piece) => {
      if (/^\{0+\}$/.test(piece)) return String(n).padStart(piece.length - 2, '0')
      return piece.startsWith('{') ? (dates[next++] ?? '') : piece
    })
    .join('')
}
