import { documentSchemas, formatInstant, parseDurationMs, parseInstant } from '@tenon/engine'
import { documentSchemas as reportSchemas } from '@tenon/reports'
import { AdvanceClock, ClockNow, Closed, Health } from '@tenon/runtime/contract'
import type { Registry } from 'prom-client'
import { Type } from 'typebox'
import type { TestClock } from '../../../clock.ts'
import { TenonError } from '../../../tenon-error.ts'
import type { Http } from '../../server.ts'
import { NoQuery } from '../parameters.ts'

const health = { resource: 'health', action: 'read', audience: 'anyone' } as const
const schema = { querystring: NoQuery, response: { 200: Health } }

/** Alive, ready, and figures for the monitoring. */
export function healthRoutes(http: Http, registry: Registry, isReady: () => Promise<void>): void {
  http.get('/healthz', { config: health, schema, exposeHeadRoute: true }, async () => ({ status: 'ok' }) as const)
  http.get('/readyz', { config: health, schema, exposeHeadRoute: true }, async (request) => {
    await isReady().catch((err: unknown) => {
      request.log.error({ err }, 'not ready')
      throw new TenonError('server.unavailable')
    })
    return { status: 'ok' } as const
  })
  http.get(
    '/metrics',
    { config: health, schema: { querystring: NoQuery, response: { 200: Type.String() } } },
    async (_request, reply) =>
      reply
        .type('text/plain; version=0.0.4')
        .serializer(String)
        .send(await registry.metrics()),
  )
}

/** The description of the contract itself. */
export function descriptionRoute(http: Http): void {
  http.get(
    '/api/openapi.json',
    {
      config: { ...health, resource: 'description' },
      schema: { querystring: NoQuery, response: { 200: Type.Unknown() } },
    },
    async () => http.swagger(),
  )
}

const schemas: ReadonlyMap<string, object> = new Map(
  Object.entries({ ...documentSchemas, ...reportSchemas }).map(([name, document]) => [`${name}.schema.json`, document]),
)

/** The schemas that definition files name in `$schema`, for editors. */
export function schemaRoute(http: Http): void {
  const params = Closed({ name: Type.String({ maxLength: 80 }) })
  http.get(
    '/schemas/:name',
    {
      config: { ...health, resource: 'schema' },
      schema: { params, querystring: NoQuery, response: { 200: Type.Unknown() } },
    },
    async (request) => {
      const document = schemas.get(request.params.name)
      if (!document) throw new TenonError('request.notFound')
      return document
    },
  )
}

/** Only with TENON_TEST_CLOCK=1: moves the clock of the process and lets all that became due happen. */
export function testClockRoute(http: Http, clock: TestClock, runDue: () => Promise<number>): void {
  http.post(
    '/api/test/clock',
    {
      config: { resource: 'clock', action: 'update', audience: 'anyone' },
      schema: { querystring: NoQuery, body: AdvanceClock, response: { 200: ClockNow } },
    },
    async (request) => {
      const { advance, now } = request.body
      const byMs = advance === undefined ? 0 : parseDurationMs(advance)
      const to = now === undefined ? undefined : parseInstant(now)
      if (byMs === undefined || byMs < 0 || (now !== undefined && (to === undefined || to < clock.now())))
        throw new TenonError('request.malformed', { reason: 'advance | now' })
      clock.advanceTo((to ?? clock.now()) + byMs)
      const fired = await runDue()
      return { now: formatInstant(clock.now()), fired }
    },
  )
}
