import type { Attempt, History, Intention, Ticket } from './history.ts'
import type { ServerProcess } from './server-process.ts'

type Body = { readonly [name: string]: unknown }
type Record = { readonly id: string; readonly version: number }
const records = '/api/apps/after_sales/forms/ticket/records'

/** One person at work: creates tickets, changes them, comments, does their first task, and now and then sends rubbish. */
export class Client {
  readonly #name: string
  readonly #person: string
  readonly #history: History
  #server: ServerProcess | undefined
  #count = 0
  #open: Intention | undefined
  #own: Ticket | undefined
  #creating: Pick<Ticket, 'subject' | 'description'> | undefined
  readonly #customer: string

  constructor(name: string, person: string, customer: string, history: History) {
    this.#name = name
    this.#person = person
    this.#customer = customer
    this.#history = history
  }

  /** Works until the server is gone, then returns. What is unknown then is asked first the next time. */
  async work(server: ServerProcess, isOver: () => boolean): Promise<void> {
    this.#server = server
    while (!isOver()) {
      const intention = this.#open ?? (await this.#next())
      if (intention === undefined) return
      this.#open = intention
      const attempt = await this.#send(intention)
      if (attempt.outcome === 'unknown') {
        this.#history.unknown += 1
        return
      }
      this.#open = undefined
      this.#learn(intention, attempt)
    }
  }

  /** Settles what the last kill left open, so that the history is complete. */
  async settle(server: ServerProcess): Promise<void> {
    this.#server = server
    for (let tries = 0; this.#open !== undefined && tries < 50; tries += 1) {
      const intention: Intention = this.#open
      const attempt = await this.#send(intention)
      if (attempt.outcome === 'unknown') continue
      this.#open = undefined
      this.#learn(intention, attempt)
    }
    if (this.#open) this.#protest(`${this.#open.kind} never got an answer`)
  }

  async #next(): Promise<Intention | undefined> {
    this.#count += 1
    const mark = `${this.#name}-${this.#count}`
    const intention = (
      kind: Intention['kind'],
      method: Intention['method'],
      path: string,
      body: object,
    ): Intention => ({
      kind,
      method,
      path,
      body,
      mark,
      key: `key-${mark}`,
    })
    const own = this.#own
    const step = this.#count % 7
    if (own === undefined || step === 1) {
      this.#creating = { subject: mark, description: `first words of ${mark}` }
      return intention('create', 'POST', records, {
        values: { ...this.#creating, request_type: 'technical', customer: this.#customer },
      })
    }
    if (step === 2)
      return intention('wrong', 'POST', records, { values: { subject: mark, request_type: 'no such type' } })
    if (step === 3) return intention('comment', 'POST', `${records}/${own.id}/comments`, { body: mark })
    if (step === 4 || step === 5) {
      const task = own.task === 'completed' ? undefined : await this.#intake(own)
      if (task !== undefined && own.task === 'none') return intention('claim', 'POST', `/api/tasks/${task}/claim`, {})
      if (task !== undefined) {
        return intention('complete', 'POST', `/api/tasks/${task}/complete`, { outcome: 'accept' })
      }
    }
    return intention('update', 'PATCH', `${records}/${own.id}`, {
      values: { description: `changed by ${mark}` },
      version: own.version,
    })
  }

  async #intake(own: Ticket): Promise<string | undefined> {
    try {
      const response = await this.#fetch('GET', `/api/tasks?record=${own.id}&state=open`)
      const { items } = (await response.json()) as { items?: { id: string; node: string }[] }
      return items?.find((task) => task.node === 'intake')?.id
    } catch {
      // Reading is no part of the history: the next write shows that the server is gone.
      return undefined
    }
  }

  async #send({ method, path, body, key }: Intention): Promise<Attempt> {
    try {
      const response = await this.#fetch(method, path, body, key)
      const answer = await response.json()
      // Still at work on the first sending of this key: not an outcome.
      if (response.status === 409 && (answer as Body).code === 'idempotency.inFlight')
        return { outcome: 'unknown', status: 409, answer }
      return {
        outcome: response.ok ? 'ok' : response.status < 500 ? 'refused' : 'unknown',
        status: response.status,
        answer,
      }
    } catch (error) {
      return { outcome: 'unknown', status: 0, answer: String(error) }
    }
  }

  #fetch(method: string, path: string, body?: object, key?: string): Promise<Response> {
    const server = this.#server
    if (server === undefined) throw new Error('no server')
    return fetch(server.url + path, {
      method,
      headers: {
        authorization: `Bearer ${server.key}`,
        'x-tenon-as': this.#person,
        ...(key !== undefined && { 'idempotency-key': key }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  }

  #learn(intention: Intention, { outcome, status, answer }: Attempt): void {
    const wanted = intention.kind === 'wrong' ? 'refused' : 'ok'
    if (outcome !== wanted) {
      this.#protest(`${intention.kind} ${intention.mark} was ${outcome} (${status}): ${JSON.stringify(answer)}`)
      this.#own = undefined
      return
    }
    if (intention.kind === 'wrong') {
      this.#history.refused.push(intention.mark)
      return
    }
    this.#history.acknowledged += 1
    this.#keep(intention, answer as Body)
  }

  #keep({ kind, mark }: Intention, answer: Body): void {
    if (kind === 'create' && this.#creating) {
      const { id, version } = answer as unknown as Record
      this.#own = { ...this.#creating, id, version, comments: [], task: 'none' }
      this.#history.tickets.push(this.#own)
      return
    }
    const own = this.#own
    if (own === undefined) return
    if (kind === 'comment') own.comments.push(mark)
    if (kind === 'update') own.description = `changed by ${mark}`
    if (kind === 'claim') own.task = 'claimed'
    if (kind === 'complete') own.task = 'completed'
    const record = kind === 'update' ? (answer as unknown as Record) : (answer.record as Record | null | undefined)
    if (record) own.version = record.version
  }

  #protest(text: string): void {
    this.#history.protests.push(`${this.#name}: ${text}`)
  }
}
