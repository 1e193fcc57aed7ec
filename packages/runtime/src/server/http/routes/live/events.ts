import { Type } from 'typebox'
import { principalOf } from '../../../auth/identity.ts'
import type { Doors } from '../../../doors.ts'
import type { Hub } from '../../../live/hub.ts'
import { TenonError } from '../../../tenon-error.ts'
import { personOf } from '../../plugins/identity.ts'
import type { Http } from '../../server.ts'
import { NoQuery } from '../parameters.ts'

const heartbeatMs = 15_000
const mostPerPerson = 20

/** `GET /api/events`: what changes that I may see, as it happens. Ends with the session. */
export function eventRoutes(http: Http, doors: Doors, hub: Hub): void {
  const perPerson = new Map<string, number>()

  http.get(
    '/api/events',
    {
      config: { resource: 'event', action: 'read', audience: 'people' },
      schema: {
        querystring: NoQuery,
        response: { 200: Type.Unknown({ description: 'text/event-stream of LiveEvent' }) },
      },
      compress: false,
    },
    async (request, reply) => {
      const { user } = personOf(request)
      const { identity } = request
      if (identity.via === 'nothing' || identity.via === 'operator') throw new TenonError('session.required')
      const count = perPerson.get(user.id) ?? 0
      if (count >= mostPerPerson) throw new TenonError('request.tooMany', { seconds: 60 })
      perPerson.set(user.id, count + 1)

      reply.hijack()
      const { raw } = reply
      raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-accel-buffering': 'no',
        connection: 'keep-alive',
      })
      raw.write('retry: 2000\n\n')
      const heartbeat = setInterval(() => raw.write(': \n\n'), heartbeatMs)
      const stop = hub.listen({
        key: identity.via === 'session' ? identity.sessionHash : identity.tokenId,
        user: user.id,
        principal: () => principalOf(doors.directory(), user.id),
        send: (event) => {
          // A reader that does not read must not fill our memory: it reconnects and asks anew.
          if (raw.writableLength > 1_000_000) raw.destroy()
          else raw.write(`data: ${JSON.stringify(event)}\n\n`)
        },
        close: () => raw.end(),
      })
      raw.once('close', () => {
        clearInterval(heartbeat)
        stop()
        const left = (perPerson.get(user.id) ?? 1) - 1
        if (left > 0) perPerson.set(user.id, left)
        else perPerson.delete(user.id)
      })
    },
  )
}
