import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  LogController,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify'
import type { Config } from '../config.ts'
import { TenonError } from '../tenon-error.ts'
import { requireDeclarations } from './plugins/declarations.ts'
import { addErrorHandling } from './plugins/errors.ts'
import { type Authenticator, admit, identify } from './plugins/identity.ts'
import { limitRequests, type PublicLimit, type SignInLimit } from './plugins/limits.ts'
import { secureHeaders } from './plugins/security.ts'
import { validatorCompiler } from './validation.ts'

/** A fastify whose handlers know the types of what their schemas let through. */
export type Http = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/** Largest JSON body. Definitions travel in one piece, so it is what an app may weigh. */
const bodyMaxBytes = 8 * 2 ** 20
const requestTimeoutMs = 60_000

const logOptions = (config: Config) =>
  config.logLevel === 'silent'
    ? false
    : {
        level: config.logLevel,
        base: null,
        serializers: {
          // Never headers or bodies: cookies, tokens and customers' data do not belong in a log.
          req: ({ method, url, id, ip }: { method: string; url: string; id: string; ip: string }) => ({
            method,
            url: url.split('?')[0] ?? '',
            id,
            ip,
          }),
        },
      }

/**
 * The bare server: parsing, limits, sign-in, refusals; routes come after. Order matters: who is it, how often, may
 * they at all; only then is a body read.
 */
export async function createHttp(
  config: Config,
  authenticator: Authenticator,
): Promise<{ http: Http; limits: { signInLimit: SignInLimit; publicLimit: PublicLimit } }> {
  const http = Fastify({
    logger: logOptions(config),
    bodyLimit: bodyMaxBytes,
    requestTimeout: requestTimeoutMs,
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    routerOptions: {
      caseSensitive: true,
      ignoreTrailingSlash: false,
      ignoreDuplicateSlashes: false,
      maxParamLength: 300,
    },
    logController: new LogController({ disableRequestLogging: config.logLevel !== 'debug' }),
  }).withTypeProvider<TypeBoxTypeProvider>()

  http.decorate('uploadMaxBytes', config.uploadMaxBytes)
  http.setValidatorCompiler(validatorCompiler)
  // Answers are built from typed views; the tests hold each of them against its declared schema.
  http.setSerializerCompiler(() => JSON.stringify)
  addErrorHandling(http)
  acceptJsonOnly(http)
  await secureHeaders(http)
  await http.register(cookie)
  await http.register(compress, { global: true, threshold: 1024, encodings: ['gzip', 'identity'] })
  await http.register(multipart, {
    throwFileSizeLimit: true,
    limits: {
      fileSize: config.uploadMaxBytes,
      files: 1,
      fields: 10,
      fieldNameSize: 60,
      fieldSize: 200_000,
      parts: 12,
      headerPairs: 50,
    },
  })
  requireDeclarations(http)
  identify(http, authenticator)
  const limits = await limitRequests(http, config)
  admit(http)
  canonicalise(http)
  return { http, limits }
}

/**
 * JSON by its one name. Odd spellings of a content type must never reach a handler unchecked: whatever is not exactly
 * this is refused, and a route for uploads takes nothing but multipart. No text of ours has a NUL in it: databases
 * disagree about it.
 */
function acceptJsonOnly(http: Http): void {
  const parse = http.getDefaultJsonParser('error', 'error')
  http.removeAllContentTypeParsers()
  http.addContentTypeParser<string>(
    /^application\/json(; ?charset=utf-8)?$/i,
    { parseAs: 'string' },
    (request, text, done) => {
      void parse(request, text, (error, body) => {
        if (error) done(error)
        else if (text.includes('\\u0000') && hasNul(body))
          done(new TenonError('request.malformed', { reason: '\\u0000' }))
        else done(null, body)
      })
    },
  )
  http.addHook('onRequest', async (request) => {
    if (/%00/.test(request.url)) throw new TenonError('request.malformed', { reason: '%00' })
  })
}

const hasNul = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.includes('\u0000')
    : typeof value === 'object' &&
      value !== null &&
      Object.entries(value).some(([key, item]) => hasNul(key) || hasNul(item))

/**
 * Before anything looks at the request: `after-sales` in an address is the app `after_sales`, because people write the
 * folder's name; files come only where a route takes them, and there nothing else; and a write that needs nothing said
 * may come without a body.
 */
function canonicalise(http: Http): void {
  http.addHook('preValidation', async (request) => {
    const params = request.params as { app?: string } | undefined
    if (params?.app?.includes('-')) params.app = params.app.replaceAll('-', '_')
    const takesFiles = request.routeOptions.config.upload === true
    if (!request.is404 && request.isMultipart() !== takesFiles)
      throw new TenonError('request.contentType', {
        given: (request.headers['content-type'] ?? '').slice(0, 80),
        expected: takesFiles ? 'multipart/form-data' : 'application/json',
      })
    if (request.body === undefined && request.routeOptions.schema?.body) request.body = {}
  })
}
