import type { Json } from './json.ts'

/**
 * A document or an input is not right. Problems are collected, all at once; `code` is a key of the table in
 * `problems.ts`, `path` a JSON Pointer into the document or the submitted values.
 */
export type Problem = {
  readonly code: string
  readonly path: string
  /** Values for the message template, e.g. `{ max: 200 }`. */
  readonly details?: { readonly [name: string]: Json }
  /** Absent: an error, which keeps a document from being published. A warning only wants to be read. */
  readonly severity?: 'warning'
}

/** Right input, but not now or not by you. Returned, never thrown; nothing was changed. */
export type Rejection = {
  readonly code: string
  readonly details?: { readonly [name: string]: Json }
  readonly problems?: readonly Problem[]
}

export const problem = (code: string, path: string, details?: Problem['details']): Problem =>
  details === undefined ? { code, path } : { code, path, details }

export const warning = (code: string, path: string, details?: Problem['details']): Problem => ({
  ...problem(code, path, details),
  severity: 'warning',
})
