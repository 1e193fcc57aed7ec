import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { TenonError } from '../../tenon-error.ts'
import { localeOf, problemDocument } from '../problems.ts'
import { type SchemaError, schemaProblems } from '../schema-problems.ts'
import type { Http } from '../server.ts'

/** Answers every refusal with a problem document and hides what a bug has to say in the log. */
export function addErrorHandling(app: Http): void {
  app.setErrorHandler((error, request, reply) =>
    answer(asTenonError(error as FastifyError, request), error, request, reply),
  )
  app.setNotFoundHandler((request, reply) => answer(new TenonError('request.notFound'), undefined, request, reply))
}

function answer(refusal: TenonError, cause: unknown, request: FastifyRequest, reply: FastifyReply) {
  const body = problemDocument(refusal, localeOf(request.headers['accept-language']))
  if (body.status >= 500) request.log.error({ err: cause, code: refusal.code }, 'request failed')
  const wait = refusal.details?.seconds
  if (body.status === 429 && typeof wait === 'number') reply.header('retry-after', wait)
  return reply.code(body.status).type('application/problem+json').header('cache-control', 'no-store').send(body)
}

function asTenonError(error: FastifyError, request: FastifyRequest): TenonError {
  if (error instanceof TenonError) return error
  if (error.validation) return malformed(error, request)
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new TenonError('request.tooLarge', { max: bytes(request.routeOptions.bodyLimit) })
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new TenonError('request.contentType', {
        given: request.headers['content-type']?.slice(0, 80) ?? '',
        expected: expectedType(request),
      })
    case 'FST_REQ_FILE_TOO_LARGE':
      return new TenonError('file.tooLarge', { max: bytes(request.server.uploadMaxBytes) })
  }
  const status = error.statusCode ?? 500
  if (status === 404) return new TenonError('request.notFound')
  if (status >= 400 && status < 500) return new TenonError('request.malformed', { reason: error.message })
  return new TenonError('server.fault', { request: request.id })
}

const expectedType = (request: FastifyRequest) =>
  request.routeOptions.config.upload === true ? 'multipart/form-data' : 'application/json'

/** A broken envelope: which part, where, and what the schema wanted. */
function malformed(error: FastifyError, request: FastifyRequest): TenonError {
  const part = error.validationContext === 'querystring' ? 'query' : (error.validationContext ?? 'body')
  const given = (request as unknown as { readonly [part: string]: unknown })[part]
  const problems = schemaProblems((error.validation ?? []) as readonly SchemaError[], given).slice(0, 100)
  const reason = problems[0] ? `${error.validationContext ?? 'body'}${problems[0].path}` : error.message
  return new TenonError('request.malformed', { reason }, problems)
}

const bytes = (count: number) =>
  count >= 2 ** 20 ? `${Math.floor(count / 2 ** 20)} MiB` : `${Math.floor(count / 1024)} KiB`
