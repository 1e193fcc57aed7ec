import {
  DeletedElements,
  DraftEdited,
  DraftOrLive,
  DraftQuery,
  ElementHistory,
  ElementQuery,
  RestoreElement,
} from '@tenon/runtime/contract'
import type { Doors } from '../../../doors.ts'
import { localeOf } from '../../problems.ts'
import type { Http } from '../../server.ts'
import { AppParams } from '../parameters.ts'
import { designerOf } from './designer.ts'

const element = { resource: 'draft', audience: 'people' } as const

/** Single elements over time: their history, what was deleted, and bringing one back. */
export function elementRoutes(http: Http, doors: Doors): void {
  const designer = designerOf(doors)
  http.get(
    '/api/design/apps/:app/elements/history',
    {
      config: { ...element, action: 'read' },
      schema: { params: AppParams, querystring: ElementQuery, response: { 200: ElementHistory } },
    },
    (request) =>
      doors.elements.history(
        designer(request),
        request.params.app,
        request.query,
        localeOf(request.headers['accept-language']),
      ),
  )
  http.get(
    '/api/design/apps/:app/elements/deleted',
    {
      config: { ...element, action: 'list' },
      schema: { params: AppParams, querystring: DraftOrLive, response: { 200: DeletedElements } },
    },
    (request) =>
      doors.elements.deleted(
        designer(request),
        request.params.app,
        request.query,
        localeOf(request.headers['accept-language']),
      ),
  )
  http.post(
    '/api/design/apps/:app/elements/restore',
    {
      config: { ...element, action: 'update' },
      schema: { params: AppParams, querystring: DraftQuery, body: RestoreElement, response: { 200: DraftEdited } },
    },
    (request) =>
      doors.elements.restore(
        designer(request),
        request.params.app,
        request.query.name ?? 'main',
        request.body,
        localeOf(request.headers['accept-language']),
      ),
  )
}
