import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

export type Arrived = {
  readonly id: string
  readonly to: readonly string[]
  readonly subject: string
  readonly source: string
}

/** A mail server that takes every mail and keeps what it took. */
export class MailServer {
  readonly arrived: Arrived[] = []
  /** Hears of each mail before it is acknowledged. Absent: nobody does. */
  heard: ((mail: Arrived) => void) | undefined
  readonly #server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData: (stream, session, done) => {
      void text(stream).then((source) => {
        const header = (name: string) => new RegExp(`^${name}: *(.*)$`, 'im').exec(source)?.[1]?.trim() ?? ''
        const mail = {
          id: header('message-id'),
          to: session.envelope.rcptTo.map(({ address }) => address),
          subject: header('subject'),
          source,
        }
        this.arrived.push(mail)
        this.heard?.(mail)
        done()
      }, done)
    },
  })

  async open(): Promise<void> {
    // A client that is killed breaks its connection off: no concern of ours.
    this.#server.on('error', () => {})
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', () => resolve()))
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }
}
