import swagger from '@fastify/swagger'
import { ProblemDocument } from '@tenon/runtime/contract'
import type { Http } from '../server.ts'

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
      if (config?.resource === 'page') return { schema: { ...schema, hide: true }, url }
      const response = { ...(schema.response as object), '4XX': ProblemDocument }
      const security = config?.audience === 'anyone' ? [] : [{ token: [] }, { session: [] }]
      return {
        schema: {
          ...schema,
          response,
          security,
          tags: [config?.resource ?? ''],
          operationId: `${config?.action}.${url}`,
        },
        url,
      }
    },
  })
}
