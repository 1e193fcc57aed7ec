import type { ProblemDocument } from '../problem.ts'

export type ClientOptions = {
  /** Address of the server without a slash at its end; empty: the page's own. */
  readonly baseUrl?: string
  readonly fetch?: typeof fetch
  /** Language of problem texts, asked at every request. */
  readonly locale?: () => string
  /** API token of a script; a browser uses its cookie instead. */
  readonly token?: string
  /** With the operator's key: the user name of the person to act as. */
  readonly as?: string
  /** Called when the session has ended (401), before the problem is thrown. */
  readonly onSignedOut?: () => void
}

/** What the server refused, as it said it. `errors` point at fields by JSON Pointer. */
export class ApiProblem extends Error {
  readonly problem: ProblemDocument
  /** Seconds to wait before the next try (429). */
  readonly retryAfterSeconds: number | undefined
  constructor(problem: ProblemDocument, retryAfterSeconds?: number) {
    super(problem.detail ?? problem.title)
    this.name = 'ApiProblem'
    this.problem = problem
    this.retryAfterSeconds = retryAfterSeconds
  }
  get status(): number {
    return this.problem.status
  }
  get code(): string {
    return this.problem.code
  }
}

export type Call = {
  readonly query?: { readonly [name: string]: string | number | boolean | undefined }
  readonly body?: unknown
  readonly signal?: AbortSignal
  /** Same key, same write: give the key of a rendered form so that a repeated submit acts once. Absent: a new one. */
  readonly key?: string
}

export type Requester = {
  readonly send: <T>(method: string, path: string, call?: Call) => Promise<T>
  readonly raw: (method: string, path: string, call?: Call) => Promise<Response>
  readonly address: (path: string, query?: Call['query']) => string
  csrfToken: string | undefined
}

const isWrite = (method: string) => method !== 'GET' && method !== 'HEAD'

/** A key for one intention. Works without a secure context, where randomUUID does not exist. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The one place that talks to the server: headers, problem documents, and nothing else. */
export function createRequester(options: ClientOptions): Requester {
  const base = options.baseUrl ?? ''
  const address = (path: string, query: Call['query'] = {}) => {
    const given = Object.entries(query).filter(([, value]) => value !== undefined)
    const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
    return `${base}${path}${text === '' ? '' : `?${text}`}`
  }

  const raw = async (method: string, path: string, call: Call = {}) => {
    const headers: Record<string, string> = { accept: 'application/json' }
    if (options.locale) headers['accept-language'] = options.locale()
    if (options.token) headers.authorization = `Bearer ${options.token}`
    if (options.as) headers['x-tenon-as'] = options.as
    if (isWrite(method)) {
      headers['idempotency-key'] = call.key ?? newKey()
      if (requester.csrfToken) headers['x-csrf-token'] = requester.csrfToken
    }
    const init: RequestInit = { method, headers, credentials: 'same-origin' }
    if (call.signal) init.signal = call.signal
    if (call.body instanceof FormData) init.body = call.body
    else if (call.body !== undefined) {
      headers['content-type'] = 'application/json'
      init.body = JSON.stringify(call.body)
    }
    const response = await (options.fetch ?? fetch)(address(path, call.query), init)
    if (response.ok) return response
    if (response.status === 401) options.onSignedOut?.()
    throw await problemOf(response)
  }

  const requester: Requester = {
    csrfToken: undefined,
    address,
    raw,
    send: async <T>(method: string, path: string, call?: Call) => {
      const response = await raw(method, path, call)
      return (response.status === 204 ? undefined : await response.json()) as T
    },
  }
  return requester
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
  const wait = Number.isFinite(retryAfter) ? retryAfter : undefined
  try {
    return new ApiProblem((await response.json()) as ProblemDocument, wait)
  } catch {
    // A gateway in between may answer with a page of its own.
    const { status, statusText: title } = response
    return new ApiProblem({ type: 'about:blank', title, status, code: 'server.unreachable' }, wait)
  }
}
