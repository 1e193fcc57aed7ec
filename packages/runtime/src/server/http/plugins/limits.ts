import rateLimit from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../../config.ts'
import { plainMail } from '../../portal/contacts.ts'
import { TenonError } from '../../tenon-error.ts'
import type { Http } from '../server.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const failuresPerWindow = 10
const failureWindowMs = 5 * minuteMs

/** Codes that one mail address is sent in an hour. */
const codesPerHour = 5

export type SignInLimit = {
  /** Throws while this account was tried too often from this address, or the address tried too many accounts. */
  check(request: FastifyRequest): Promise<void>
  countFailure(request: FastifyRequest): Promise<void>
}

/** Counts what comes in over public forms, by address, before anything of it is read. */
export type PublicLimit = {
  submission(request: FastifyRequest): Promise<void>
  upload(request: FastifyRequest): Promise<void>
  /** Asking for a code to sign in on a portal, and entering it: by the address asked from. */
  ask(request: FastifyRequest): Promise<void>
  prove(request: FastifyRequest): Promise<void>
  /** Asking for a code for one mail address, whether anybody has it or not. */
  askFor(request: FastifyRequest): Promise<void>
}

const tooMany = (seconds: number) => new TenonError('request.tooMany', { seconds: Math.max(1, Math.ceil(seconds)) })

/**
 * Slows down who asks too much: by session, by token, and for strangers by the address of the socket. Only proxies
 * named in the configuration may say another address, so no header helps around it.
 */
export async function limitRequests(
  app: Http,
  config: Config,
): Promise<{ signInLimit: SignInLimit; publicLimit: PublicLimit }> {
  await app.register(rateLimit, { global: false, cache: 50_000 })
  const perMinute = config.requestsPerMinute
  const general = app.createRateLimit({
    timeWindow: minuteMs,
    keyGenerator: keyOf,
    max: ({ identity }: FastifyRequest) =>
      identity.via === 'session'
        ? perMinute.session
        : identity.via === 'nothing'
          ? perMinute.anonymous
          : perMinute.token,
  })
  app.addHook('onRequest', async (request) => {
    const { resource } = request.routeOptions.config
    if (resource === 'page' || resource === 'health') return
    const result = await general(request)
    if (!result.isAllowed && result.isExceeded) throw tooMany(result.ttlInSeconds)
  })

  const byAccount = app.createRateLimit({
    timeWindow: failureWindowMs,
    max: failuresPerWindow,
    keyGenerator: (request) => `${request.ip} ${accountOf(request)}`,
  })
  const byAddress = app.createRateLimit({
    timeWindow: failureWindowMs,
    max: 10 * failuresPerWindow,
    keyGenerator: (request) => request.ip,
  })
  const both = [byAccount, byAddress]
  const signInLimit: SignInLimit = {
    async check(request) {
      for (const limit of both) {
        const result = await limit(request, { increment: false })
        if (!result.isAllowed && result.remaining === 0) throw tooMany(result.ttlInSeconds)
      }
    },
    async countFailure(request) {
      for (const limit of both) await limit(request)
    },
  }
  const perHour = config.publicSubmissionsPerHour
  return {
    signInLimit,
    publicLimit: {
      submission: counting('submission', perHour),
      upload: counting('upload', 4 * perHour),
      ask: counting('ask', perHour),
      prove: counting('prove', 4 * perHour),
      askFor: counting('askFor', codesPerHour, mailOf),
    },
  }

  function counting(
    what: string,
    max: number,
    whose = ({ ip }: FastifyRequest) => ip,
  ): (request: FastifyRequest) => Promise<void> {
    const limit = app.createRateLimit({
      timeWindow: hourMs,
      max,
      keyGenerator: (request) => `${what} ${whose(request)}`,
    })
    return async (request) => {
      const result = await limit(request)
      if (!result.isAllowed && result.isExceeded) throw tooMany(result.ttlInSeconds)
    }
  }
}

function keyOf(request: FastifyRequest): string {
  const { identity } = request
  if (identity.via === 'session') return `s ${identity.sessionHash}`
  if (identity.via === 'token') return `t ${identity.tokenId}`
  return identity.via === 'operator' ? 'operator' : `a ${request.ip}`
}

/** One mail address however it is spelled. */
const mailOf = (request: FastifyRequest): string =>
  plainMail(String((request.body as { mail?: unknown } | undefined)?.mail ?? '')).slice(0, 254)

/** One account however its name is spelled. */
const accountOf = (request: FastifyRequest): string =>
  String((request.body as { username?: unknown } | undefined)?.username ?? '')
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .slice(0, 100)
