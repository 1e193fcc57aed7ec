import { randomInt } from 'node:crypto'
import { isLocale, ok } from '@tenon/engine'
import type { Clock } from '../../clock.ts'
import { hashCode, type PortalContacts } from '../../portal/contacts.ts'
import { openCode, setCode } from '../../store/rows/portal.ts'
import type { Store } from '../../store/store.ts'
import type { Hand } from '../outbox.ts'
import { type MailSettings, mailSender } from './mail-send.ts'
import { wasSent } from './sent-messages.ts'

export type PortalCodePorts = {
  readonly store: Store
  readonly clock: Clock
  readonly mail: MailSettings
  /** Who may sign in where, by their address. */
  readonly contacts: PortalContacts
  /** Key of this installation that is in no database. */
  readonly operatorKey: string
}

/**
 * Sends the code to a contact, and nothing to anybody else: whether an address is known shows neither in the answer nor in
 * how long it took, for it is looked up here. The code is made as it is sent, so that no table ever holds it.
 */
export function portalCodeHand(ports: PortalCodePorts): Hand<'portal.code'> {
  const send = mailSender(ports)
  return async ({ id }, key) => {
    if (await wasSent(ports.store, key)) return
    const row = await openCode(ports.store.read, id, ports.clock.now())
    const known = row && (await ports.contacts(row.app, row.mail))
    if (!row || !known || known.ids.length === 0) return
    const code = String(randomInt(1_000_000)).padStart(6, '0')
    await ports.store.transact(async (tx) => ok(await setCode(tx, id, hashCode(ports.operatorKey, id, code))))
    const texts = wording(isLocale(row.locale) ? row.locale : 'zh-CN', known.title)
    const { subject } = texts
    const mail = {
      to: row.mail,
      subject,
      body: texts.body(code),
      kept: texts.body('••••••'),
      message: null,
      user: null,
    }
    await send(mail, key)
  }
}

const wording = (locale: 'zh-CN' | 'en', title: (locale: 'zh-CN' | 'en') => string) =>
  locale === 'en'
    ? {
        subject: `${title('en')}: your code`,
        body: (code: string) =>
          `Your code to sign in is ${code}. It is valid for 10 minutes and can be used once.\nIf you did not ask for it, please ignore this mail and give the code to nobody.`,
      }
    : {
        subject: `${title('zh-CN')}：登录验证码`,
        body: (code: string) =>
          `您的登录验证码是 ${code}，10 分钟内有效，只能使用一次。\n如果不是您本人操作，请忽略这封邮件，不要把验证码告诉任何人。`,
      }
