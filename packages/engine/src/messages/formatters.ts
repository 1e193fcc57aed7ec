import { printDay, printInstant } from '../fields/moments.ts'
import { groupDigits } from '../fields/numeric.ts'
import { printSpan } from '../fields/spans.ts'
import { parseDurationMs } from '../kernel/duration.ts'
import { parseDay, parseInstant } from '../kernel/instant.ts'
import type { Locale } from '../kernel/locale.ts'
import { localDay } from '../kernel/zone.ts'

type FormatContext = {
  readonly locale: Locale
  readonly zone: string
  /** The value in words, as it would stand without a formatter. */
  readonly words: string
}
type Formatter = (value: unknown, context: FormatContext) => string

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** How a placeholder may want its value shown. A value that does not fit is shown in words. */
export const formatters: { readonly [name: string]: Formatter | undefined } = Object.assign(Object.create(null), {
  date: (value, { locale, zone, words }) => {
    const day = parseDay(text(value))
    const instant = day === undefined ? parseInstant(text(value)) : undefined
    if (instant !== undefined) return printDay(localDay(zone, instant), locale)
    return day === undefined ? words : printDay(day, locale)
  },
  dateTime: (value, { locale, zone, words }) =>
    parseInstant(text(value)) === undefined ? words : printInstant(text(value), locale, zone),
  duration: (value, { locale, words }) => {
    const ms = parseDurationMs(text(value))
    return ms === undefined ? words : printSpan(ms, locale)
  },
  money: (value, { words }) => (/^-?\d+(\.\d+)?$/.test(words) ? groupDigits(words) : words || text(value)),
  label: (_, { words }) => words,
  upper: (_, { words }) => words.toUpperCase(),
} satisfies { readonly [name: string]: Formatter })

export const formatterNames: readonly string[] = Object.keys(formatters)
