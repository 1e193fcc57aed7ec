import {
  type FeelNumber,
  isFeelNumber,
  numberFromJs,
  numberFromText,
  numberToScaledText,
  numberToText,
} from '../../kernel/decimal.ts'
import { formatDurationMs, parseDurationMs } from '../../kernel/duration.ts'
import { formatInstant, parseDay, parseInstant } from '../../kernel/instant.ts'
import { ok, type Result } from '../../kernel/result.ts'
import type { FieldValue, ValueType } from '../../kernel/value-kind.ts'
import type { FormModel } from '../../model.ts'
import { orderOf } from '../compare.ts'
import type { FieldBehaviour, FieldProblem, TextContext } from '../contract.ts'
import { minorUnits, printMoney } from '../currency.ts'
import { printDay, printInstant, printTimeOfDay, readTimeOfDay } from '../moments.ts'
import { decimalSchema, groupDigits, integerSchema } from '../numeric.ts'
import { refuse } from '../problems.ts'
import { type FieldOf, fieldSchemas } from '../schemas.ts'
import { printSpan } from '../spans.ts'
import { isBlankInput, normaliseLines } from '../spelling.ts'

type Formula = FieldOf<'formula'>
type Coerce = (raw: unknown, value: ValueType) => FieldValue | undefined
type Print = (value: string | number | boolean, type: ValueType, context: TextContext) => string

const numberOf = (raw: unknown): FeelNumber | undefined => {
  if (typeof raw === 'number') return numberFromJs(raw)
  return typeof raw === 'string' ? numberFromText(raw) : isFeelNumber(raw) ? raw : undefined
}

/** Rounded half up to the type's scale; out of the safe range is no value. */
const scaled: Coerce = (raw, { kind, scale = 0 }) => {
  const number = numberOf(raw)
  if (number === undefined) return undefined
  const text = numberToScaledText(number, scale)
  if (!Number.isSafeInteger(Number(text.replace('.', '')))) return undefined
  return kind === 'integer' ? Number(text) : text
}
const textual =
  (parse: (text: string) => string | undefined): Coerce =>
  (raw) =>
    typeof raw === 'string' ? parse(raw) : undefined
const day = textual((text) => parseDay(text))
const instant = textual((text) => {
  const at = parseInstant(text)
  return at === undefined ? undefined : formatInstant(at)
})
const span = textual((text) => {
  const ms = parseDurationMs(text)
  return ms === undefined || !Number.isSafeInteger(ms) ? undefined : formatDurationMs(ms)
})
const words: Coerce = (raw) => {
  const text = normaliseLines(isFeelNumber(raw) ? numberToText(raw) : raw, 100_000)
  return text.ok ? text.value : undefined
}

const grouped: Print = (value) => groupDigits(String(value))

/** What each result type is, how the formula's value becomes one, and how it reads. */
const results: {
  readonly [R in Formula['result']]: {
    readonly type: (scale: number, currency: string) => ValueType
    readonly coerce: Coerce
    readonly print: Print
  }
} = {
  text: { type: () => ({ kind: 'text' }), coerce: words, print: String },
  number: {
    type: (scale) => (scale === 0 ? { kind: 'integer' } : { kind: 'decimal', scale }),
    coerce: scaled,
    print: grouped,
  },
  money: {
    type: (_, currency) => ({ kind: 'money', scale: minorUnits(currency), currency }),
    coerce: scaled,
    print: (value, type) => printMoney(groupDigits(String(value)), type.currency ?? 'CNY'),
  },
  percent: {
    type: (scale) => ({ kind: 'decimal', scale }),
    coerce: scaled,
    print: (value) => `${groupDigits(String(value))}%`,
  },
  boolean: {
    type: () => ({ kind: 'boolean' }),
    coerce: (raw) => (typeof raw === 'boolean' ? raw : undefined),
    print: (value, _type, { locale }) => (locale === 'zh-CN' ? (value ? '是' : '否') : value ? 'Yes' : 'No'),
  },
  date: {
    type: () => ({ kind: 'date' }),
    coerce: day,
    print: (value, _type, { locale }) => printDay(String(value), locale),
  },
  dateTime: {
    type: () => ({ kind: 'instant' }),
    coerce: instant,
    print: (value, _type, { locale, zone }) => printInstant(String(value), locale, zone),
  },
  time: {
    type: () => ({ kind: 'time' }),
    coerce: textual(readTimeOfDay),
    print: (value) => printTimeOfDay(String(value)),
  },
  duration: {
    type: () => ({ kind: 'duration' }),
    coerce: span,
    print: (value, _type, { locale }) => printSpan(parseDurationMs(String(value)) ?? 0, locale),
  },
}

const typeOf = (field: Formula, currency: string): ValueType => results[field.result].type(field.scale ?? 0, currency)
const currencyIn = (field: Formula, form: FormModel): string => form.fields.get(field.id)?.value.currency ?? 'CNY'
const schemas: { readonly [R in Formula['result']]: (type: ValueType) => ReturnType<typeof decimalSchema> } = {
  text: () => ({ type: 'string' }),
  number: ({ kind, scale = 0 }) => (kind === 'integer' ? integerSchema({}) : decimalSchema(scale)),
  money: ({ scale = 2 }) => decimalSchema(scale),
  percent: ({ scale = 0 }) => decimalSchema(scale),
  boolean: () => ({ type: 'boolean' }),
  date: () => ({ type: 'string' }),
  dateTime: () => ({ type: 'string' }),
  time: () => ({ type: 'string' }),
  duration: () => ({ type: 'string' }),
}

/** A computed value. `normalise` fits what the formula gave to the result type: numbers are rounded half up. */
export const formula: FieldBehaviour<'formula'> = {
  name: 'formula',
  title: { 'zh-CN': '公式', en: 'Formula' },
  schema: fieldSchemas.formula,
  traits: {
    holdsValue: true,
    entered: false,
    computed: true,
    multiple: false,
    sortable: true,
    aggregatable: true,
    searchable: false,
  },
  valueType: (field, { currency }) => typeOf(field, currency),
  valueSchema: (field, form) => schemas[field.result](typeOf(field, currencyIn(field, form))),
  normalise(raw, field, { form }): Result<FieldValue, FieldProblem> {
    if (isBlankInput(raw)) return ok(null)
    const value = results[field.result].coerce(raw, typeOf(field, currencyIn(field, form)))
    return value === undefined ? refuse('formula.resultType', { result: field.result }) : ok(value)
  },
  toText(value, field, context) {
    if (value === null || typeof value === 'object') return ''
    return results[field.result].print(value, typeOf(field, currencyIn(field, context.form)), context)
  },
  compare: (a, b, field) => orderOf[typeOf(field, 'CNY').kind](a, b),
  examples: [
    {
      field: { type: 'formula', id: 'total', label: '合计', formula: 'price * quantity', result: 'money' },
      raw: '12.345',
      value: '12.35',
      text: '¥12.35',
    },
    {
      field: { type: 'formula', id: 'open_days', label: '历时', formula: 'closed_at - created_at', result: 'duration' },
      raw: 'PT27H',
      value: 'P1DT3H',
      text: '1 d 3 h',
    },
  ],
}
