import { type Arrived, MailServer } from '../support/mail-server.ts'
import { Receiver } from '../support/receiver.ts'
import type { Called } from './pager.ts'

/** The world outside: another system and a mail server, which may say to somebody that they are being spoken to. */
export class Outside {
  readonly calls: Called[] = []
  /** Hears of every call and mail before it is acknowledged; the status a call is answered with, else 200. */
  listener: ((kind: 'call' | 'mail') => number | undefined) | undefined
  readonly #receiver = new Receiver()
  readonly #mail = new MailServer()

  async open(): Promise<void> {
    this.#mail.heard = () => void this.listener?.('mail')
    this.#receiver.answer = ({ headers, url }) => {
      this.calls.push({ id: String(headers['webhook-id']), record: url.slice(1) })
      return { status: this.listener?.('call') ?? 200, body: '' }
    }
    await Promise.all([this.#receiver.open(), this.#mail.open()])
  }

  async close(): Promise<void> {
    await Promise.all([this.#receiver.close(), this.#mail.close()])
  }

  get url(): string {
    return this.#receiver.url
  }
  get mails(): readonly Arrived[] {
    return this.#mail.arrived
  }
  /** What makes a server speak to them, and soon give up on one that is silent. */
  get env() {
    return { TENON_OUTBOUND_ALLOW: '127.0.0.1', TENON_SMTP_URL: this.#mail.url, TENON_TAKEOVER_SECONDS: '4' }
  }

  /** Tells a murderer of one in ten of what arrives: before it is acknowledged, or just after. */
  betray(murderer: () => void, chance: () => number): void {
    this.listener = () => {
      if (chance() > 0.1) return undefined
      if (chance() < 0.5) murderer()
      else setImmediate(murderer)
      return undefined
    }
  }

  /** How many different calls and mails have arrived, and how often one that had arrived before. */
  count(): { readonly calls: number; readonly mails: number; readonly twice: number } {
    const different = (all: readonly { id: string }[]) => new Set(all.map(({ id }) => id)).size
    const [calls, mails] = [different(this.calls), different(this.mails)]
    return { calls, mails, twice: this.calls.length - calls + this.mails.length - mails }
  }
}
