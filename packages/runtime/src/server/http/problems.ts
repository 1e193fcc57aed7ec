import { type Locale, renderProblem, titleOf } from '@tenon/engine'
import type { ProblemDocument } from '@tenon/runtime/contract'
import type { TenonError } from '../tenon-error.ts'

/**
 * The one map from codes to HTTP status. A code that is not here is about values: 422. Not there and not visible are
 * both 404 everywhere, so that an answer never tells that something exists.
 */
export const statusByCode: Readonly<Record<string, number>> = {
  'request.malformed': 400,
  'idempotency.malformed': 400,
  'session.required': 401,
  'session.wrongPassword': 401,
  'portal.signIn': 401,
  'portal.wrongCode': 403,
  'access.denied': 403,
  'task.notYours': 403,
  'task.notAllowed': 403,
  'task.delegated': 403,
  'request.csrf': 403,
  'sample.peopleNotYours': 403,
  'request.tooLarge': 413,
  'file.tooLarge': 413,
  'request.contentType': 415,
  'version.conflict': 409,
  'task.done': 409,
  'alert.over': 409,
  'task.lapsed': 409,
  'task.tooLate': 409,
  'task.alreadyAsked': 409,
  'task.taken': 409,
  'task.notOpen': 409,
  'task.notRefusable': 409,
  'clock.over': 409,
  'clock.notWarned': 409,
  'task.cancelled': 409,
  'flow.notRunning': 409,
  'flow.tokenGone': 409,
  'flow.notDead': 409,
  'timer.notArmed': 409,
  'record.referenced': 409,
  'setup.done': 409,
  'import.nothingToUndo': 409,
  'sample.running': 409,
  'sample.loaded': 409,
  'app.versionConflict': 409,
  'app.exists': 409,
  'draft.conflict': 409,
  'draft.nothingToUndo': 409,
  'draft.othersEdit': 409,
  'draft.missing': 404,
  'idempotency.inFlight': 409,
  'request.tooMany': 429,
  'server.fault': 500,
  'server.unavailable': 503,
}

export const statusOf = (code: string): number => statusByCode[code] ?? (code.endsWith('.notFound') ? 404 : 422)

/** The language of an answer: the first of accept-language we speak, else Chinese. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  for (const part of (acceptLanguage ?? '').split(',')) {
    const tag = part.split(';')[0]?.trim().toLowerCase() ?? ''
    if (tag === 'en' || tag.startsWith('en-')) return 'en'
    if (tag === 'zh' || tag.startsWith('zh-')) return 'zh-CN'
  }
  return 'zh-CN'
}

/** The answer for a refusal: never a stack, never SQL, only what the table of codes says. */
export function problemDocument(error: TenonError, locale: Locale): ProblemDocument {
  const title = titleOf(error.code, locale)
  const message = renderProblem(error, locale)
  const errors = error.problems.map((one) => ({ path: one.path, code: one.code, message: renderProblem(one, locale) }))
  const detail = errors.length === 1 && errors[0] ? errors[0].message : message
  return {
    type: `/errors#${error.code}`,
    title,
    status: statusOf(error.code),
    ...(detail !== title ? { detail } : {}),
    code: error.code,
    ...(errors.length > 0 ? { errors } : {}),
    ...error.extra,
  }
}
