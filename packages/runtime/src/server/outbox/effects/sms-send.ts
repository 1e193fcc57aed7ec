import type { Clock } from '../../clock.ts'
import type { Store } from '../../store/store.ts'
import type { Hand } from '../outbox.ts'
import { keepMessage, wasSent } from './sent-messages.ts'

/** There is no connector to a carrier yet: text messages are recorded, for an operator or another program to read. */
export function smsHand(ports: { readonly store: Store; readonly clock: Clock }): Hand<'sms.send'> {
  return async ({ to, body, message, user }, key) => {
    if (await wasSent(ports.store, key)) return
    await keepMessage(ports, {
      key,
      channel: 'sms',
      recipient: to,
      user,
      subject: '',
      body,
      message,
      state: 'recorded',
      detail: null,
    })
  }
}
