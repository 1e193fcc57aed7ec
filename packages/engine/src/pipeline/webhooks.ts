import type { ActionOf } from '../actions/schemas.ts'
import type { Facts } from '../facts.ts'
import { inHeader, inUrl, renderRaw } from '../messages/render-raw.ts'
import type { LoneOccasion, Occasion } from './deeds.ts'
import { lookupFrom } from './facts-of.ts'
import type { RecordRef } from './rows.ts'
import { webhookBody } from './webhook-body.ts'
import { keyOf, refOf, type Work } from './work.ts'

const defaultTimeoutSeconds = 10
const ownBase = /^\{\{env\.([a-z][a-z0-9_]*)\}\}/

/** A variable at the start is an address that an administrator has entered: it stands as it is, all else is encoded. */
function urlOf(template: string, facts: Facts, scope: Parameters<typeof renderRaw>[3]): string {
  const [placeholder = '', variable] = ownBase.exec(template) ?? []
  const base = variable === undefined ? '' : (facts.env?.[variable] ?? '').replace(/\/+$/, '')
  return base + renderRaw(template.slice(placeholder.length), facts, inUrl, scope)
}

/**
 * Orders a call of another system. Exactly the values that the definition names go along. What goes to one host about one
 * record goes in order; another host does not wait for it.
 */
export async function callWebhook(
  work: Work,
  action: ActionOf<'webhook'>,
  facts: Facts,
  { ref, origin }: Occasion | LoneOccasion,
): Promise<void> {
  const form = work.world.app(ref.app)?.forms.get(ref.form)
  const lookup = lookupFrom(work, ref.app)
  const scope = { ...(form ? { form } : {}), lookup }
  const record: RecordRef | null = 'id' in ref ? refOf(ref) : null
  const { method = 'POST', headers = {}, body, auth, sign, timeoutSeconds = defaultTimeoutSeconds } = action
  const url = urlOf(action.url, facts, scope)
  const [host = ''] = /^https?:\/\/[^/?]+/.exec(url) ?? []
  const call = work.effect(
    {
      type: 'webhook.call',
      app: ref.app,
      record,
      cause: `${origin.cause ?? 'action'}/${action.id}`,
      method,
      url,
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [
          name.toLowerCase(),
          inHeader(renderRaw(value, facts, (text) => text, scope)),
        ]),
      ),
      body: body === undefined ? null : webhookBody(body, { facts, form, lookup }),
      auth: auth
        ? { secret: auth.secret, header: (auth.header ?? 'authorization').toLowerCase(), scheme: auth.scheme ?? null }
        : null,
      sign: sign ?? null,
      timeoutMs: timeoutSeconds * 1000,
    },
    record ? `${keyOf(record)} ${host}` : undefined,
  )
  if (record) await work.event(record, 'webhook.called', { action: action.id, method, host, call }, origin)
}
