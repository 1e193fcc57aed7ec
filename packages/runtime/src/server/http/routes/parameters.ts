import { createHash } from 'node:crypto'
import { Closed, Id, Slug } from '@tenon/runtime/contract'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Intention } from '../../doors.ts'
import { TenonError } from '../../tenon-error.ts'

/** Path and query parameters that many routes share. */
export const NoQuery = Closed({})
export const NoBody = Closed({})
export const IdParams = Closed({ id: Id })
export const AppParams = Closed({ app: Slug })
export const FormParams = Closed({ app: Slug, form: Slug })
export const FlowParams = Closed({ app: Slug, flow: Id })
export const RecordParams = Closed({ app: Slug, form: Slug, id: Id })
export const Gone = { 204: Type.Null() }

const keyPattern = /^[\x21-\x7e]{1,200}$/

/**
 * The caller's idempotency key with a fingerprint of what it is for; undefined without the header. The fingerprint
 * covers the address as well, so that a key cannot be used for two records.
 */
export function intentionOf(
  request: FastifyRequest,
  part = '',
  body: unknown = request.body ?? null,
): Intention | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key !== 'string' || !keyPattern.test(key)) throw new TenonError('idempotency.malformed')
  const bodyHash = createHash('sha256')
    .update(JSON.stringify([request.url, body]))
    .digest('hex')
  return { key: part === '' ? key : `${key}/${part}`, route: `${request.method} ${request.routeOptions.url}`, bodyHash }
}

/** The JSON in a text parameter, such as `where=`; a text that is none is a malformed request. */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text, refuseUnsafeKeys)
  } catch {
    throw new TenonError('request.malformed', { reason: `${name}: JSON` })
  }
}

/** The same names that the body parser refuses. */
function refuseUnsafeKeys(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError(key)
  return value
}
