import {
  AskForCode,
  Closed,
  CodeAsked,
  Id,
  OwnRecordList,
  OwnRecordView,
  PortalView,
  ProveCode,
  Slug,
} from '@tenon/runtime/contract'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Doors } from '../../../doors.ts'
import type { PublicLimit } from '../../plugins/limits.ts'
import { localeOf } from '../../problems.ts'
import type { Http } from '../../server.ts'
import { Gone, NoQuery } from '../parameters.ts'

/** Anything at all: what is no name of an app is answered like an app without a portal. */
const PortalParams = Closed({ app: Type.String({ minLength: 1, maxLength: 100 }) })
const OwnParams = Closed({ app: PortalParams.properties.app, form: Slug, id: Id })
const outside = { resource: 'portal', audience: 'anyone' } as const
const root = '/api/portal/:app'

/** Of a contact of one portal; no other route looks at it. */
const cookie = 'tenon_portal'
const secretOf = (request: FastifyRequest): string | undefined => request.cookies[cookie] || undefined
const spoken = (request: FastifyRequest) => localeOf(request.headers['accept-language'])

/** The page of an app for its customers, for people without an account. */
export function portalRoutes(http: Http, doors: Doors, limit: PublicLimit): void {
  const { portal } = doors
  const pathOf = (app: string) => `/api/portal/${app}`
  http.get(
    root,
    {
      config: { ...outside, action: 'read' },
      schema: { params: PortalParams, querystring: NoQuery, response: { 200: PortalView } },
    },
    (request) => portal.view(request.params.app, secretOf(request)),
  )

  http.post(
    `${root}/code`,
    {
      config: { ...outside, action: 'create' },
      bodyLimit: 4096,
      onRequest: limit.ask,
      preHandler: limit.askFor,
      schema: { params: PortalParams, querystring: NoQuery, body: AskForCode, response: { 202: CodeAsked } },
    },
    async (request, reply) => reply.code(202).send(await portal.ask(request.params.app, request.body, spoken(request))),
  )

  http.post(
    `${root}/session`,
    {
      config: { ...outside, action: 'signIn' },
      bodyLimit: 4096,
      onRequest: limit.prove,
      schema: { params: PortalParams, querystring: NoQuery, body: ProveCode, response: Gone },
    },
    async (request, reply) => {
      const { app } = request.params
      const secret = await portal.prove(app, request.body)
      return reply
        .setCookie(cookie, secret, {
          path: pathOf(app),
          httpOnly: true,
          sameSite: 'strict',
          secure: request.protocol === 'https',
          maxAge: portal.sessionSeconds,
        })
        .code(204)
        .send(null)
    },
  )

  http.delete(
    `${root}/session`,
    {
      config: { ...outside, action: 'delete' },
      schema: { params: PortalParams, querystring: NoQuery, response: Gone },
    },
    async (request, reply) => {
      const { app } = request.params
      const secret = secretOf(request)
      if (secret !== undefined) await portal.leave(app, secret)
      return reply
        .clearCookie(cookie, { path: pathOf(app) })
        .code(204)
        .send(null)
    },
  )

  http.get(
    `${root}/records`,
    {
      config: { ...outside, action: 'list' },
      schema: { params: PortalParams, querystring: NoQuery, response: { 200: OwnRecordList } },
    },
    (request) => portal.records(request.params.app, secretOf(request), spoken(request)),
  )

  http.get(
    `${root}/records/:form/:id`,
    {
      config: { ...outside, action: 'read' },
      schema: { params: OwnParams, querystring: NoQuery, response: { 200: OwnRecordView } },
    },
    (request) => {
      const { app, form, id } = request.params
      return portal.record(app, secretOf(request), { form, id }, spoken(request))
    },
  )
}
