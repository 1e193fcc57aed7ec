import type { Transporter } from 'nodemailer'
import type { Clock } from '../../clock.ts'
import type { Store } from '../../store/store.ts'
import type { Hand } from '../outbox.ts'
import { keepMessage, wasSent } from './sent-messages.ts'

export type MailSettings = { readonly smtpUrl: string | undefined; readonly from: string }

/** One plain address; nothing a mail library could read as two, as a name, or as a header. */
const plainAddress = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){0,8}$/

/** Sends mail by the SMTP server of the settings; without one the mail is only recorded. */
export function mailHand(ports: {
  readonly store: Store
  readonly clock: Clock
  readonly mail: MailSettings
}): Hand<'mail.send'> {
  const { smtpUrl, from } = ports.mail
  let transport: Promise<Transporter> | undefined
  const open = async (url: string) => (await import('nodemailer')).createTransport(url)
  return async ({ to, subject, body, message, user }, key) => {
    if (await wasSent(ports.store, key)) return
    const kept = { key, channel: 'mail' as const, recipient: to, user, subject, body, message }
    if (!plainAddress.test(to)) return keepMessage(ports, { ...kept, state: 'refused', detail: 'not a plain address' })
    if (smtpUrl === undefined) return keepMessage(ports, { ...kept, state: 'recorded', detail: null })
    const messageId = `<${key.replace(/[^A-Za-z0-9.-]/g, '.')}@tenon>`
    transport ??= open(smtpUrl)
    await (await transport).sendMail({
      from,
      to: { name: '', address: to },
      subject: subject.replace(/[\r\n]+/g, ' '),
      text: body,
      messageId,
    })
    await keepMessage(ports, { ...kept, state: 'sent', detail: messageId })
  }
}
