import { type Locale, renderProblem } from '@tenon/engine'
import { stringify } from 'csv-stringify/sync'
import type { RowError } from './check-rows.ts'

const headers = { 'zh-CN': ['行号', '列', '内容', '问题'], en: ['Line', 'Column', 'Value', 'Problem'] } as const

/** One line per bad cell, in the reader's language; with a byte order mark, so that spreadsheets show Chinese. */
export function errorFile(errors: readonly RowError[], locale: Locale): string {
  const rows = errors.map((error) => [error.line, error.column ?? '', error.value, messageOf(error, locale)])
  return `\ufeff${stringify([[...headers[locale]], ...rows], { escape_formulas: true })}`
}

export const messageOf = ({ code, column, details }: RowError, locale: Locale): string =>
  renderProblem({ code, details: { label: column ?? '', ...details } }, locale)
