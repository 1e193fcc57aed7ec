import type { RouteOptions } from 'fastify'
import type { Http } from '../server.ts'

/** Whom a route lets in at all; what they may do with which rows is decided further down, per record and field. */
type Audience = 'anyone' | 'people' | 'admins'
type RouteAction = 'read' | 'list' | 'create' | 'update' | 'delete' | 'act' | 'export' | 'import' | 'publish' | 'signIn'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route is about, one word of the contract: record, task, session … */
    resource?: string
    action?: RouteAction
    audience?: Audience
    /** Takes multipart/form-data instead of JSON. */
    upload?: true
    /** Text parts it takes beside `file`, each with what it says; absent: none. */
    parts?: Readonly<Record<string, string>>
    /** A read by POST (a query too long for an address): needs no idempotency key. */
    safe?: true
  }
  interface FastifyInstance {
    uploadMaxBytes: number
    /** Every route there is, for the tests that visit them all. */
    inventory: RouteEntry[]
  }
}

export type RouteEntry = {
  readonly method: string
  readonly url: string
  readonly resource: string
  readonly audience: Audience
  readonly upload: boolean
  readonly body: unknown
}

const hasBody = (method: string) => method === 'POST' || method === 'PUT' || method === 'PATCH'

/** What is missing in a route's declaration; empty when it may be served. */
export function undeclared(route: Pick<RouteOptions, 'method' | 'url' | 'schema' | 'config'>): string[] {
  const { schema = {}, config } = route
  const methods = [route.method].flat()
  const missing: string[] = []
  if (!config?.resource) missing.push('config.resource')
  if (!config?.action) missing.push('config.action')
  if (!config?.audience) missing.push('config.audience')
  if (!schema.response) missing.push('schema.response')
  if (route.url.includes(':') && !schema.params) missing.push('schema.params')
  if (!schema.querystring) missing.push('schema.querystring')
  if (methods.some(hasBody) && config?.upload !== true && !schema.body) missing.push('schema.body')
  return missing
}

/**
 * Refuses to start with a route that does not say what it is about, who may call it and what it takes and gives.
 * Routes of plug-ins that serve files are declared like all others.
 */
export function requireDeclarations(app: Http): void {
  app.decorate('inventory', [])
  app.addHook('onRoute', (route) => {
    const missing = undeclared(route)
    const { resource = '', audience = 'people', upload = false } = route.config ?? {}
    for (const method of [route.method].flat())
      app.inventory.push({ method, url: route.url, resource, audience, upload, body: route.schema?.body })
    if (missing.length > 0)
      throw new Error(`route ${[route.method].flat().join('|')} ${route.url} does not declare ${missing.join(', ')}`)
  })
}
