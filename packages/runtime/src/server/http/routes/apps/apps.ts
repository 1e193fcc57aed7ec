import { type AppModel, appRights, renderProblem } from '@tenon/engine'
import {
  AppList,
  AppView,
  AssignmentCheckAnswer,
  Badges,
  BoardData,
  Closed,
  DepartmentList,
  PersonList,
  QueryAnswer,
  QueryRequest,
  SearchResult,
  Slug,
} from '@tenon/runtime/contract'
import { Type } from 'typebox'
import type { Caller } from '../../../auth/identity.ts'
import type { Doors } from '../../../doors.ts'
import { denied, notFound } from '../../../tenon-error.ts'
import { callerOf } from '../../plugins/identity.ts'
import { localeOf } from '../../problems.ts'
import type { Http } from '../../server.ts'
import { appSummary, appView, seesApp } from '../../views/app-view.ts'
import { people } from '../../views/people.ts'
import { AppParams, NoQuery, parseJson } from '../parameters.ts'

const app = { resource: 'app', audience: 'people' } as const

/** The apps I may use, and who works with me. */
export function appRoutes(http: Http, doors: Doors): void {
  const visible = (principal: Caller, id: string): AppModel => {
    const model = doors.app(id)
    if (!model || !seesApp(model, principal)) throw notFound()
    return model
  }
  http.get(
    '/api/apps',
    { config: { ...app, action: 'list' }, schema: { querystring: NoQuery, response: { 200: AppList } } },
    async (request) => {
      const principal = callerOf(request)
      return {
        items: doors
          .apps()
          .filter((model) => seesApp(model, principal))
          .map(appSummary),
      }
    },
  )

  http.get(
    '/api/apps/:app',
    {
      config: { ...app, action: 'read' },
      schema: { params: AppParams, querystring: NoQuery, response: { 200: AppView } },
    },
    async (request) => {
      const principal = callerOf(request)
      const model = visible(principal, request.params.app)
      return appView(model, principal, doors.reports.boards(principal, model.id))
    },
  )

  http.get(
    '/api/apps/:app/badges',
    {
      config: { ...app, action: 'read' },
      schema: { params: AppParams, querystring: NoQuery, response: { 200: Badges } },
    },
    (request) => doors.reports.badges(callerOf(request), visible(callerOf(request), request.params.app).id),
  )

  http.get(
    '/api/apps/:app/assignment-check',
    {
      config: { ...app, action: 'read' },
      schema: { params: AppParams, querystring: NoQuery, response: { 200: AssignmentCheckAnswer } },
    },
    async (request) => {
      const principal = callerOf(request)
      const model = visible(principal, request.params.app)
      if (appRights(model.definition, principal).size === 0) throw denied()
      return doors.tasks.assignmentCheck(principal, model.id)
    },
  )

  const PeopleQuery = Closed({
    q: Type.Optional(Type.String({ maxLength: 100 })),
    role: Type.Optional(Type.String({ maxLength: 90, description: 'app/role' })),
    ids: Type.Optional(Type.String({ maxLength: 8000, description: 'Only these, with commas between.' })),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  })
  http.get(
    '/api/people',
    {
      config: { resource: 'person', action: 'list', audience: 'people' },
      schema: { querystring: PeopleQuery, response: { 200: PersonList } },
    },
    async (request) => ({ items: people(doors, request.query) }),
  )

  http.get(
    '/api/departments',
    {
      config: { resource: 'department', action: 'list', audience: 'people' },
      schema: { querystring: NoQuery, response: { 200: DepartmentList } },
    },
    async () => ({ items: [...(await doors.admin.departments())] }),
  )
}

/** Questions about many records at once, each under the asker's rights. */
export function reportRoutes(http: Http, doors: Doors): void {
  const report = { resource: 'report', audience: 'people' } as const
  http.post(
    '/api/apps/:app/query',
    {
      config: { ...report, action: 'read', safe: true },
      schema: { params: AppParams, querystring: NoQuery, body: QueryRequest, response: { 200: QueryAnswer } },
    },
    (request) => doors.reports.query(callerOf(request), request.params.app, request.body.query),
  )

  http.get(
    '/api/apps/:app/boards/:board/data',
    {
      config: { ...report, action: 'read' },
      schema: {
        params: Closed({ app: Slug, board: Slug }),
        querystring: Closed({ filters: Type.Optional(Type.String({ maxLength: 20_000 })) }),
        response: { 200: BoardData },
      },
    },
    async (request) => {
      const { filters } = request.query
      const locale = localeOf(request.headers['accept-language'])
      const data = await doors.reports.board(
        callerOf(request),
        request.params.app,
        request.params.board,
        filters === undefined ? undefined : parseJson(filters, 'filters'),
      )
      const told = (problem: { readonly code: string }) => ({
        code: problem.code,
        message: renderProblem(problem, locale),
      })
      return {
        ...data,
        widgets: data.widgets.map((widget) => (widget.problem ? { ...widget, problem: told(widget.problem) } : widget)),
      }
    },
  )

  http.get(
    '/api/search',
    {
      config: { resource: 'search', action: 'list', audience: 'people' },
      schema: {
        querystring: Closed({ q: Type.String({ minLength: 1, maxLength: 200 }) }),
        response: { 200: SearchResult },
      },
    },
    (request) => doors.reports.search(callerOf(request), request.query.q),
  )
}
