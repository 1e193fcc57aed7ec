import type { Effect } from '@tenon/engine'
import type { Transporter } from 'nodemailer'
import type { Clock } from '../../clock.ts'
import type { Store } from '../../store/store.ts'
import type { Hand } from '../outbox.ts'
import { keepMessage, wasSent } from './sent-messages.ts'

export type MailSettings = { readonly smtpUrl: string | undefined; readonly from: string }

/** One plain address; nothing a mail library could read as two, as a name, or as a header. */
const plainAddress = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){0,8}$/

export const isPlainAddress = (text: string): boolean => plainAddress.test(text)

type Mail = Omit<Extract<Effect, { type: 'mail.send' }>, 'type'> & {
  /** What is kept of the text once it is sent; absent: the text. */
  readonly kept?: string
}
type Ports = { readonly store: Store; readonly clock: Clock; readonly mail: MailSettings }

/** Sends mail by the SMTP server of the settings; without one the mail is only recorded. */
export function mailSender(ports: Ports): (mail: Mail, key: string) => Promise<void> {
  const { smtpUrl, from } = ports.mail
  let transport: Promise<Transporter> | undefined
  const open = async (url: string) => (await import('nodemailer')).createTransport(url)
  return async ({ to, subject, body, message, user, kept: short = body }, key) => {
    if (await wasSent(ports.store, key)) return
    const kept = { key, channel: 'mail' as const, recipient: to, user, subject, body, message }
    if (!isPlainAddress(to)) return keepMessage(ports, { ...kept, state: 'refused', detail: 'not a plain address' })
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
    await keepMessage(ports, { ...kept, body: short, state: 'sent', detail: messageId })
  }
}

export const mailHand = (ports: Ports): Hand<'mail.send'> => mailSender(ports)
