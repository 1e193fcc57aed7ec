import type { CommandBody } from '@tenon/engine'
import {
  AlertDetail,
  AlertPage,
  AlertParameters,
  AlertRows,
  AlertRowsParameters,
  AnswerAlert,
  Closed,
  Id,
  RuleList,
  RuleRunList,
  RuleRunParameters,
  WebhookCallList,
} from '@tenon/runtime/contract'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Doors } from '../../../doors.ts'
import { carryOut } from '../../commands.ts'
import { callerOf } from '../../plugins/identity.ts'
import type { Http } from '../../server.ts'
import { AppParams, IdParams, NoQuery, RecordParams } from '../parameters.ts'

const alert = { resource: 'alert', audience: 'people' } as const
const run = { resource: 'rule', audience: 'people' } as const

/** Alerts of rules, and why rules acted or did not. */
export function alertRoutes(http: Http, doors: Doors): void {
  const answer = async (request: FastifyRequest<{ Params: { id: string } }>, command: CommandBody) => {
    await carryOut(doors, request, command)
    return doors.alerts.get(callerOf(request), request.params.id)
  }
  http.get(
    '/api/alerts',
    { config: { ...alert, action: 'list' }, schema: { querystring: AlertParameters, response: { 200: AlertPage } } },
    (request) => doors.alerts.list(callerOf(request), request.query),
  )
  http.get(
    '/api/alerts/:id',
    {
      config: { ...alert, action: 'read' },
      schema: { params: IdParams, querystring: NoQuery, response: { 200: AlertDetail } },
    },
    (request) => doors.alerts.get(callerOf(request), request.params.id),
  )
  http.get(
    '/api/alerts/:id/rows',
    {
      config: { ...alert, action: 'read' },
      schema: { params: IdParams, querystring: AlertRowsParameters, response: { 200: AlertRows } },
    },
    (request) => doors.alerts.rows(callerOf(request), request.params.id, request.query.metric),
  )
  http.post(
    '/api/alerts/:id/acknowledge',
    {
      config: { ...alert, action: 'act' },
      schema: { params: IdParams, querystring: NoQuery, body: AnswerAlert, response: { 200: AlertDetail } },
    },
    (request) => answer(request, { type: 'alert.acknowledge', alert: request.params.id, ...request.body }),
  )
  http.post(
    '/api/alerts/:id/close',
    {
      config: { ...alert, action: 'act' },
      schema: { params: IdParams, querystring: NoQuery, body: AnswerAlert, response: { 200: AlertDetail } },
    },
    (request) => answer(request, { type: 'alert.close', alert: request.params.id, ...request.body }),
  )

  http.get(
    '/api/apps/:app/rules',
    {
      config: { ...run, action: 'list' },
      schema: { params: AppParams, querystring: NoQuery, response: { 200: RuleList } },
    },
    async (request) => doors.alerts.rules(callerOf(request), request.params.app),
  )
  http.get(
    '/api/apps/:app/rule-runs',
    {
      config: { ...run, action: 'list' },
      schema: { params: AppParams, querystring: RuleRunParameters, response: { 200: RuleRunList } },
    },
    (request) => doors.alerts.runs(callerOf(request), request.params.app, request.query),
  )
  http.get(
    '/api/apps/:app/webhook-calls',
    {
      config: { ...run, action: 'list' },
      schema: {
        params: AppParams,
        querystring: Closed({ before: Type.Optional(Id) }),
        response: { 200: WebhookCallList },
      },
    },
    (request) => doors.webhookCalls(callerOf(request), request.params.app, request.query.before),
  )
  http.get(
    '/api/apps/:app/forms/:form/records/:id/rule-runs',
    {
      config: { ...run, action: 'list' },
      schema: {
        params: RecordParams,
        querystring: Closed({ before: Type.Optional(Id) }),
        response: { 200: RuleRunList },
      },
    },
    (request) => {
      const { app, form, id } = request.params
      return doors.alerts.runsOfRecord(callerOf(request), app, form, id, request.query.before)
    },
  )
}
