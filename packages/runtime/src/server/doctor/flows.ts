import type { InstanceSnapshot } from '@tenon/engine'
import { type Check, type Finding, portion } from './finding.ts'

/**
 * Every token of a running instance is at a join, dead (and shown as such), or waits for something: open tasks, an inner
 * level or a called flow, an event whose timer is there. A token that waits for nothing is a case nobody ever finishes.
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
      const ids = rows.map((row) => row.id)
      const tasks = await db
        .selectFrom('tasks')
        .select(['id', 'instance'])
        .where('state', '=', 'open')
        .where('instance', 'in', ids)
        .execute()
      const timers = await db.selectFrom('timers').select('key').where('key', 'like', 'flow/%').execute()
      const waits = { tasks: new Set(tasks.map((task) => task.id)), timers: new Set(timers.map((timer) => timer.key)) }
      for (const row of rows) yield* stuckTokens(row.id, JSON.parse(row.snapshot) as InstanceSnapshot, waits, this.id)
    }
  },
}

type Waits = { readonly tasks: ReadonlySet<string>; readonly timers: ReadonlySet<string> }

function* stuckTokens(instance: string, snapshot: InstanceSnapshot, waits: Waits, check: string): Generator<Finding> {
  for (const token of snapshot.tokens) {
    if (token.edge !== undefined || token.dead !== undefined) continue
    const activity = snapshot.activities.find((one) => one.token === token.id)
    const hasTask = activity?.tasks.some((task) => task.outcome !== null || waits.tasks.has(task.task)) === true
    const hasInner =
      activity?.child !== undefined ||
      activity?.mutex?.granted === false ||
      snapshot.scopes.some((scope) => scope.host === token.id)
    const hasEvent = (snapshot.waits ?? []).some(
      (wait) =>
        wait.token === token.id &&
        (wait.kind !== 'timer' || waits.timers.has(`flow/${instance}/${wait.node}/${wait.visit}`)),
    )
    if (!hasTask && !hasInner && !hasEvent)
      yield { check, about: `instance/${instance}`, what: `token at ${token.node} waits for nothing` }
  }
}

/** Open tasks belong to running instances; flow timers too; clock timers to clocks that run. */
export const waitsHaveOwners: Check = {
  id: 'waits-have-owners',
  async *run({ db }) {
    const orphanTasks = await db
      .selectFrom('tasks')
      .leftJoin('instances', 'instances.id', 'tasks.instance')
      .select(['tasks.id as id'])
      .where('tasks.state', '=', 'open')
      .where((where) => where.or([where('instances.status', 'is', null), where('instances.status', '!=', 'running')]))
      .execute()
    for (const { id } of orphanTasks)
      yield { check: this.id, about: `task/${id}`, what: 'open, but its flow is not running' }
    for (const { key } of await db.selectFrom('timers').select('key').execute()) {
      const [kind = '', owner = ''] = key.split('/')
      if (
        kind === 'flow' &&
        !(await db
          .selectFrom('instances')
          .select('id')
          .where('id', '=', owner)
          .where('status', '=', 'running')
          .executeTakeFirst())
      )
        yield { check: this.id, about: `timer/${key}`, what: 'its flow is not running' }
      if (
        kind === 'clock' &&
        !(await db
          .selectFrom('clocks')
          .select('id')
          .where('id', '=', owner)
          .where('state', '=', 'running')
          .executeTakeFirst())
      )
        yield { check: this.id, about: `timer/${key}`, what: 'its clock does not run' }
    }
  },
}

const jobStates = ['ready', 'leased', 'backoff', 'dead', 'done']

/** Every job of the embedded queue is in exactly one state that means something. */
export const jobs: Check = {
  id: 'job-states',
  async *run({ db }) {
    const wrong = await db.selectFrom('jobs').select(['key', 'state']).where('state', 'not in', jobStates).execute()
    for (const { key, state } of wrong) yield { check: this.id, about: `job/${key}`, what: `state ${state}` }
    const unleased = await db
      .selectFrom('jobs')
      .select('key')
      .where('state', '=', 'leased')
      .where((where) => where.or([where('lease', 'is', null), where('leased_until', 'is', null)]))
      .execute()
    for (const { key } of unleased) yield { check: this.id, about: `job/${key}`, what: 'leased to nobody' }
  },
}
