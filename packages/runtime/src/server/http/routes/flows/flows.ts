import type { Json } from '@tenon/engine'
import { FlowMessage } from '@tenon/runtime/contract'
import type { Doors } from '../../../doors.ts'
import { carryOut } from '../../commands.ts'
import type { Http } from '../../server.ts'
import { AppParams, Gone, IdParams, NoBody, NoQuery } from '../parameters.ts'

const flow = { resource: 'flow', action: 'act', audience: 'people' } as const

/** What other systems tell flows, and what gets a stuck one going again; for those who manage the app. */
export function flowRoutes(http: Http, doors: Doors): void {
  http.post(
    '/api/apps/:app/messages',
    { config: flow, schema: { params: AppParams, querystring: NoQuery, body: FlowMessage, response: Gone } },
    async (request, reply) => {
      const { id, data, ...message } = request.body
      await carryOut(doors, request, {
        type: 'message.receive',
        app: request.params.app,
        message: id,
        ...message,
        ...(data === undefined ? {} : { data: data as Json }),
      })
      return reply.code(204).send(null)
    },
  )

  http.post(
    '/api/instances/:id/retry',
    { config: flow, schema: { params: IdParams, querystring: NoQuery, body: NoBody, response: Gone } },
    async (request, reply) => {
      await carryOut(doors, request, { type: 'flow.retry', instance: request.params.id })
      return reply.code(204).send(null)
    },
  )
}
