import { createHmac } from 'node:crypto'
import { ok, type WebhookCall } from '@tenon/engine'
import type { Clock } from '../../clock.ts'
import type { Allowed } from '../../outbound/addresses.ts'
import { callOutside, type Lookup, type OutboundAnswer, RefusedAddress } from '../../outbound/call.ts'
import { secretPlace } from '../../outbound/secret-place.ts'
import type { Vault } from '../../outbound/vault.ts'
import { newId } from '../../store/new-id.ts'
import { readSecret } from '../../store/rows/secrets.ts'
import { keepCall, wasDelivered } from '../../store/rows/webhook-calls.ts'
import type { Store } from '../../store/store.ts'
import { type Hand, PermanentFailure } from '../outbox.ts'

export type WebhookPorts = {
  readonly store: Store
  readonly clock: Clock
  readonly vault: Vault
  readonly allowed: Allowed
  readonly lookup?: Lookup
}
const keptAnswer = 500

/** Calls other systems. Anything but an answer of 2xx is a failure and is tried again. */
export const webhookHand =
  (ports: WebhookPorts): Hand<'webhook.call'> =>
  async (call, key) => {
    if (await wasDelivered(ports.store.read, key)) return
    const secrets = new Map<string, string>()
    try {
      const answer = await attempt(ports, call, key, secrets)
      if (answer.status < 200 || answer.status > 299) throw new Answered(answer)
      await keep(ports, call, key, { state: 'delivered', answer, error: null }, secrets)
    } catch (error) {
      const answer = error instanceof Answered ? error.answer : undefined
      const message = concealed(error instanceof Error ? error.message : String(error), secrets)
      await keep(ports, call, key, { state: 'failed', answer, error: message }, secrets)
      throw error instanceof RefusedAddress ? new PermanentFailure(message) : new Error(message)
    }
  }

class Answered extends Error {
  readonly answer: OutboundAnswer
  constructor(answer: OutboundAnswer) {
    const redirect = answer.status >= 300 && answer.status < 400 ? '; redirects are not followed' : ''
    super(`answered ${answer.status}${redirect}`)
    this.answer = answer
  }
}

async function attempt(
  ports: WebhookPorts,
  call: WebhookCall,
  key: string,
  secrets: Map<string, string>,
): Promise<OutboundAnswer> {
  // The address begins with a variable that nobody has set here, or not to an address.
  if (!URL.canParse(call.url) || !/^https?:/.test(call.url)) throw new RefusedAddress(`${call.url} is no web address`)
  const secret = async (name: string) => {
    const value = await secretFor(ports, call, name)
    secrets.set(name, value)
    return value
  }
  const seconds = String(Math.floor(ports.clock.now() / 1000))
  const signature = call.sign === null ? undefined : signed(await secret(call.sign), key, seconds, call.body ?? '')
  const auth = call.auth && [
    call.auth.header,
    [call.auth.scheme, await secret(call.auth.secret)].filter(Boolean).join(' '),
  ]
  return callOutside(
    {
      method: call.method,
      url: call.url,
      headers: {
        ...call.headers,
        ...(auth ? Object.fromEntries([auth]) : {}),
        'user-agent': 'Tenon',
        ...(call.body === null ? {} : { 'content-type': 'application/json' }),
        'idempotency-key': key,
        'webhook-id': key,
        'webhook-timestamp': seconds,
        ...(signature === undefined ? {} : { 'webhook-signature': signature }),
      },
      body: call.body,
      timeoutMs: call.timeoutMs,
    },
    ports.allowed,
    ports.lookup,
  )
}

/** A secret goes to the origin it was stored for and to no other. One that is missing ends the try: nothing goes unsigned. */
async function secretFor({ store, vault }: WebhookPorts, { app, url }: WebhookCall, name: string): Promise<string> {
  const row = await readSecret(store.read, app, name)
  if (!row) throw new Error(`there is no secret ${name} for the app ${app}`)
  if (row.origin !== new URL(url).origin) throw new Error(`the secret ${name} is for ${row.origin} only`)
  const value = vault.open(row.sealed, secretPlace(row))
  if (value === undefined) throw new Error(`the secret ${name} cannot be opened here: store it again`)
  return value
}

/** Standard Webhooks 1.0: HMAC-SHA256 over id, seconds and body; a secret that begins with `whsec_` is base64. */
function signed(secret: string, id: string, seconds: string, body: string): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret)
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`
}

async function keep(
  { store, clock }: WebhookPorts,
  call: WebhookCall,
  key: string,
  outcome: { readonly state: string; readonly answer: OutboundAnswer | undefined; readonly error: string | null },
  secrets: ReadonlyMap<string, string>,
): Promise<void> {
  const now = clock.now()
  await store.transact(async (tx) =>
    ok(
      await keepCall(tx, {
        key,
        id: newId(now),
        app: call.app,
        form: call.record?.form ?? null,
        record: call.record?.id ?? null,
        cause: call.cause,
        method: call.method,
        url: call.url,
        state: outcome.state,
        status: outcome.answer?.status ?? null,
        answer: outcome.answer ? concealed(outcome.answer.answer, secrets).slice(0, keptAnswer) : null,
        error: outcome.error,
        created_at: now,
        updated_at: now,
      }),
    ),
  )
}

/** An answer may repeat what it was sent: neither a secret nor what no database keeps stays in it. */
function concealed(text: string, secrets: ReadonlyMap<string, string>): string {
  let shown = text.replace(/[^\P{Cc}\n\t]/gu, ' ').replace(/\p{Surrogate}/gu, ' ')
  for (const [name, value] of secrets) shown = shown.replaceAll(value, `[${name}]`)
  return shown
}
