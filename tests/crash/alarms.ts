import { type Command, formatInstant } from '@tenon/engine'
import { openPorts, type Ports } from '../../packages/runtime/src/server/app.ts'
import { publishApp } from '../../packages/runtime/src/server/commands/app/publish.ts'
import { readConfig } from '../../packages/runtime/src/server/config.ts'
import { run } from '../../packages/runtime/src/server/store/statement.ts'

const by = { kind: 'system', reason: 'test' } as const
const batch = 200

const files = Object.entries({
  'app.json': {
    id: 'alarms',
    kind: 'app',
    schemaVersion: 1,
    version: '1.0.0',
    label: 'Alarms',
    locales: ['en'],
    roles: [],
    navigation: [],
  },
  'forms/alarm.json': {
    id: 'alarm',
    kind: 'form',
    schemaVersion: 1,
    label: 'Alarm',
    title: { formula: 'name' },
    fields: [
      { id: 'name', type: 'text', label: 'Name' },
      { id: 'due', type: 'dateTime', label: 'Due' },
    ],
    access: [],
  },
  'flows/ring.json': {
    id: 'ring',
    kind: 'flow',
    schemaVersion: 1,
    form: 'alarm',
    label: 'Ring',
    start: [{ on: 'created' }],
    nodes: [
      { id: 'begin', type: 'startEvent' },
      { id: 'sleep', type: 'intermediateCatchEvent', on: { timer: { until: 'due' } } },
      { id: 'ring', type: 'serviceTask', actions: [{ id: 'say', type: 'comment', body: 'ring' }] },
      { id: 'end', type: 'endEvent' },
    ],
    edges: [
      { id: 'e1', from: 'begin', to: 'sleep' },
      { id: 'e2', from: 'sleep', to: 'ring' },
      { id: 'e3', from: 'ring', to: 'end' },
    ],
  },
}).map(([path, json]) => ({ path, text: JSON.stringify(json) }))

export type AlarmReport = {
  readonly set: number
  readonly rung: number
  readonly early: readonly string[]
  readonly twice: readonly string[]
  /** The longest an alarm rang after its moment; processes may all have been dead then. */
  readonly latestMs: number
}

/** An app that does nothing but ring at the moment each record says, and what its trail says about that. */
export class Alarms {
  readonly #ports: Ports
  private constructor(ports: Ports) {
    this.#ports = ports
  }

  static async install(databaseUrl: string, dataFolder: string): Promise<Alarms> {
    const ports = await openPorts(readConfig({ DATABASE_URL: databaseUrl, TENON_DATA: dataFolder }))
    const published = await publishApp(ports, by, { app: 'alarms', files, confirm: 'all', note: 'test' })
    if (!published.ok) throw new Error(JSON.stringify(published.error))
    await ports.memory.fresh()
    return new Alarms(ports)
  }

  /** Sets so many, one batch after the other; `moment` says when each is to ring, asked when it is set. */
  async set(count: number, moment: () => number): Promise<void> {
    for (let from = 0; from < count; from += batch) {
      const commands = Array.from({ length: Math.min(batch, count - from) }, (_, at): Command => {
        const values = { name: `alarm ${from + at}`, due: formatInstant(Math.floor(moment())) }
        const what = { type: 'record.create', app: 'alarms', form: 'alarm', values } as const
        return { command: this.#ports.newId(), principal: by, source: 'api', ...what }
      })
      const done = await this.#ports.executor.executeBatch(commands, 'stop')
      if (!done.ok) throw new Error(JSON.stringify(done.error))
    }
  }

  /** Timers of this app that are due by `moment` and still there. */
  async waiting(moment: number): Promise<number> {
    const [row] = await run<{ n: number }>(
      this.#ports.store.read,
      `SELECT count(*) AS n FROM timers WHERE app = 'alarms' AND due_at <= ${moment}`,
      [],
    )
    return Number(row?.n)
  }

  async report(): Promise<AlarmReport> {
    const alarms = await run<{ id: string; name: string; due: number }>(
      this.#ports.store.read,
      'SELECT id, f_name AS name, f_due AS due FROM r_alarms_alarm',
      [],
    )
    const rings = await run<{ record: string; at: number }>(
      this.#ports.store.read,
      "SELECT record, at FROM events WHERE app = 'alarms' AND type = 'record.commented'",
      [],
    )
    const byRecord = new Map<string, number[]>()
    for (const { record, at } of rings) byRecord.set(record, [...(byRecord.get(record) ?? []), Number(at)])
    const rung = alarms.flatMap(({ id, name, due }) =>
      (byRecord.get(id) ?? []).map((at) => ({ name, late: at - Number(due) })),
    )
    return {
      set: alarms.length,
      rung: rung.length,
      early: rung.filter(({ late }) => late < 0).map(({ name }) => name),
      twice: alarms.filter(({ id }) => (byRecord.get(id)?.length ?? 0) > 1).map(({ name }) => name),
      latestMs: rung.reduce((most, { late }) => Math.max(most, late), 0),
    }
  }

  async close(): Promise<void> {
    await this.#ports.outbox.close()
    await this.#ports.store.close()
  }
}
