import { formatInstant } from '@tenon/engine'
import {
  ChangeMe,
  ChangePassword,
  CreatedToken,
  CreateToken,
  type Me,
  Session,
  Setup,
  SignIn,
  TokenList,
  Welcome,
} from '@tenon/runtime/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { UserPrincipal } from '../../../auth/identity.ts'
import { isGuessable } from '../../../auth/passwords.ts'
import { csrfTokenOf } from '../../../auth/secrets.ts'
import type { Config } from '../../../config.ts'
import type { Doors, Opened, Visit } from '../../../doors.ts'
import { notFound, TenonError } from '../../../tenon-error.ts'
import { reservedId } from '../../commands.ts'
import { personOf, sessionCookie } from '../../plugins/identity.ts'
import type { SignInLimit } from '../../plugins/limits.ts'
import type { Http } from '../../server.ts'
import { Gone, IdParams, NoQuery } from '../parameters.ts'

const anyone = { resource: 'session', audience: 'anyone' } as const
const people = { resource: 'session', audience: 'people' } as const

/** Sign in and out, who I am, the first admin. */
export function sessionRoutes(http: Http, doors: Doors, config: Config, limit: SignInLimit): void {
  const { sessions } = doors
  const isDemo = async () => (await sessions.demoPeople()) !== null
  const answer = async (principal: UserPrincipal, csrfToken: string) => ({
    user: me(doors, principal),
    csrfToken,
    demo: await isDemo(),
  })
  const welcome = (request: FastifyRequest, reply: FastifyReply, { secret, principal }: Opened) => {
    setCookie(request, reply, secret, config)
    return answer(principal, csrfTokenOf(secret))
  }

  http.get(
    '/api/welcome',
    { config: { ...anyone, action: 'read' }, schema: { querystring: NoQuery, response: { 200: Welcome } } },
    async (request) => ({
      setupNeeded: await sessions.setupNeeded(),
      signedIn: request.identity.via === 'session',
      demo: await sessions.demoPeople(),
    }),
  )

  http.post(
    '/api/setup',
    {
      config: { ...anyone, action: 'create' },
      schema: { querystring: NoQuery, body: Setup, response: { 201: Session } },
    },
    async (request, reply) => {
      if (isGuessable(request.body.password, request.body.username)) throw new TenonError('session.weakPassword')
      const opened = await sessions.setup(request.body, visitOf(request))
      if (!opened) throw new TenonError('setup.done')
      return reply.code(201).send(await welcome(request, reply, opened))
    },
  )

  http.post(
    '/api/session',
    {
      config: { ...anyone, action: 'signIn' },
      schema: { querystring: NoQuery, body: SignIn, response: { 200: Session } },
    },
    async (request, reply) => {
      await limit.check(request)
      const previous = request.identity.via === 'session' ? request.identity.sessionHash : undefined
      const opened = await sessions.signIn(request.body, visitOf(request), previous)
      if (!opened) {
        await limit.countFailure(request)
        throw new TenonError('session.wrongPassword')
      }
      return welcome(request, reply, opened)
    },
  )

  const csrfOf = (request: FastifyRequest) => (request.identity.via === 'session' ? request.identity.csrfToken : '')
  http.get(
    '/api/session',
    { config: { ...people, action: 'read' }, schema: { querystring: NoQuery, response: { 200: Session } } },
    (request) => answer(personOf(request), csrfOf(request)),
  )

  http.patch(
    '/api/session',
    {
      config: { ...people, action: 'update' },
      schema: { querystring: NoQuery, body: ChangeMe, response: { 200: Session } },
    },
    async (request) => {
      await doors.mine.change(personOf(request), request.body)
      return answer(personOf(request), csrfOf(request))
    },
  )

  http.post(
    '/api/session/password',
    {
      config: { ...people, action: 'update' },
      schema: { querystring: NoQuery, body: ChangePassword, response: { 200: Session } },
    },
    async (request) => {
      const principal = personOf(request)
      if (isGuessable(request.body.password, principal.user.username)) throw new TenonError('session.weakPassword')
      const keep = request.identity.via === 'session' ? request.identity.sessionHash : undefined
      if (!(await sessions.changePassword(principal, request.body, keep))) throw new TenonError('session.wrongPassword')
      return answer(principal, csrfOf(request))
    },
  )

  http.delete(
    '/api/session',
    { config: { ...people, action: 'delete' }, schema: { querystring: NoQuery, response: Gone } },
    async (request, reply) => {
      if (request.identity.via === 'session') await sessions.signOut(request.identity.sessionHash)
      return reply.clearCookie(sessionCookie, { path: '/' }).code(204).send(null)
    },
  )
}

/** API tokens of my own: they act as me, with my rights as they are then. */
export function tokenRoutes(http: Http, doors: Doors): void {
  const token = { resource: 'token', audience: 'people' } as const
  http.get(
    '/api/tokens',
    { config: { ...token, action: 'list' }, schema: { querystring: NoQuery, response: { 200: TokenList } } },
    async (request) => ({ items: [...(await doors.sessions.tokens(personOf(request)))] }),
  )
  http.post(
    '/api/tokens',
    {
      config: { ...token, action: 'create' },
      schema: { querystring: NoQuery, body: CreateToken, response: { 201: CreatedToken } },
    },
    async (request, reply) =>
      reply
        .code(201)
        .send(await doors.sessions.createToken(personOf(request), request.body, await reservedId(doors, request))),
  )
  http.delete(
    '/api/tokens/:id',
    { config: { ...token, action: 'delete' }, schema: { params: IdParams, querystring: NoQuery, response: Gone } },
    async (request, reply) => {
      if (!(await doors.sessions.revokeToken(personOf(request), request.params.id))) throw notFound()
      return reply.code(204).send(null)
    },
  )
}

const visitOf = (request: FastifyRequest): Visit => ({
  address: request.ip,
  agent: request.headers['user-agent'] ?? '',
})

function setCookie(request: FastifyRequest, reply: FastifyReply, secret: string, config: Config): void {
  reply.setCookie(sessionCookie, secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
    maxAge: config.sessionHours * 3600,
  })
}

function me(doors: Doors, principal: UserPrincipal): Me {
  const directory = doors.directory()
  const person = directory.person(principal.user.id)
  if (!person) throw new TenonError('session.required')
  const { id, username, name, email, department, superior, locale, zone, admin, away, grants } = person
  const deputy = person.deputy ?? null
  const moment = (at: number | null | undefined) => (at == null ? null : formatInstant(at))
  const departmentName = department === null ? null : doors.departmentName(department)
  return {
    id,
    username,
    name,
    email,
    department,
    departmentName,
    superior,
    locale,
    zone,
    admin,
    away,
    deputy,
    deputyName: deputy === null ? null : (directory.person(deputy)?.name ?? null),
    awayFrom: moment(person.awayFrom),
    awayUntil: moment(person.awayUntil),
    grants: [...grants],
  }
}
