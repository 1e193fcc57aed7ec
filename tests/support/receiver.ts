import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Heard = {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}
/** What it answers; `hang`: nothing, `close`: it hangs up. */
export type ReceiverAnswer =
  | { readonly status: number; readonly body: string; readonly location?: string }
  | 'hang'
  | 'close'

/** Another system that webhooks call: keeps what it hears and answers as told. */
export class Receiver {
  readonly heard: Heard[] = []
  /** Absent: 200, thanks. */
  answer: ((heard: Heard) => ReceiverAnswer) | undefined
  readonly #server = createServer((request, response) => this.#hear(request, response))

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #hear(request: IncomingMessage, response: ServerResponse): void {
    const parts: Buffer[] = []
    request.on('error', () => {}).on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = Buffer.concat(parts).toString()
      const heard = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body }
      this.heard.push(heard)
      const answer = this.answer?.(heard) ?? { status: 200, body: 'thanks' }
      if (answer === 'close') request.socket.destroy()
      else if (answer !== 'hang')
        response.writeHead(answer.status, answer.location ? { location: answer.location } : {}).end(answer.body)
    })
  }
}
