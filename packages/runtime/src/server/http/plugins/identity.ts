import type { FastifyRequest } from 'fastify'
import { type Caller, type Identity, nobody, type UserPrincipal } from '../../auth/identity.ts'
import { csrfTokenOf, sameText } from '../../auth/secrets.ts'
import { denied, TenonError } from '../../tenon-error.ts'
import type { Http } from '../server.ts'

declare module 'fastify' {
  interface FastifyRequest {
    identity: Identity
  }
}

export const sessionCookie = 'tenon_session'

/** How secrets become people; the answers are as fresh as the database. */
export type Authenticator = {
  bySession(secret: string): Promise<{ readonly principal: UserPrincipal; readonly hash: string } | undefined>
  byToken(secret: string): Promise<{ readonly principal: UserPrincipal; readonly id: string } | undefined>
  /** The key of the machine's operator, who may name the person to act as. */
  byOperatorKey(secret: string, as: string | undefined): Caller | undefined
  /** Reads people and apps anew if they have changed, so that this request sees what holds now. */
  refresh(): Promise<void>
}

const isUnsafe = (method: string) => method !== 'GET' && method !== 'HEAD'

/** Finds out who asks. A bad secret is the same as none. */
export function identify(app: Http, authenticator: Authenticator): void {
  app.decorateRequest('identity')
  app.addHook('onRequest', async (request) => {
    const { resource } = request.routeOptions.config
    request.identity = nobody
    if (resource === 'page' || resource === 'health') return
    await authenticator.refresh()
    request.identity = await identityOf(request, authenticator)
  })
}

async function identityOf(request: FastifyRequest, authenticator: Authenticator): Promise<Identity> {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ')
  if (scheme?.toLowerCase() === 'bearer' && token) {
    const operator = authenticator.byOperatorKey(token, headerText(request, 'x-tenon-as'))
    if (operator) return { via: 'operator', principal: operator }
    const found = await authenticator.byToken(token)
    return found ? { via: 'token', principal: found.principal, tokenId: found.id } : nobody
  }
  const secret = request.cookies[sessionCookie]
  if (!secret) return nobody
  const found = await authenticator.bySession(secret)
  return found
    ? { via: 'session', principal: found.principal, sessionHash: found.hash, csrfToken: csrfTokenOf(secret) }
    : nobody
}

const headerText = (request: FastifyRequest, name: string) => {
  const value = request.headers[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/**
 * Lets in whom the matched route declares, by the route object and never by the text of the address. Runs before the
 * body is read, so that strangers cannot make us parse anything.
 */
export function admit(app: Http): void {
  app.addHook('onRequest', async (request) => {
    const { audience } = request.routeOptions.config
    if (request.is404 || audience === 'anyone') return
    const { identity } = request
    if (identity.via === 'nothing') throw new TenonError('session.required')
    if (audience === 'admins' && !isAdmin(identity.principal)) throw denied()
    if (identity.via === 'session' && isUnsafe(request.method)) {
      const given = request.headers['x-csrf-token']
      if (typeof given !== 'string' || !sameText(given, identity.csrfToken)) throw new TenonError('request.csrf')
    }
  })
}

const isAdmin = (caller: Caller) => caller.kind === 'system' || caller.admin

/** Whoever a route for people has let in: a person, or the operator of the machine. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.identity.via === 'nothing') throw new TenonError('session.required')
  return request.identity.principal
}

/** The signed-in person, for what is somebody's own; the operator must name one. */
export function personOf(request: FastifyRequest): UserPrincipal {
  const caller = callerOf(request)
  if (caller.kind === 'system') throw new TenonError('session.required')
  return caller
}
