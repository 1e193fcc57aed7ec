import {
  AuditPage,
  ChangeUser,
  Closed,
  CreateUser,
  DepartmentView,
  EffectList,
  RoleList,
  SaveDepartment,
  SaveSecret,
  SaveVariable,
  SecretList,
  Slug,
  UserList,
  UserView,
  VariableList,
} from '@tenon/runtime/contract'
import { Type } from 'typebox'
import { hashPassword, isGuessable } from '../../../auth/passwords.ts'
import type { Doors } from '../../../doors.ts'
import { TenonError } from '../../../tenon-error.ts'
import { reservedId } from '../../commands.ts'
import { callerOf } from '../../plugins/identity.ts'
import { localeOf } from '../../problems.ts'
import type { Http } from '../../server.ts'
import { Gone, IdParams, NoQuery } from '../parameters.ts'

const admins = (resource: string) => ({ resource, audience: 'admins' }) as const

/** People, departments and roles of the installation. */
export function peopleAdminRoutes(http: Http, doors: Doors): void {
  const UserQuery = Closed({
    q: Type.Optional(Type.String({ maxLength: 100 })),
    page: Type.Optional(Type.Integer({ minimum: 1 })),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  })
  http.get(
    '/api/admin/users',
    { config: { ...admins('user'), action: 'list' }, schema: { querystring: UserQuery, response: { 200: UserList } } },
    (request) => doors.admin.users(request.query),
  )
  http.get(
    '/api/admin/users/:id',
    {
      config: { ...admins('user'), action: 'read' },
      schema: { params: IdParams, querystring: NoQuery, response: { 200: UserView } },
    },
    (request) => doors.admin.user(request.params.id),
  )
  http.post(
    '/api/admin/users',
    {
      config: { ...admins('user'), action: 'create' },
      schema: { querystring: NoQuery, body: CreateUser, response: { 201: UserView } },
    },
    async (request, reply) => {
      const { password, ...user } = request.body
      if (isGuessable(password, user.username)) throw new TenonError('session.weakPassword')
      const id = await reservedId(doors, request)
      const named = id === undefined ? user : { ...user, id }
      return reply.code(201).send(await doors.admin.createUser(callerOf(request), named, await hashPassword(password)))
    },
  )
  http.patch(
    '/api/admin/users/:id',
    {
      config: { ...admins('user'), action: 'update' },
      schema: { params: IdParams, querystring: NoQuery, body: ChangeUser, response: { 200: UserView } },
    },
    async (request) => {
      const { password, ...change } = request.body
      if (password === undefined) return doors.admin.changeUser(callerOf(request), request.params.id, change)
      const { username } = await doors.admin.user(request.params.id)
      if (isGuessable(password, username)) throw new TenonError('session.weakPassword')
      return doors.admin.changeUser(callerOf(request), request.params.id, change, await hashPassword(password))
    },
  )

  http.post(
    '/api/admin/departments',
    {
      config: { ...admins('department'), action: 'create' },
      schema: { querystring: NoQuery, body: SaveDepartment, response: { 201: DepartmentView } },
    },
    async (request, reply) =>
      reply
        .code(201)
        .send(
          await doors.admin.saveDepartment(
            callerOf(request),
            request.body,
            undefined,
            await reservedId(doors, request),
          ),
        ),
  )
  http.put(
    '/api/admin/departments/:id',
    {
      config: { ...admins('department'), action: 'update' },
      schema: { params: IdParams, querystring: NoQuery, body: SaveDepartment, response: { 200: DepartmentView } },
    },
    (request) => doors.admin.saveDepartment(callerOf(request), request.body, request.params.id),
  )

  http.get(
    '/api/admin/roles',
    { config: { ...admins('role'), action: 'list' }, schema: { querystring: NoQuery, response: { 200: RoleList } } },
    async () => {
      const directory = doors.directory()
      return {
        items: doors.apps().flatMap((app) =>
          app.definition.roles.map(({ id, label, description }) => ({
            app: app.id,
            appLabel: app.definition.label,
            role: id,
            label,
            ...(description !== undefined && { description }),
            people: directory.withRole(app.id, id).length,
          })),
        ),
      }
    },
  )
}

