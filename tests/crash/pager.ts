import { setTimeout as wait } from 'node:timers/promises'
import { openPorts, type Ports } from '../../packages/runtime/src/server/app.ts'
import { publishApp } from '../../packages/runtime/src/server/commands/app/publish.ts'
import { readConfig } from '../../packages/runtime/src/server/config.ts'
import { run } from '../../packages/runtime/src/server/store/statement.ts'
import type { Arrived } from '../support/mail-server.ts'
import type { ServerProcess } from './server-process.ts'

const by = { kind: 'system', reason: 'test' } as const
const records = '/api/apps/pager/forms/page/records'

const files = (address: string) =>
  Object.entries({
    'app.json': {
      id: 'pager',
      kind: 'app',
      schemaVersion: 1,
      version: '1.0.0',
      label: 'Pager',
      locales: ['en'],
      roles: [],
      navigation: [],
    },
    'forms/page.json': {
      id: 'page',
      kind: 'form',
      schemaVersion: 1,
      label: 'Page',
      title: { formula: 'name' },
      fields: [
        { id: 'name', type: 'text', label: 'Name' },
        { id: 'turn', type: 'number', label: 'Turn' },
        { id: 'who', type: 'user', label: 'Who' },
      ],
      access: [],
    },
    'messages/turned.json': {
      id: 'turned',
      kind: 'message',
      schemaVersion: 1,
      label: 'Turned',
      form: 'page',
      email: { subject: '{{record.name}} {{record.turn}}', body: 'turned' },
    },
    'rules/tell.json': {
      id: 'tell',
      kind: 'rule',
      schemaVersion: 1,
      label: 'Tell',
      form: 'page',
      on: { events: ['created', 'changed'] },
      then: [
        { id: 'call', type: 'webhook', url: `${address}/{{record.id}}`, body: { turn: { ref: '$.record.turn' } } },
        { id: 'mail', type: 'notify', to: [{ field: 'who' }], message: 'turned' },
      ],
    },
  }).map(([path, json]) => ({ path, text: JSON.stringify(json) }))

/** A call as it arrived at the other system. */
export type Called = { readonly id: string; readonly record: string }

/**
 * An app that tells another system and a person of every change. Writers change its records through the front door of
 * whichever process lives, and send a write again under its key until they have an answer.
 */
export class Pager {
  readonly #ports: Ports
  readonly #who: string
  readonly #turns: Turns[] = []
  private constructor(ports: Ports, who: string) {
    this.#ports = ports
    this.#who = who
  }

  /** On a database with people. */
  static async install(databaseUrl: string, dataFolder: string, address: string, person: string): Promise<Pager> {
    const ports = await openPorts(readConfig({ DATABASE_URL: databaseUrl, TENON_DATA: dataFolder }))
    const published = await publishApp(ports, by, { app: 'pager', files: files(address), confirm: 'all', note: 'test' })
    if (!published.ok) throw new Error(JSON.stringify(published.error))
    await ports.memory.fresh()
    return new Pager(ports, ports.memory.now.organisation.byUsername(person)?.id ?? '')
  }

