import type { Id, InstanceSnapshot } from '@tenon/engine'
import type { ExpressionBuilder } from 'kysely'
import type { Db } from '../store/database.ts'
import type { Tables } from '../store/tables.ts'
import { type Check, portion } from './finding.ts'

/**
 * Every token of a running instance is at a join, dead (and shown as such), or waits for exactly one thing: its tasks, an
 * inner level, a called flow, a place in a critical section, or the events it stands at. Events on its boundary are no
 * such thing: an activity of which only the limit is left is a case nobody ever finishes. Each timer waited for is there.
 */
export const tokens: Check = {
  id: 'flow-tokens',
  async *run({ db }) {
    let after = ''
    for (;;) {
      const rows = await db
        .selectFrom('instances')
        .select(['id', 'snapshot'])
        .where('status', '=', 'running')
        .where('id', '>', after)
        .orderBy('id')
        .limit(portion)
        .execute()
      const last = rows.at(-1)
      if (!last) return
      after = last.id
      const there = await whatIsThere(
        db,
        rows.map((row) => row.id),
      )
      for (const { id, snapshot } of rows)
        for (const what of wrongIn(JSON.parse(snapshot) as InstanceSnapshot, there))
          yield { check: this.id, about: `instance/${id}`, what }
    }
  },
}

/** Rows that instances may wait for, by what names them. */
type There = {
  readonly tasks: ReadonlySet<string>
  readonly timers: ReadonlySet<string>
  /** Called flows that have not ended. */
  readonly children: ReadonlySet<string>
  readonly mutexes: ReadonlySet<string>
  /** Instances that go on by themselves in a following transaction. */
  readonly errands: ReadonlySet<string>
}

async function whatIsThere(db: Db, instances: readonly Id[]): Promise<There> {
  const [tasks, timers, children, mutexes] = await Promise.all([
    db.selectFrom('tasks').select('id').where('state', '=', 'open').where('instance', 'in', instances).execute(),
    db
      .selectFrom('timers')
      .select('key')
      .where((where) =>
        where.or([
          ...['flow/', 'errand/'].map((kind) => under(where, kind, instances)),
          where('key', 'like', 'call/%'),
        ]),
      )
      .execute(),
    db
      .selectFrom('instances')
      .select('id')
      .where('parent', 'in', instances)
      .where('status', 'in', ['running', 'dead'])
      .execute(),
    db.selectFrom('flow_mutexes').select(['instance', 'node', 'visit']).where('instance', 'in', instances).execute(),
  ])
  return {
    tasks: new Set(tasks.map(({ id }) => id)),
    timers: new Set(timers.map(({ key }) => key)),
    children: new Set(children.map(({ id }) => id)),
    mutexes: new Set(mutexes.map(({ instance, node, visit }) => `${instance}/${node}/${visit}`)),
    errands: new Set(timers.flatMap(({ key }) => (key.startsWith('errand/') ? [key.split('/')[1] ?? ''] : []))),
  }
}

/** Timers of these instances, which come in the order of their ids: one stretch of the keys. */
const under = (where: ExpressionBuilder<Tables, 'timers'>, kind: string, instances: readonly Id[]) =>
  where.and([
    where('key', '>=', `${kind}${instances[0] ?? ''}`),
    where('key', '<', `${kind}${instances.at(-1) ?? ''}\u{10ffff}`),
  ])

function* wrongIn(snapshot: InstanceSnapshot, there: There): Generator<string> {
  const { instance } = snapshot
  for (const { kind, node, visit } of snapshot.waits ?? [])
    if (kind === 'timer' && !there.timers.has(`flow/${instance}/${node}/${visit}`))
      yield `${node}/${visit} waits for a timer that is not there`
  for (const token of snapshot.tokens) {
    if (token.dead !== undefined) continue
    const isOnItsWay = snapshot.agenda?.includes(token.id) === true
    if (isOnItsWay ? there.errands.has(instance) : token.edge !== undefined && token.visit === 0) continue
    const found = isOnItsWay ? [] : primaryWaits(snapshot, token, there)
    if (found.length !== 1)
      yield `token at ${token.node} waits for ${found.length === 0 ? 'nothing' : found.join(' and ')}`
  }
}

function primaryWaits(snapshot: InstanceSnapshot, token: InstanceSnapshot['tokens'][number], there: There): string[] {
  const { instance } = snapshot
  const activity = snapshot.activities.find((one) => one.token === token.id)
  const hasLevel = snapshot.scopes.some((scope) => scope.host === token.id)
  if (!activity) {
    const hasEvent = (snapshot.waits ?? []).some((wait) => wait.token === token.id)
    return [hasEvent && 'events', hasLevel && 'a level'].filter((wait) => wait !== false)
  }
  const open = activity.tasks.filter((task) => task.outcome === null)
  const { child, mutex, node, visit } = activity
  return [
    open.length > 0 && open.every((task) => there.tasks.has(task.task)) && 'tasks',
    hasLevel && 'a level',
    child !== undefined &&
      (there.children.has(child) || there.timers.has(`call/${child}`) || there.errands.has(instance)) &&
      'a called flow',
    mutex?.granted === false &&
      (there.mutexes.has(`${instance}/${node}/${visit}`) || there.errands.has(instance)) &&
      'a critical section',
  ].filter((wait) => wait !== false)
}
