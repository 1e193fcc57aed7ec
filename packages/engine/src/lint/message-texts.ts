import { deedsOf } from '../actions/behaviours.ts'
import type { Channel, Deed } from '../actions/contract.ts'
import { type Action, actionSchemas } from '../actions/schemas.ts'
import type { MessageDefinition } from '../definitions/message.ts'
import { isObject } from '../kernel/json.ts'
import { pointerParts } from '../kernel/pointer.ts'
import { type Problem, warning } from '../kernel/problem.ts'
import type { TextValue } from '../kernel/text.ts'
import type { Check } from './context.ts'

const words: { readonly [C in Channel | 'any']: TextValue } = {
  inbox: { 'zh-CN': '站内消息', en: 'in-app messages' },
  email: { 'zh-CN': '邮件', en: 'e-mail' },
  sms: { 'zh-CN': '短信', en: 'SMS' },
  any: { 'zh-CN': '任何渠道', en: 'any channel' },
}

/** What an action sends has a text for where it is sent: without one nothing goes there, and nobody hears of it. */
export const messageTexts: Check = ({ app, sites }) =>
  sites.flatMap((site): readonly Problem[] => {
    if (site.type !== 'reference' || site.rule.kind !== 'message') return []
    const message = app.messages.get(site.text)
    const action = ownerOf(site.document.json, site.path.slice(site.document.path.length))
    if (message === undefined || action === undefined) return []
    return deedsOf(action)
      .flatMap((deed) => missing(deed, message))
      .map((channel) => warning('message.textMissing', site.path, { message: message.label, channel: words[channel] }))
  })

/** The action in which the reference stands. */
function ownerOf(document: unknown, path: string): Action | undefined {
  let owner = document
  for (const part of pointerParts(path).slice(0, -1))
    owner = (owner as { readonly [key: string]: unknown } | undefined)?.[part]
  return isObject(owner) && typeof owner.type === 'string' && Object.hasOwn(actionSchemas, owner.type)
    ? (owner as unknown as Action)
    : undefined
}

function missing(deed: Deed, message: MessageDefinition): readonly (keyof typeof words)[] {
  const has = (channel: Channel) => message[channel] !== undefined
  if (deed.kind === 'mail') return has('email') ? [] : ['email']
  if (deed.kind !== 'send') return []
  if (deed.channels) return deed.channels.filter((channel) => !has(channel))
  return has('inbox') || has('email') || has('sms') ? [] : ['any']
}
