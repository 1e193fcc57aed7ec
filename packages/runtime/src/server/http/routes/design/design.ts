import {
  AppFiles,
  AssignmentTried,
  AssignmentTry,
  Backtest,
  BacktestAnswer,
  BpmnFile,
  BpmnImported,
  DesignApp,
  FlowHistory,
  FlowHistoryParameters,
  FlowHistoryRecords,
  FlowHistoryRecordsParameters,
  MetricQuery,
  Published,
  PublishPlan,
  QueryAnswer,
  RecalculationAnswer,
  Replay,
  ReplayAnswer,
  RunScenarios,
  ScenarioRun,
  Simulated,
  Simulation,
  Validation,
  VersionList,
  WhatIf,
  WhatIfAnswer,
} from '@tenon/runtime/contract'
import { Type } from 'typebox'
import type { Doors } from '../../../doors.ts'
import { localeOf } from '../../problems.ts'
import type { Http } from '../../server.ts'
import { AppParams, FlowParams, NoQuery } from '../parameters.ts'
import { designerOf } from './designer.ts'

const design = { resource: 'definition', audience: 'people' } as const

/** Definitions: read, check, plan, publish. For whoever may design the app; an app that is not there yet, for admins. */
export function designRoutes(http: Http, doors: Doors): void {
  const designer = designerOf(doors)

  http.get(
    '/api/design/apps/:app',
    {
      config: { ...design, action: 'read' },
      schema: { params: AppParams, querystring: NoQuery, response: { 200: DesignApp } },
    },
    (request) => doors.design.read(designer(request), request.params.app),
  )
  http.get(
    '/api/design/apps/:app/versions',
    {
      config: { ...design, action: 'list' },
      schema: { params: AppParams, querystring: NoQuery, response: { 200: VersionList } },
    },
    (request) => doors.design.versions(designer(request), request.params.app),
  )
  http.post(
    '/api/design/apps/:app/validate',
    {
      config: { ...design, action: 'read', safe: true },
      schema: { params: AppParams, querystring: NoQuery, body: AppFiles, response: { 200: Validation } },
    },
    (request) =>
      doors.design.validate(
        designer(request),
        request.params.app,
        request.body,
        localeOf(request.headers['accept-language']),
      ),
  )
  http.post(
    '/api/design/apps/:app/plan',
    {
      config: { ...design, action: 'read', safe: true },
      schema: { params: AppParams, querystring: NoQuery, body: AppFiles, response: { 200: PublishPlan } },
    },
    (request) =>
      doors.design.plan(
        designer(request),
        request.params.app,
        request.body,
        localeOf(request.headers['accept-language']),
      ),
  )
  http.post(
    '/api/design/apps/:app/what-if',
    {
      config: { ...design, action: 'read', safe: true },
      schema: { params: AppParams, querystring: NoQuery, body: WhatIf, response: { 200: WhatIfAnswer } },
    },
    (request) =>
      doors.design.whatIf(
        designer(request),
        request.params.app,
        request.body,
        localeOf(request.headers['accept-language']),
      ),
  )
  http.post(
    '/api/design/apps/:app/backtest',
    {
      config: { ...design, action: 'read', safe: true },
      schema: { params: AppParams, querystring: NoQuery, body: Backtest, response: { 200: BacktestAnswer } },
    },
    (request) =>
      doors.design.backtest(
        designer(request),
        request.params.app,
        request.body,
        localeOf(request.headers['accept-language']),
      ),
  )
  http.post(
    '/api/design/apps/:app/recalculation',
    {
      config: { ...design, action: 'read', safe: true },
      schema: { params: AppParams, querystring: NoQuery, body: AppFiles, response: { 200: RecalculationAnswer } },
    },
    (request) =>
      doors.design.recalculation(
        designer(request),
        request.params.app,
        request.body,
        localeOf(request.headers['accept-language']),
      ),
  )
  http.post(
    '/api/design/apps/:app/replay',
    {
      config: { ...design, action: 'read', safe: true },
      schema: { params: AppParams, querystring: NoQuery, body: Replay, response: { 200: ReplayAnswer } },
    },
    (request) =>
      doors.design.replay(
        designer(request),
        request.params.app,
        request.body,
        localeOf(request.headers['accept-language']),
      ),
  )
  http.post(
    '/api/design/apps/:app/simulate',
    {
      config: { ...design, action: 'read', safe: true },
      schema: { params: AppParams, querystring: NoQuery, body: Simulation, response: { 200: Simulated } },
    },
    (request) =>
      doors.design.simulate(
        designer(request),
        request.params.app,
        request.body,
        localeOf(request.headers['accept-language']),
      ),
  )
  http.post(
    '/api/design/apps/:app/assignment/try',
    {
      config: { ...design, action: 'read', safe: true },
      schema: { params: AppParams, querystring: NoQuery, body: AssignmentTry, response: { 200: AssignmentTried } },
    },
    (request) =>
      doors.design.tryAssignment(
        designer(request),
        request.params.app,
        request.body,
        localeOf(request.headers['accept-language']),
      ),
  )
  http.post(
    '/api/design/apps/:app/query',
    {
      config: { ...design, action: 'read', safe: true },
      schema: { params: AppParams, querystring: NoQuery, body: MetricQuery, response: { 200: QueryAnswer } },
    },
    (request) => doors.design.query(designer(request), request.params.app, request.body),
  )
  http.post(
    '/api/design/apps/:app/publish',
    {
      config: { ...design, action: 'publish' },
      schema: { params: AppParams, querystring: NoQuery, body: AppFiles, response: { 200: Published } },
    },
    (request) =>
      doors.design.publish(
        designer(request),
        request.params.app,
        request.body,
        localeOf(request.headers['accept-language']),
      ),
  )
  http.post(
    '/api/design/apps/:app/scenarios/run',
    {
      config: { ...design, action: 'read', safe: true },
      schema: { params: AppParams, querystring: NoQuery, body: RunScenarios, response: { 200: ScenarioRun } },
    },
    (request) =>
      doors.design.runScenarios(
        designer(request),
        request.params.app,
        request.body,
        localeOf(request.headers['accept-language']),
      ),
  )
  http.post(
    '/api/design/apps/:app/bpmn/import',
    {
      config: { ...design, action: 'read', safe: true },
      schema: { params: AppParams, querystring: NoQuery, body: BpmnFile, response: { 200: BpmnImported } },
    },
    (request) =>
      doors.design.importBpmn(
        designer(request),
        request.params.app,
        request.body,
        localeOf(request.headers['accept-language']),
      ),
  )
  http.get(
    '/api/design/apps/:app/flows/:flow/history',
    {
      config: { ...design, action: 'read' },
      schema: { params: FlowParams, querystring: FlowHistoryParameters, response: { 200: FlowHistory } },
    },
    (request) => {
      const { app, flow } = request.params
      return doors.design.flowHistory(designer(request), app, flow, request.query)
    },
  )
  http.get(
    '/api/design/apps/:app/flows/:flow/history/records',
    {
      config: { ...design, action: 'read' },
      schema: { params: FlowParams, querystring: FlowHistoryRecordsParameters, response: { 200: FlowHistoryRecords } },
    },
    (request) => {
      const { app, flow } = request.params
      return doors.design.flowHistoryRecords(designer(request), app, flow, request.query)
    },
  )
  http.get(
    '/api/design/apps/:app/flows/:flow/bpmn',
    {
      config: { ...design, action: 'read' },
      schema: { params: FlowParams, querystring: NoQuery, response: { 200: Type.String() } },
    },
    async (request, reply) => {
      const { app, flow } = request.params
      const xml = await doors.design.exportBpmn(designer(request), app, flow)
      return reply
        .type('application/xml; charset=utf-8')
        .header('content-disposition', `attachment; filename="${flow}.bpmn"`)
        .send(xml)
    },
  )
}
