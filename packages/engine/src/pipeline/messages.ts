import type { Channel } from '../actions/contract.ts'
import { readFact } from '../conditions/read-fact.ts'
import type { MessageDefinition } from '../definitions/message.ts'
import type { Facts } from '../facts.ts'
import type { Id } from '../kernel/ids.ts'
import { isLocale } from '../kernel/locale.ts'
import { resolveText, type TextValue } from '../kernel/text.ts'
import { renderText } from '../messages/render.ts'
import { lookupFrom } from './facts-of.ts'
import type { RecordRef, RecordRow, TaskRow } from './rows.ts'
import { taskFacts } from './task-facts.ts'
import { type Origin, refOf, type Work } from './work.ts'
import type { Person } from './world.ts'

export type Sending = {
  readonly app: string
  /** The record it is about; undefined: none. */
  readonly row: RecordRow | undefined
  /** Where the message is noted when there is no record: the trail of what it is about. */
  readonly about?: RecordRef
  readonly facts: Facts
  readonly to: readonly Id[]
  readonly message: MessageDefinition
  readonly channels: readonly Channel[] | null
  readonly task?: TaskRow | undefined
  readonly origin: Origin
}

/** Sends a message to people, each in their own language: a line in the bell now, mail and SMS through the outbox. */
export async function send(work: Work, sending: Sending): Promise<void> {
  const { message, row, origin } = sending
  const wanted = (channel: Channel) => sending.channels === null || sending.channels.includes(channel)
  for (const id of sending.to) {
    const person = work.world.directory.person(id)
    if (!person?.active) continue
    const text = (value: TextValue | undefined) => rendered(work, sending, person, value)
    const channels: Channel[] = []
    if (message.inbox && wanted('inbox')) {
      work.notify({
        user: id,
        title: text(message.inbox.title),
        body: text(message.inbox.body),
        record: row ? refOf(row) : null,
        task: sending.task?.task ?? null,
        message: message.id,
      })
      channels.push('inbox')
    }
    if (message.email && person.email && wanted('email')) {
      work.effect({
        type: 'mail.send',
        to: person.email,
        subject: text(message.email.subject),
        body: text(message.email.body),
        message: message.id,
        user: id,
      })
      channels.push('email')
    }
    if (message.sms && person.phone && wanted('sms')) {
      work.effect({ type: 'sms.send', to: person.phone, body: text(message.sms.body), message: message.id, user: id })
      channels.push('sms')
    }
    const about = row ?? sending.about
    if (channels.length > 0 && about)
      await work.event(about, 'message.sent', { to: id, message: message.id, channels }, origin)
  }
}

/**
 * Sends the mail of a message to an address that stands in the record, in the app's first language. The trail names the
 * field, never the address, which has rights of its own.
 */
export async function mailOutside(
  work: Work,
  { to, message: id }: { readonly to: readonly string[]; readonly message: string },
  facts: Facts,
  { ref, origin }: { readonly ref: RecordRef; readonly origin: Origin },
): Promise<undefined> {
  const app = work.world.app(ref.app)
  const email = app?.messages.get(id)?.email
  const form = app?.forms.get(ref.form)
  const lookup = lookupFrom(work, ref.app)
  const [found] = to.flatMap((field) => {
    const address = readFact(facts, 'record', field.split('.'), form, lookup)
    return typeof address === 'string' && address !== '' ? [{ field, address }] : []
  })
  if (!email || !found) return undefined
  const first = app?.definition.locales[0]
  const locale = isLocale(first) ? first : 'zh-CN'
  const text = (value: TextValue) =>
    renderText(resolveText(value, locale), facts, {
      locale,
      zone: facts.zone,
      ...(form ? { form } : {}),
      lookup,
      nameOf: (person) => work.world.directory.person(person)?.name,
    })
  work.effect({
    type: 'mail.send',
    to: found.address,
    subject: text(email.subject),
    body: text(email.body),
    message: id,
    user: null,
  })
  await work.event(ref, 'message.mailed', { field: found.field, message: id }, origin)
  return undefined
}

const rendered = (
  work: Work,
  { app, row, facts, task }: Sending,
  person: Person,
  value: TextValue | undefined,
): string => {
  const form = row && work.world.app(app)?.forms.get(row.form)
  const seen = task ? { ...facts, task: taskFacts(work, task, person.locale) } : facts
  return renderText(resolveText(value, person.locale), seen, {
    locale: person.locale,
    zone: person.zone,
    ...(form ? { form } : {}),
    lookup: lookupFrom(work, app),
    nameOf: (id) => work.world.directory.person(id)?.name,
  })
}

const taskTexts = {
  assigned: { 'zh-CN': '新任务：{{task.label}}', en: 'New task: {{task.label}}' },
  pool: { 'zh-CN': '待领取：{{task.label}}', en: 'To be claimed: {{task.label}}' },
  reminded: { 'zh-CN': '即将超时：{{task.label}}', en: 'Due soon: {{task.label}}' },
  overdue: { 'zh-CN': '已超时：{{task.label}}', en: 'Overdue: {{task.label}}' },
  escalated: { 'zh-CN': '升级到您：{{task.label}}', en: 'Escalated to you: {{task.label}}' },
  mentioned: { 'zh-CN': '{{user.name}} 提到了您', en: '{{user.name}} mentioned you' },
  alert: { 'zh-CN': '预警：{{event.title}}', en: 'Alert: {{event.title}}' },
  delegated: { 'zh-CN': '委派给您：{{task.label}}', en: 'Delegated to you: {{task.label}}' },
  resolved: { 'zh-CN': '委派已办，请确认：{{task.label}}', en: 'Done for you, please confirm: {{task.label}}' },
  returned: { 'zh-CN': '退回给您：{{task.label}}', en: 'Returned to you: {{task.label}}' },
  copied: { 'zh-CN': '抄送：{{task.label}}', en: 'For your information: {{task.label}}' },
  unassigned: { 'zh-CN': '无人可派：{{task.label}}', en: 'Nobody to assign: {{task.label}}' },
} as const

/** The platform's own words, for moments a template has no message for. */
export const builtInMessage = (kind: keyof typeof taskTexts): MessageDefinition => ({
  id: `built_in_${kind}`,
  kind: 'message',
  schemaVersion: 1,
  label: taskTexts[kind],
  inbox: { title: taskTexts[kind], body: '{{record.title}}' },
})
