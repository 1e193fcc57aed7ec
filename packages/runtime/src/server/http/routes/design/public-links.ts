import { PublicLinkList } from '@tenon/runtime/contract'
import type { Doors } from '../../../doors.ts'
import type { Http } from '../../server.ts'
import { AppParams, FormParams, NoBody, NoQuery } from '../parameters.ts'
import { designerOf } from './designer.ts'

const link = { resource: 'publicLink', audience: 'people' } as const
const root = '/api/design/apps/:app/public-links'

/** The links over which strangers reach the public forms of an app. */
export function publicLinkRoutes(http: Http, doors: Doors): void {
  const designer = designerOf(doors)
  const answer = { 200: PublicLinkList }
  http.get(
    root,
    { config: { ...link, action: 'list' }, schema: { params: AppParams, querystring: NoQuery, response: answer } },
    (request) => doors.publicLinks.list(designer(request), request.params.app),
  )
  http.put(
    `${root}/:form`,
    {
      config: { ...link, action: 'create' },
      schema: { params: FormParams, querystring: NoQuery, body: NoBody, response: answer },
    },
    (request) => doors.publicLinks.make(designer(request), request.params.app, request.params.form),
  )
  http.delete(
    `${root}/:form`,
    { config: { ...link, action: 'delete' }, schema: { params: FormParams, querystring: NoQuery, response: answer } },
    (request) => doors.publicLinks.drop(designer(request), request.params.app, request.params.form),
  )
}
