import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { Compile } from 'typebox/compile'
import { type App, buildApp, openPorts } from '../../src/server/app.ts'
import { createTestClock } from '../../src/server/clock.ts'
import { type Config, readConfig } from '../../src/server/config.ts'

export const password = 'correct horse battery'

/** The application on a database of its own, asked without a socket. */
export type Bench = {
  readonly app: App
  readonly config: Config
  inject(options: InjectOptions): Promise<LightMyRequestResponse>
  /** A browser's session of a person. */
  signIn(username: string, password?: string): Promise<Caller>
  close(): Promise<void>
}
/** Sends requests as one person. */
export type Caller = {
  readonly cookie: string
  readonly csrf: string
  send(
    method: string,
    url: string,
    payload?: unknown,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>
}

export async function openBench(databaseUrl: string, env: Record<string, string> = {}): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-http-'))
  const config = readConfig({
    DATABASE_URL: databaseUrl,
    TENON_DATA: folder,
    TENON_LOG_LEVEL: 'silent',
    TENON_ANONYMOUS_REQUESTS_PER_MINUTE: '1000000',
    ...env,
  })
  const clock = createTestClock()
  const app = await buildApp(config, await openPorts(config, clock))
  checkAnswers(app)
  await app.http.ready()
  const inject = (options: InjectOptions) => app.http.inject(options)
  return {
    app,
    config,
    inject,
    async signIn(username, given = password) {
      const answer = await inject({ method: 'POST', url: '/api/session', payload: { username, password: given } })
      if (answer.statusCode !== 200) throw new Error(`sign-in of ${username}: ${answer.statusCode} ${answer.body}`)
      return callerOf(inject, cookieOf(answer), answer.json<{ csrfToken: string }>().csrfToken)
    },
    async close() {
      await app.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const cookieOf = (answer: LightMyRequestResponse): string =>
  String(answer.headers['set-cookie']).split(';')[0] ?? ''

export function callerOf(inject: Bench['inject'], cookie: string, csrf: string): Caller {
  return {
    cookie,
    csrf,
    send: (method, url, payload, headers = {}) =>
      inject({
        method: method as 'GET',
        url,
        headers: { cookie, ...(method === 'GET' ? {} : { 'x-csrf-token': csrf }), ...headers },
        ...(payload !== undefined && { payload: payload as object }),
      }),
  }
}

/** The first administrator of an empty installation. */
export async function setUp(bench: Bench): Promise<Caller> {
  const answer = await bench.inject({
    method: 'POST',
    url: '/api/setup',
    payload: { username: 'root', name: '管理员', password },
  })
  if (answer.statusCode !== 201) throw new Error(`setup: ${answer.statusCode} ${answer.body}`)
  return callerOf(bench.inject, cookieOf(answer), answer.json<{ csrfToken: string }>().csrfToken)
}

const compiled = new Map<unknown, { Check(value: unknown): boolean; Errors(value: unknown): readonly object[] }>()

/** Holds every JSON answer against the schema its route declares, so that the contract cannot drift from the code. */
function checkAnswers(app: App): void {
  app.http.addHook('onSend', async (request, reply, payload) => {
    const declared = (request.routeOptions.schema?.response as Record<string, unknown> | undefined)?.[reply.statusCode]
    const isJson = String(reply.getHeader('content-type') ?? '').startsWith('application/json')
    if (!declared || !isJson || typeof payload !== 'string') return payload
    const check = compiled.get(declared) ?? Compile(declared as never)
    compiled.set(declared, check)
    const value: unknown = JSON.parse(payload)
    if (!check.Check(value))
      throw new Error(
        `${request.method} ${request.url} breaks its contract: ${JSON.stringify(check.Errors(value).slice(0, 3))}`,
      )
    return payload
  })
}
