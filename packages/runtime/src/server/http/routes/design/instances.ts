import { Closed, Id, InstanceOverview, MoveAnswer, MoveInstances, ResolveInstance, Slug } from '@tenon/runtime/contract'
import type { Doors } from '../../../doors.ts'
import { localeOf } from '../../problems.ts'
import type { Http } from '../../server.ts'
import { AppParams, Gone, NoQuery } from '../parameters.ts'
import { designerOf } from './designer.ts'

const instances = { resource: 'instance', audience: 'people' } as const

/** Running instances of flows that have changed: where they stand, move them, decide about the parked ones. */
export function instanceRoutes(http: Http, doors: Doors): void {
  const designer = designerOf(doors)
  http.get(
    '/api/design/apps/:app/instances',
    {
      config: { ...instances, action: 'list' },
      schema: { params: AppParams, querystring: NoQuery, response: { 200: InstanceOverview } },
    },
    (request) =>
      doors.instances.overview(designer(request), request.params.app, localeOf(request.headers['accept-language'])),
  )
  http.post(
    '/api/design/apps/:app/instances/migrate',
    {
      config: { ...instances, action: 'act' },
      schema: { params: AppParams, querystring: NoQuery, body: MoveInstances, response: { 200: MoveAnswer } },
    },
    (request) =>
      doors.instances.migrate(
        designer(request),
        request.params.app,
        request.body,
        localeOf(request.headers['accept-language']),
      ),
  )
  http.post(
    '/api/design/apps/:app/instances/:id/resolve',
    {
      config: { ...instances, action: 'act' },
      schema: {
        params: Closed({ app: Slug, id: Id }),
        querystring: NoQuery,
        body: ResolveInstance,
        response: Gone,
      },
    },
    async (request, reply) => {
      await doors.instances.resolve(designer(request), request.params.app, request.params.id, request.body)
      return reply.code(204).send(null)
    },
  )
}
