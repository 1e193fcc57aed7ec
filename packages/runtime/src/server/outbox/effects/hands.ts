import type { Clock } from '../../clock.ts'
import type { Store } from '../../store/store.ts'
import type { Hands } from '../outbox.ts'
import { type MailSettings, mailHand } from './mail-send.ts'
import { type PortalCodePorts, portalCodeHand } from './portal-code.ts'
import { smsHand } from './sms-send.ts'
import { type WebhookPorts, webhookHand } from './webhook-call.ts'

export type HandPorts = WebhookPorts &
  PortalCodePorts & { readonly store: Store; readonly clock: Clock; readonly mail: MailSettings }

/** What carries out each effect. */
export const handsOf = (ports: HandPorts): Hands => ({
  'mail.send': mailHand(ports),
  'portal.code': portalCodeHand(ports),
  'sms.send': smsHand(ports),
  'webhook.call': webhookHand(ports),
})
