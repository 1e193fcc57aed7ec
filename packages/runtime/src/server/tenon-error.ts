import type { Problem, Rejection } from '@tenon/engine'

/** A refusal on its way to the caller: a code of the table, details for its text, and what exactly was wrong. */
export class TenonError extends Error {
  readonly code: string
  readonly details: Rejection['details']
  readonly problems: readonly Problem[]
  /** More members of the answer, e.g. `current` of a stale version. */
  readonly extra: Readonly<Record<string, unknown>>
  constructor(
    code: string,
    details?: Rejection['details'],
    problems: readonly Problem[] = [],
    extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(code)
    this.name = 'TenonError'
    this.code = code
    this.details = details
    this.problems = problems
    this.extra = extra
  }
}

export const notFound = (): TenonError => new TenonError('record.notFound')
export const denied = (): TenonError => new TenonError('access.denied')
/** Turns a returned rejection into the error that the HTTP layer answers with. */
export const rejected = (rejection: Rejection, extra?: Readonly<Record<string, unknown>>): TenonError =>
  new TenonError(rejection.code, rejection.details, rejection.problems ?? [], extra)
