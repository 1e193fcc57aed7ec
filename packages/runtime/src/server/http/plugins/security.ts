import helmet from '@fastify/helmet'
import type { Http } from '../server.ts'

/**
 * What a browser may do with our answers. Data is nothing to render: everything off. Pages get their own policy, with
 * a nonce for the styles of the UI kit, in `pages.ts`.
 */
export async function secureHeaders(app: Http): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
    },
    // Only a proxy that ends TLS knows whether the address is reachable by https for ever.
    strictTransportSecurity: false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  })
  app.addHook('onSend', async (request, reply) => {
    if (!reply.hasHeader('cache-control'))
      reply.header('cache-control', request.routeOptions.config?.resource === 'page' ? 'no-cache' : 'no-store')
  })
}

/** What a page may load; `pictures` are origins besides our own. */
export const pagePolicy = (nonce: string, pictures: readonly string[]): string =>
  [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    ["img-src 'self' data: blob:", ...pictures].join(' '),
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