  /** So many writers, each with a record of its own; they work until it is over, and then finish what they have begun. */
  async write({ writers, ...work }: Work & { readonly writers: number }): Promise<void> {
    const mine = Array.from({ length: writers }, (_, at) => new Turns(`page-${this.#turns.length + at}`, this.#who))
    this.#turns.push(...mine)
    await Promise.all(mine.map((turns) => turns.work(work)))
  }

  /** The writes answered so far, by writer. */
  get answered(): readonly number[] {
    return this.#turns.map(({ answered }) => answered)
  }

  /** Whether something is still to be sent. */
  async isBusy(): Promise<boolean> {
    const { outbox, store } = this.#ports
    const jobs = await outbox.jobs(store.read, 10)
    const dead = jobs.find(({ state }) => state === 'dead')
    if (dead) throw new Error(`given up: ${JSON.stringify(dead)}`)
    return jobs.length > 0
  }

  /** What does not agree: what was answered, what is stored, what has left, what has arrived. */
  async disagreements(calls: readonly Called[], mails: readonly Arrived[]): Promise<readonly string[]> {
    return [
      ...this.#turns.flatMap(({ protests }) => protests),
      ...(await this.#ofState()),
      ...(await this.#ofCalls(calls)),
      ...(await this.#ofMails(mails)),
    ]
  }

  /** State exactly once: as many entries in the trail as answers, and the record as answered last. */
  async #ofState(): Promise<readonly string[]> {
    const rows = await run<{ id: string; turn: number; entries: number }>(
      this.#ports.store.read,
      "SELECT id, f_turn AS turn, (SELECT count(*) FROM events e WHERE e.record = r.id AND e.type IN ('record.created', 'record.updated')) AS entries FROM r_pager_page r",
      [],
    )
    const byId = new Map(rows.map((row) => [row.id, row]))
    const known = new Set(this.#turns.map(({ id }) => id))
    return [
      ...rows.filter(({ id }) => !known.has(id)).map(({ id }) => `nobody was told of ${id}`),
      ...this.#turns.flatMap(({ id, answered }) => {
        const row = byId.get(id)
        if (Number(row?.entries) !== answered) return [`${id} was written ${row?.entries} times, not ${answered}`]
        return Number(row?.turn) === answered ? [] : [`${id} stands at ${row?.turn}, not ${answered}`]
      }),
    ]
  }

  /** Each call of the trail has arrived, under its id, first arrivals in the order of the trail; and no other. */
  async #ofCalls(calls: readonly Called[]): Promise<readonly string[]> {
    const rows = await run<{ record: string; data: string }>(
      this.#ports.store.read,
      "SELECT record, data FROM events WHERE app = 'pager' AND type = 'webhook.called' ORDER BY record, seq",
      [],
    )
    const wanted = new Map<string, string[]>()
    for (const { record, data } of rows)
      wanted.set(record, [...(wanted.get(record) ?? []), (JSON.parse(data) as { call: string }).call])
    const first = new Map<string, string[]>()
    for (const { id, record } of calls)
      if (!first.get(record)?.includes(id)) first.set(record, [...(first.get(record) ?? []), id])
    const kept = await run<{ key: string; state: string }>(
      this.#ports.store.read,
      "SELECT key, state FROM webhook_calls WHERE app = 'pager'",
      [],
    )
    const count = [...wanted.values()].flat().length
    const delivered = kept.filter(({ state }) => state === 'delivered').length
    return [
      ...[...wanted].flatMap(([record, ids]) => {
        const seen = first.get(record) ?? []
        return JSON.stringify(seen) === JSON.stringify(ids) ? [] : [`calls of ${record}: ${seen} arrived, not ${ids}`]
      }),
      ...[...first.keys()].filter((record) => !wanted.has(record)).map((record) => `calls of ${record} nobody ordered`),
      ...(kept.length === count && delivered === count ? [] : [`${delivered} of ${count} calls are kept as delivered`]),
    ]
  }

  /** Each change has told the person by one mail, which may have arrived several times under one Message-ID. */
  async #ofMails(mails: readonly Arrived[]): Promise<readonly string[]> {
    const kept = await run<{ detail: string; subject: string }>(
      this.#ports.store.read,
      "SELECT detail, subject FROM sent_messages WHERE channel = 'mail' AND message = 'turned' AND state = 'sent'",
      [],
    )
    const arrived = new Map<string, Set<string>>()
    for (const { id, subject } of mails) arrived.set(id, (arrived.get(id) ?? new Set()).add(subject))
    const wanted = this.#turns.flatMap(({ name, answered }) =>
      Array.from({ length: answered }, (_, at) => `${name} ${at + 1}`),
    )
    const subjects = [...arrived.values()].flatMap((said) => [...said])
    return [
      ...(same(subjects, wanted) ? [] : [`${subjects.length} mails have arrived, not ${wanted.length}`]),
      ...(same(
        kept.map(({ detail }) => detail),
        [...arrived.keys()],
      )
        ? []
        : [`${kept.length} mails are kept as sent, ${arrived.size} have arrived`]),
    ]
  }

  async close(): Promise<void> {
    await this.#ports.outbox.close()
    await this.#ports.store.close()
  }
}

const same = (one: readonly string[], other: readonly string[]): boolean =>
  JSON.stringify([...one].sort()) === JSON.stringify([...other].sort())

type Work = {
  /** Which process to ask now; undefined: none lives. */
  readonly server: () => ServerProcess | undefined
  readonly isOver: () => boolean
  /** After so long another is asked; absent: a minute. */
  readonly patienceMs?: number
}

/** A record and the writes to it: the n-th write sets `turn` to n. */
class Turns {
  readonly name: string
  readonly protests: string[] = []
  id = ''
  answered = 0
  readonly #who: string
  #version = 0
  #isOpen = false

  constructor(name: string, who: string) {
    this.name = name
    this.#who = who
  }

  async work({ server, isOver, patienceMs = 60_000 }: Work): Promise<void> {
    while (this.protests.length === 0 && (this.#isOpen || !isOver())) {
      const alive = server()
      if (alive) await this.#turn(alive, patienceMs)
      await wait(alive ? 5 : 50)
    }
  }

  async #turn({ url, key }: ServerProcess, patienceMs: number): Promise<void> {
    this.#isOpen = true
    const turn = this.answered + 1
    const isNew = this.id === ''
    try {
      const response = await fetch(`${url}${records}${isNew ? '' : `/${this.id}`}`, {
        method: isNew ? 'POST' : 'PATCH',
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          'idempotency-key': `${this.name}-${turn}`,
        },
        body: JSON.stringify(
          isNew ? { values: { name: this.name, turn, who: this.#who } } : { values: { turn }, version: this.#version },
        ),
        signal: AbortSignal.timeout(patienceMs),
      })
      const answer = (await response.json()) as { id: string; version: number; code?: string }
      // Cut off, or still at work on the same key: asked again.
      if (response.status >= 500 || answer.code === 'idempotency.inFlight') return
      this.#isOpen = false
      if (!response.ok) {
        this.protests.push(`${this.name} ${turn} was refused: ${JSON.stringify(answer)}`)
        return
      }
      this.answered = turn
      this.id = answer.id
      this.#version = answer.version
    } catch {
      // The process died before it answered; the next one is asked under the same key.
    }
  }
}
