import { Closed, PortalView } from '@tenon/runtime/contract'
import { Type } from 'typebox'
import type { Doors } from '../../../doors.ts'
import type { Http } from '../../server.ts'
import { NoQuery } from '../parameters.ts'

/** Anything at all: what is no name of an app is answered like an app without a portal. */
const PortalParams = Closed({ app: Type.String({ minLength: 1, maxLength: 100 }) })

/** The page of an app for its customers, for people without an account. */
export function portalRoutes(http: Http, doors: Doors): void {
  http.get(
    '/api/portal/:app',
    {
      config: { resource: 'portal', action: 'read', audience: 'anyone' },
      schema: { params: PortalParams, querystring: NoQuery, response: { 200: PortalView } },
    },
    (request) => doors.portal.view(request.params.app),
  )
}
