import type { Candidate, Id, Instant, RecordRef, TaskRow, Workload } from '@tenon/engine'
import { type Db, kindOf, type Tx } from '../database.ts'
import { deleteWhere, insertRows, placeholder, run, together, upsertRows } from '../statement.ts'
import type { Tables } from '../tables.ts'

const decode = (row: Tables['tasks'], candidates: readonly Candidate[]): TaskRow => ({
  app: row.app,
  form: row.form,
  id: row.record,
  task: row.id,
  instance: row.instance,
  flow: row.flow,
  node: row.node,
  visit: row.visit,
  state: row.state as TaskRow['state'],
  assignee: row.assignee,
  candidates,
  createdAt: row.created_at,
  claimedAt: row.claimed_at,
  completedAt: row.completed_at,
  completedBy: row.completed_by,
  outcome: row.outcome,
  dueAt: row.due_at,
  version: row.version,
  owner: row.owner,
  advice: row.advice,
  via: row.via === null ? null : (JSON.parse(row.via) as TaskRow['via']),
  draft: row.draft === null ? null : (JSON.parse(row.draft) as TaskRow['draft']),
})

/** Rows of tasks with their candidates. */
export async function withCandidates(db: Db, rows: readonly Tables['tasks'][]): Promise<readonly TaskRow[]> {
  if (rows.length === 0) return []
  const found = await db
    .selectFrom('task_candidates')
    .selectAll()
    .where(
      'task',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('task')
    .orderBy('position')
    .execute()
  return rows.map((row) =>
    decode(
      row,
      found.filter((one) => one.task === row.id).map((one) => ({ kind: one.kind as Candidate['kind'], ref: one.ref })),
    ),
  )
}

export async function readTask(db: Db, id: Id): Promise<TaskRow | undefined> {
  const first = placeholder(kindOf(db), 1)
  const [[row], candidates] = await Promise.all([
    run<Tables['tasks']>(db, `SELECT * FROM tasks WHERE id = ${first}`, [id]),
    run<Candidate>(db, `SELECT kind, ref FROM task_candidates WHERE task = ${first} ORDER BY position`, [id]),
  ])
  return row && decode(row, candidates)
}

export async function openTasksOf(db: Db, ref: RecordRef): Promise<readonly TaskRow[]> {
  const [record, form, app] = [1, 2, 3].map((n) => placeholder(kindOf(db), n))
  const text = `SELECT * FROM tasks WHERE record = ${record} AND form = ${form} AND app = ${app} AND state = 'open' ORDER BY id`
  return withCandidates(db, await run<Tables['tasks']>(db, text, [ref.id, ref.form, ref.app]))
}

/** All tasks of a flow instance, in the order they were created. */
export async function tasksOf(db: Db, instance: Id): Promise<readonly TaskRow[]> {
  const text = `SELECT * FROM tasks WHERE instance = ${placeholder(kindOf(db), 1)} ORDER BY id`
  return withCandidates(db, await run<Tables['tasks']>(db, text, [instance]))
}

/** Saves tasks with their candidates. `stored`: what was there before, by id; most keep the candidates they have. */
export async function saveTasks(tx: Tx, rows: readonly TaskRow[], stored: ReadonlyMap<Id, TaskRow>): Promise<void> {
  const moved = rows.filter((row) => !sameCandidates(row.candidates, stored.get(row.task)?.candidates ?? []))
  const left = moved.map((row) => row.task).filter((task) => stored.has(task))
  const candidates = moved.flatMap(({ task, candidates }) =>
    candidates.map(({ kind, ref }, position) => ({ task, kind, ref, position })),
  )
  await together([
    upsertRows(tx, 'tasks', ['id'], rows.map(encode)),
    deleteWhere(tx, 'task_candidates', 'task', left),
    insertRows(tx, 'task_candidates', candidates),
  ])
}

const sameCandidates = (one: readonly Candidate[], other: readonly Candidate[]): boolean =>
  one.length === other.length && one.every(({ kind, ref }, at) => kind === other[at]?.kind && ref === other[at].ref)

const encode = (row: TaskRow): Tables['tasks'] => ({
  id: row.task,
  app: row.app,
  form: row.form,
  record: row.id,
  instance: row.instance,
  flow: row.flow,
  node: row.node,
  visit: row.visit,
  created_at: row.createdAt,
  state: row.state,
  assignee: row.assignee,
  claimed_at: row.claimedAt,
  completed_at: row.completedAt,
  completed_by: row.completedBy,
  outcome: row.outcome,
  due_at: row.dueAt,
  version: row.version,
  owner: row.owner,
  advice: row.advice,
  via: row.via === null ? null : JSON.stringify(row.via),
  draft: row.draft === null ? null : JSON.stringify(row.draft),
})

/** What each candidate has on the table and when something was last given to them. */
export async function readLoads(
  db: Db,
  app: string,
  candidates: readonly Id[],
): Promise<ReadonlyMap<Id, Pick<Workload, 'openTasks' | 'weightedLoad' | 'lastAssignedAt'>>> {
  if (candidates.length === 0) return new Map()
  const open = await db
    .selectFrom('tasks')
    .select(['assignee', (eb) => eb.fn.countAll<number>().as('count')])
    .where('app', '=', app)
    .where('state', '=', 'open')
    .where('assignee', 'in', candidates)
    .groupBy('assignee')
    .execute()
  // One look into the index per candidate: grouping would read all that was ever given to them.
  const given = await db
    .selectFrom('users')
    .select((eb) => [
      'users.id as chosen',
      eb
        .selectFrom('assignments')
        .select((inner) => inner.fn.max('assignments.at').as('at'))
        .whereRef('assignments.chosen', '=', 'users.id')
        .as('at'),
    ])
    .where('users.id', 'in', candidates)
    .execute()
  const openOf = new Map(open.map((row) => [row.assignee, Number(row.count)]))
  const lastOf = new Map(
    given.flatMap((row) => (row.at === null ? [] : [[row.chosen, Number(row.at) as Instant] as const])),
  )
  return new Map(
    candidates.map((id) => [
      id,
      { openTasks: openOf.get(id) ?? 0, weightedLoad: openOf.get(id) ?? 0, lastAssignedAt: lastOf.get(id) ?? null },
    ]),
  )
}

/** Who was given a task of this record and refused it or did not accept it in time. */
export async function readRefusals(db: Db, about: RecordRef): Promise<ReadonlySet<Id>> {
  const rows = await db
    .selectFrom('events')
    .select(['type', 'data'])
    .where('record', '=', about.id)
    .where('form', '=', about.form)
    .where('app', '=', about.app)
    .where('type', 'in', ['task.refused', 'task.transferred'])
    .execute()
  return new Set(
    rows.flatMap(({ type, data }) => {
      const { why, from } = JSON.parse(data) as { why?: string; from?: Id }
      return (type === 'task.refused' || why === 'notAccepted') && from ? [from] : []
    }),
  )
}
