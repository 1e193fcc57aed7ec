import {
  Closed,
  CreateComment,
  CreateRecord,
  FormContext,
  Id,
  ListParameters,
  RecordPage,
  RecordView,
  RunAction,
  Slug,
  Timeline,
  TimelineEntry,
  UpdateRecord,
} from '@tenon/runtime/contract'
import { Type } from 'typebox'
import type { Doors } from '../../../doors.ts'
import { notFound } from '../../../tenon-error.ts'
import { carryOut, viewAfter } from '../../commands.ts'
import { callerOf } from '../../plugins/identity.ts'
import type { Http } from '../../server.ts'
import { FormParams, Gone, NoQuery, RecordParams } from '../parameters.ts'

const root = '/api/apps/:app/forms/:form/records'
const one = `${root}/:id`
const people = { resource: 'record', audience: 'people' } as const
const VersionQuery = Closed({ version: Type.Optional(Type.Integer({ minimum: 1 })) })

/** Read and change the records of a form. */
export function recordRoutes(http: Http, doors: Doors): void {
  http.get(
    root,
    {
      config: { ...people, action: 'list' },
      schema: { params: FormParams, querystring: ListParameters, response: { 200: RecordPage } },
    },
    (request) => doors.records.list(callerOf(request), request.params.app, request.params.form, request.query),
  )

  http.post(
    root,
    {
      config: { ...people, action: 'create' },
      schema: { params: FormParams, querystring: NoQuery, body: CreateRecord, response: { 201: RecordView } },
    },
    async (request, reply) => {
      const { record } = await carryOut(doors, request, {
        type: 'record.create',
        ...request.params,
        values: request.body.values,
      })
      if (!record) throw notFound()
      const view = await viewAfter(doors, request, record)
      return reply
        .code(201)
        .header('location', `/api/apps/${record.app}/forms/${record.form}/records/${record.id}`)
        .send(view)
    },
  )

  http.get(
    one,
    {
      config: { ...people, action: 'read' },
      schema: { params: RecordParams, querystring: NoQuery, response: { 200: RecordView } },
    },
    (request) => doors.records.get(callerOf(request), request.params.app, request.params.form, request.params.id),
  )

  http.patch(
    one,
    {
      config: { ...people, action: 'update' },
      schema: { params: RecordParams, querystring: NoQuery, body: UpdateRecord, response: { 200: RecordView } },
    },
    async (request) => {
      const { record } = await carryOut(doors, request, { type: 'record.update', ...request.params, ...request.body })
      if (!record) throw notFound()
      return viewAfter(doors, request, record)
    },
  )

  http.delete(
    one,
    {
      config: { ...people, action: 'delete' },
      schema: { params: RecordParams, querystring: VersionQuery, response: Gone },
    },
    async (request, reply) => {
      await carryOut(doors, request, { type: 'record.delete', ...request.params, ...request.query })
      return reply.code(204).send(null)
    },
  )
}

/** What happened to a record, what is said about it, its buttons, and the form to draw for it. */
export function recordPageRoutes(http: Http, doors: Doors): void {
  http.get(
    `${one}/timeline`,
    {
      config: { ...people, action: 'read' },
      schema: {
        params: RecordParams,
        querystring: Closed({ before: Type.Optional(Type.Integer({ minimum: 1 })) }),
        response: { 200: Timeline },
      },
    },
    (request) =>
      doors.records.timeline(
        callerOf(request),
        request.params.app,
        request.params.form,
        request.params.id,
        request.query.before,
      ),
  )

  http.post(
    `${one}/comments`,
    {
      config: { ...people, action: 'create' },
      schema: { params: RecordParams, querystring: NoQuery, body: CreateComment, response: { 201: TimelineEntry } },
    },
    async (request, reply) => {
      const { body, visibility = 'internal', mentions, files } = request.body
      const { app, form, id } = request.params
      await carryOut(doors, request, {
        type: 'record.comment',
        app,
        form,
        id,
        body,
        visibility,
        ...(mentions && { mentions }),
        ...(files && { files }),
      })
      return reply.code(201).send(await doors.records.comment(callerOf(request), app, form, id))
    },
  )

  http.post(
    `${one}/actions/:action`,
    {
      config: { ...people, action: 'act' },
      schema: {
        params: Closed({ app: Slug, form: Slug, id: Id, action: Slug }),
        querystring: NoQuery,
        body: RunAction,
        response: { 200: RecordView },
      },
    },
    async (request) => {
      const { record } = await carryOut(doors, request, { type: 'record.action', ...request.params, ...request.body })
      if (!record) throw notFound()
      return viewAfter(doors, request, record)
    },
  )

  http.get(
    `${one}/form`,
    {
      config: { ...people, action: 'read' },
      schema: {
        params: RecordParams,
        querystring: Closed({ task: Type.Optional(Id) }),
        response: { 200: FormContext },
      },
    },
    (request) =>
      doors.records.form(
        callerOf(request),
        request.params.app,
        request.params.form,
        request.params.id,
        request.query.task,
      ),
  )

  http.get(
    '/api/apps/:app/forms/:form/form',
    {
      config: { ...people, action: 'create' },
      schema: {
        params: FormParams,
        querystring: Closed({ mode: Type.Optional(Type.Literal('create')) }),
        response: { 200: FormContext },
      },
    },
    (request) => doors.records.newForm(callerOf(request), request.params.app, request.params.form),
  )
}
