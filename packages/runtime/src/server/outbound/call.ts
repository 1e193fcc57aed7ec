import { lookup as systemLookup } from 'node:dns/promises'
import http from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import { type Allowed, mayCall } from './addresses.ts'

export type OutboundRequest = {
  readonly method: string
  readonly url: string
  readonly headers: { readonly [name: string]: string }
  readonly body: string | null
  /** For everything together: name, connection, answer. */
  readonly timeoutMs: number
}
/** `answer`: the beginning of the body, as text. */
export type OutboundAnswer = { readonly status: number; readonly answer: string }
export type Lookup = (host: string) => Promise<readonly { readonly address: string }[]>

/** Says why an address is not called; an operator reads it. */
export class RefusedAddress extends Error {}

const answerBytes = 64 * 1024
const headerBytes = 16 * 1024
const byName: Lookup = (host) => systemLookup(host, { all: true, verbatim: true })

/**
 * The one address that a request goes to. The name is looked up once, and all its addresses must be allowed; the
 * connection goes to the address looked at here, so that a name cannot mean something else a moment later.
 */
export async function addressOf(url: URL, allowed: Allowed, lookup: Lookup = byName): Promise<string> {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new RefusedAddress('only http and https are called')
  if (url.username !== '' || url.password !== '') throw new RefusedAddress('no name or password in an address')
  // The URL parser has already read 0x7f.1, 2130706433, full-width digits and the like as what they are.
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  const addresses = isIP(host) ? [host] : (await lookup(host)).map(({ address }) => address)
  const [first] = addresses
  if (first === undefined) throw new Error(`${host} has no address`)
  const refused = allowed.hosts.has(host) ? undefined : addresses.find((address) => !mayCall(address, allowed))
  if (refused !== undefined)
    throw new RefusedAddress(`${host} is at ${refused}, which is not called: an operator may allow it`)
  return first
}

/**
 * Makes one request and gives what was answered, whatever it was. Follows no redirect, unpacks nothing, reads little.
 * Throws when there was no answer in time, or the address may not be called.
 */
export async function callOutside(
  request: OutboundRequest,
  allowed: Allowed,
  lookup: Lookup = byName,
): Promise<OutboundAnswer> {
  const signal = AbortSignal.timeout(request.timeoutMs)
  const late = () => new Error(`no answer within ${request.timeoutMs / 1000} s`)
  const url = new URL(request.url)
  const address = await Promise.race([
    addressOf(url, allowed, lookup),
    new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(late()), { once: true })),
  ])
  return new Promise((resolve, reject) => {
    const client = url.protocol === 'https:' ? https : http
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const call = client.request({
      host: address,
      port: url.port === '' ? undefined : Number(url.port),
      method: request.method,
      path: `${url.pathname}${url.search}`,
      headers: {
        ...request.headers,
        host: url.host,
        ...(request.body === null ? {} : { 'content-length': String(Buffer.byteLength(request.body)) }),
      },
      ...(isIP(host) ? {} : { servername: host }),
      agent: false,
      maxHeaderSize: headerBytes,
      signal,
    })
    // Once the status has been said, that the rest is cut off or comes too late changes nothing.
    let answered: (() => void) | undefined
    call.on('error', (error) => (answered ? answered() : reject(signal.aborted ? late() : error)))
    call.on('response', (response) => {
      const parts: Buffer[] = []
      let size = 0
      const done = () => {
        const answer = Buffer.concat(parts).subarray(0, answerBytes).toString('utf8')
        resolve({ status: response.statusCode ?? 0, answer })
        response.destroy()
      }
      answered = done
      response.on('data', (part: Buffer) => {
        parts.push(part)
        size += part.length
        if (size >= answerBytes) done()
      })
      response.on('end', done).on('error', done).on('aborted', done)
    })
    call.end(request.body ?? undefined)
  })
}