/** What the installation did and could not do. */
export function operationRoutes(http: Http, doors: Doors): void {
  http.get(
    '/api/admin/audit',
    {
      config: { ...admins('audit'), action: 'list' },
      schema: {
        querystring: Closed({ cursor: Type.Optional(Type.String({ maxLength: 200 })) }),
        response: { 200: AuditPage },
      },
    },
    (request) => doors.admin.audit(request.query.cursor),
  )
  http.get(
    '/api/admin/effects',
    {
      config: { ...admins('effect'), action: 'list' },
      schema: { querystring: NoQuery, response: { 200: EffectList } },
    },
    () => doors.admin.effects(),
  )
  http.post(
    '/api/admin/effects/retry',
    {
      config: { ...admins('effect'), action: 'act' },
      schema: {
        querystring: NoQuery,
        body: Closed({ key: Type.String({ minLength: 1, maxLength: 300 }) }),
        response: Gone,
      },
    },
    async (request, reply) => {
      await doors.admin.retryEffect(callerOf(request), request.body.key)
      return reply.code(204).send(null)
    },
  )
  http.post(
    '/api/admin/effects/drop',
    {
      config: { ...admins('effect'), action: 'act' },
      schema: {
        querystring: NoQuery,
        body: Closed({ key: Type.String({ minLength: 1, maxLength: 300 }) }),
        response: Gone,
      },
    },
    async (request, reply) => {
      await doors.admin.dropEffect(callerOf(request), request.body.key)
      return reply.code(204).send(null)
    },
  )
}

/** What the variables of apps stand for on this installation. */
export function variableRoutes(http: Http, doors: Doors): void {
  const VariableParams = Closed({ app: Slug, name: Slug })
  http.get(
    '/api/admin/variables',
    {
      config: { ...admins('variable'), action: 'list' },
      schema: { querystring: NoQuery, response: { 200: VariableList } },
    },
    (request) => doors.admin.variables(localeOf(request.headers['accept-language'])),
  )
  http.put(
    '/api/admin/variables/:app/:name',
    {
      config: { ...admins('variable'), action: 'update' },
      schema: { params: VariableParams, querystring: NoQuery, body: SaveVariable, response: Gone },
    },
    async (request, reply) => {
      const { app, name } = request.params
      await doors.admin.saveVariable(callerOf(request), app, name, request.body)
      return reply.code(204).send(null)
    },
  )
  http.delete(
    '/api/admin/variables/:app/:name',
    {
      config: { ...admins('variable'), action: 'delete' },
      schema: { params: VariableParams, querystring: NoQuery, response: Gone },
    },
    async (request, reply) => {
      await doors.admin.dropVariable(callerOf(request), request.params.app, request.params.name)
      return reply.code(204).send(null)
    },
  )
}

/** Secrets that webhooks are signed and authorised with. */
export function secretRoutes(http: Http, doors: Doors): void {
  const SecretParams = Closed({ app: Slug, name: Slug })
  http.get(
    '/api/admin/secrets',
    {
      config: { ...admins('secret'), action: 'list' },
      schema: { querystring: NoQuery, response: { 200: SecretList } },
    },
    () => doors.admin.secrets(),
  )
  http.put(
    '/api/admin/secrets/:app/:name',
    {
      config: { ...admins('secret'), action: 'update' },
      schema: { params: SecretParams, querystring: NoQuery, body: SaveSecret, response: Gone },
    },
    async (request, reply) => {
      const { app, name } = request.params
      await doors.admin.saveSecret(callerOf(request), app, name, request.body)
      return reply.code(204).send(null)
    },
  )
  http.delete(
    '/api/admin/secrets/:app/:name',
    {
      config: { ...admins('secret'), action: 'delete' },
      schema: { params: SecretParams, querystring: NoQuery, response: Gone },
    },
    async (request, reply) => {
      await doors.admin.dropSecret(callerOf(request), request.params.app, request.params.name)
      return reply.code(204).send(null)
    },
  )
}
