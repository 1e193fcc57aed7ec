import type { Id, InstanceSnapshot } from '@tenon/engine'
import { run } from '../../src/server/store/statement.ts'
import type { Store } from '../../src/server/store/store.ts'

/**
 * All that a play has left behind, without what may differ between two runs of it: ids are numbered in the order in
 * which they appear, moments are gone.
 */
export async function outcomeOf(
  store: Store,
  record: Id,
  jobs: readonly { key: string; type: string }[],
): Promise<Outcome> {
  const rows = <T>(query: string) => run<T>(store.read, query, [])
  const instances = await rows<{ id: string; flow: string; status: string; snapshot: string }>(
    `SELECT id, flow, status, snapshot FROM instances WHERE record = '${record}' ORDER BY id`,
  )
  const own = instances.map(({ id }) => id)
  const timers = await rows<{ key: string }>('SELECT key FROM timers ORDER BY key')
  const events = await rows<{ type: string; cause: string | null; data: string }>(
    `SELECT type, cause, data FROM events WHERE record = '${record}' ORDER BY seq`,
  )
  const [told] = await rows<{ n: number }>(`SELECT count(*) AS n FROM notifications WHERE record = '${record}'`)
  const number = numbering()
  return {
    trail: events.map(({ type, cause, data }) => number(`${type} ${cause ?? '-'} ${data}`)),
    instances: instances.map(({ flow, status, snapshot }) => {
      const { tokens, visits } = JSON.parse(snapshot) as InstanceSnapshot
      return { flow, status, visits, tokens: tokens.map(({ node, visit }) => `${node}/${visit}`) }
    }),
    tasks: (
      await rows<object>(
        `SELECT flow, node, visit, state, outcome FROM tasks WHERE record = '${record}' ORDER BY flow, node, visit, id`,
      )
    ).map((row) => JSON.stringify(row)),
    timers: timers.filter(({ key }) => own.some((id) => key.includes(id))).map(({ key }) => number(key)),
    notified: Number(told?.n),
    effects: jobs
      .filter(({ key }) => own.some((id) => key.includes(id)))
      .map(({ key, type }) => `${type} ${number(key)}`)
      .sort(),
  }
}

export type Outcome = {
  readonly trail: readonly string[]
  readonly instances: readonly {
    readonly flow: string
    readonly status: string
    readonly visits: InstanceSnapshot['visits']
    readonly tokens: readonly string[]
  }[]
  readonly tasks: readonly string[]
  readonly timers: readonly string[]
  readonly notified: number
  readonly effects: readonly string[]
}

const idOrMoment =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z|\b\d{13}\b|(?<="elapsedMs":)\d+/g

function numbering(): (text: string) => string {
  const seen = new Map<string, number>()
  return (text) =>
    text.replace(idOrMoment, (found) => {
      if (!found.includes('-') || found.includes('T')) return '<moment>'
      if (!seen.has(found)) seen.set(found, seen.size)
      return `#${seen.get(found)}`
    })
}
