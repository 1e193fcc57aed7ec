import { ok, type Result } from '../kernel/result.ts'
import type { FieldValue } from '../kernel/value-kind.ts'
import type { FieldProblem } from './contract.ts'
import { refuse } from './problems.ts'

// NUL breaks PostgreSQL text, lone surrogates break UTF-8, other controls hide text from people.
const forbidden = /[\p{Cc}\p{Cs}]/u
const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g

/** Characters as people count them. */
function lengthOf(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}

/** Full-width digits, letters and punctuation as ASCII: `１２．５` → `12.5`. */
export const halfWidth = (text: string): string => text.normalize('NFKC').replace(/[−–]/g, '-').trim()

/** The text in `raw`, or undefined when it is none: a number may stand for text, as spreadsheets send it. */
function textIn(raw: unknown): string | undefined {
  if (typeof raw === 'string') return raw
  return typeof raw === 'number' && Number.isFinite(raw) ? String(raw) : undefined
}

/** Blank as a person may send it: nothing, null, or only white space. */
export const isBlankInput = (raw: unknown): boolean =>
  raw === undefined || raw === null || (typeof raw === 'string' && raw.trim() === '')

/** One line: trimmed, composed (NFC), line breaks and tabs turned into blanks. Null when nothing remains. */
export function normaliseLine(raw: unknown, maxLength: number): Result<string | null, FieldProblem> {
  if (isBlankInput(raw)) return ok(null)
  const text = textIn(raw)
  if (text === undefined) return refuse('field.notText')
  return bounded(text.replace(lineBreaks, ' ').normalize('NFC').trim(), forbidden, maxLength)
}

/** Several lines: line ends become LF, tabs stay. */
export function normaliseLines(raw: unknown, maxLength: number): Result<string | null, FieldProblem> {
  if (isBlankInput(raw)) return ok(null)
  const text = textIn(raw)
  if (text === undefined) return refuse('field.notText')
  const lines = text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .normalize('NFC')
    .trim()
  return bounded(lines, /[^\P{Cc}\n\t]|\p{Cs}/u, maxLength)
}

function bounded(text: string, refused: RegExp, maxLength: number): Result<string | null, FieldProblem> {
  if (refused.test(text)) return refuse('field.controlCharacter')
  // Units first: counting characters of a huge text would cost what the limit saves.
  if (text.length > maxLength && (text.length > 2 * maxLength || lengthOf(text) > maxLength))
    return refuse('field.tooLong', { max: maxLength })
  return ok(text === '' ? null : text)
}

/** Reads a line and hands it on to `parse` in half-width spelling; blank stays null. */
export function normaliseSpelled(
  raw: unknown,
  parse: (text: string) => Result<FieldValue, FieldProblem>,
): Result<FieldValue, FieldProblem> {
  const line = normaliseLine(raw, 500)
  if (!line.ok || line.value === null) return line
  return parse(halfWidth(line.value))
}

/** The parts of a list that somebody wrote as one text. */
export const splitList = (text: string): readonly string[] => text.split(/[,，、;；|\n]/)
