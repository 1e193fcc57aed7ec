import {
  Closed,
  Id,
  JobView,
  NotificationPage,
  ReadNotifications,
  SavedView,
  SavedViewList,
  SaveView,
  Slug,
} from '@tenon/runtime/contract'
import { Type } from 'typebox'
import type { Doors } from '../../../doors.ts'
import { reservedId } from '../../commands.ts'
import { callerOf, personOf } from '../../plugins/identity.ts'
import { localeOf } from '../../problems.ts'
import type { Http } from '../../server.ts'
import { FormParams, Gone, IdParams, NoBody, NoQuery } from '../parameters.ts'

/** What is mine: my bell, my saved views, my long-running jobs. */
export function mineRoutes(http: Http, doors: Doors): void {
  const bell = { resource: 'notification', audience: 'people' } as const
  http.get(
    '/api/notifications',
    { config: { ...bell, action: 'list' }, schema: { querystring: NoQuery, response: { 200: NotificationPage } } },
    (request) => doors.mine.notifications(personOf(request)),
  )
  http.post(
    '/api/notifications/read',
    {
      config: { ...bell, action: 'update' },
      schema: { querystring: NoQuery, body: ReadNotifications, response: { 200: NotificationPage } },
    },
    async (request) => {
      await doors.mine.readNotifications(personOf(request), request.body.ids)
      return doors.mine.notifications(personOf(request))
    },
  )

  const view = { resource: 'view', audience: 'people' } as const
  const root = '/api/apps/:app/forms/:form/views'
  const ViewParams = Closed({ app: Slug, form: Slug, id: Id })
  http.get(
    root,
    {
      config: { ...view, action: 'list' },
      schema: { params: FormParams, querystring: NoQuery, response: { 200: SavedViewList } },
    },
    async (request) => ({
      items: [...(await doors.mine.views(personOf(request), request.params.app, request.params.form))],
    }),
  )
  http.post(
    root,
    {
      config: { ...view, action: 'create' },
      schema: { params: FormParams, querystring: NoQuery, body: SaveView, response: { 201: SavedView } },
    },
    async (request, reply) => {
      const { app, form } = request.params
      const reserved = await reservedId(doors, request)
      return reply
        .code(201)
        .send(await doors.mine.saveView(personOf(request), app, form, request.body, undefined, reserved))
    },
  )
  http.put(
    `${root}/:id`,
    {
      config: { ...view, action: 'update' },
      schema: { params: ViewParams, querystring: NoQuery, body: SaveView, response: { 200: SavedView } },
    },
    (request) =>
      doors.mine.saveView(personOf(request), request.params.app, request.params.form, request.body, request.params.id),
  )
  http.delete(
    `${root}/:id`,
    { config: { ...view, action: 'delete' }, schema: { params: ViewParams, querystring: NoQuery, response: Gone } },
    async (request, reply) => {
      await doors.mine.removeView(personOf(request), request.params.app, request.params.form, request.params.id)
      return reply.code(204).send(null)
    },
  )

  const job = { resource: 'job', audience: 'people' } as const
  http.get(
    '/api/jobs',
    {
      config: { ...job, action: 'list' },
      schema: { querystring: NoQuery, response: { 200: Closed({ items: Type.Array(JobView) }) } },
    },
    async (request) => ({
      items: [...(await doors.imports.jobs(callerOf(request), localeOf(request.headers['accept-language'])))],
    }),
  )
  http.get(
    '/api/jobs/:id',
    {
      config: { ...job, action: 'read' },
      schema: { params: IdParams, querystring: NoQuery, response: { 200: JobView } },
    },
    (request) => doors.imports.job(callerOf(request), request.params.id, localeOf(request.headers['accept-language'])),
  )
  http.post(
    '/api/jobs/:id/undo',
    {
      config: { ...job, action: 'act' },
      schema: { params: IdParams, querystring: NoQuery, body: NoBody, response: { 202: JobView } },
    },
    async (request, reply) => reply.code(202).send(await doors.imports.undo(callerOf(request), request.params.id)),
  )
  http.get(
    '/api/jobs/:id/errors',
    {
      config: { ...job, action: 'export' },
      schema: { params: IdParams, querystring: NoQuery, response: { 200: Type.Unknown() } },
    },
    async (request, reply) =>
      reply
        .header('content-disposition', 'attachment; filename="errors.csv"')
        .type('text/csv; charset=utf-8')
        .send(await doors.imports.errorFile(callerOf(request), request.params.id)),
  )
}
