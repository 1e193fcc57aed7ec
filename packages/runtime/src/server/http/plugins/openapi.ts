import swagger from '@fastify/swagger'
import { ProblemDocument } from '@tenon/runtime/contract'
import type { Http } from '../server.ts'

/** Resources whose every write is a command with a key. */
const keyed: ReadonlySet<string> = new Set(['record', 'task', 'file'])
const writing: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

const idempotency = {
  type: 'object',
  properties: {
    'idempotency-key': {
      type: 'string',
      description:
        'The same key and body within a day act once and get the first answer again. Absent: every call acts.',
    },
  },
}

const operationIdOf = (methods: readonly string[], url: string): string =>
  `${methods.join('_')}${url.replace(/^\/api(?=\/)/, '')}`.replace(/[^A-Za-z0-9]+/g, '_').toLowerCase()

/** The parts of an upload: the file, and texts beside it. */
const uploadOf = (parts: Readonly<Record<string, string>>) => ({
  type: 'object',
  required: ['file'],
  properties: {
    file: { type: 'string', format: 'binary' },
    ...Object.fromEntries(Object.entries(parts).map(([name, description]) => [name, { type: 'string', description }])),
  },
})

/** `task: complete`: what a call is about and what it does, in two words. */
function summaryOf(url: string, resource: string, action: string): string {
  const last = url.split('/').at(-1) ?? ''
  return `${resource}: ${action === 'act' && !last.startsWith(':') ? last : action}`
}

/** The description of the whole contract, made from the same schemas that check the requests. */
export async function describeApi(app: Http, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Tenon', version, description: 'Everything the web pages do, they do with this.' },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'API token' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'tenon_session',
            description: 'Cookie of POST /api/session; writes also send x-csrf-token',
          },
        },
      },
    },
    transform: ({ schema, url, route }) => {
      const { config } = route
      const methods = [route.method].flat()
      if (config?.resource === 'page') return { schema: { ...schema, hide: true }, url }
      const response = { ...(schema.response as object), '4XX': ProblemDocument }
      const security = config?.audience === 'anyone' ? [] : [{ token: [] }, { session: [] }]
      return {
        schema: {
          ...schema,
          ...(config?.upload && { consumes: ['multipart/form-data'], body: uploadOf(config.parts ?? {}) }),
          ...(methods.some((method) => writing.has(method)) &&
            keyed.has(config?.resource ?? '') && { headers: idempotency }),
          response,
          security,
          tags: [config?.resource ?? ''],
          summary: summaryOf(url, config?.resource ?? '', config?.action ?? ''),
          operationId: operationIdOf(methods, url),
        },
        url,
      }
    },
  })
}
