import type { InstanceSnapshot } from '@tenon/engine'
import type { Db } from '../store/database.ts'
import type { Check } from './finding.ts'

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
      if (kind === 'flow') {
        const what = await wrongTimer(db, key)
        if (what !== undefined) yield { check: this.id, about: `timer/${key}`, what }
      }
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

/** A flow's timer belongs to a visit that still waits for it. */
async function wrongTimer(db: Db, key: string): Promise<string | undefined> {
  const [, instance = '', node, visit] = key.split('/')
  const row = await db
    .selectFrom('instances')
    .select('snapshot')
    .where('id', '=', instance)
    .where('status', '=', 'running')
    .executeTakeFirst()
  if (!row) return 'its flow is not running'
  const { waits = [] } = JSON.parse(row.snapshot) as Partial<InstanceSnapshot>
  const isWaitedFor = waits.some((wait) => wait.kind === 'timer' && wait.node === node && String(wait.visit) === visit)
  return isWaitedFor ? undefined : 'nothing in its flow waits for it'
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
