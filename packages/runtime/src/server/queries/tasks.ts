import {
  type AssignmentRow,
  explainWhyNot,
  type FlowDefinition,
  type FormModel,
  formatInstant,
  groupBy,
  type Id,
  type Instant,
  type Principal,
  type TaskRow,
} from '@tenon/engine'
import { planList, resolveField } from '@tenon/reports'
import { compileMembership, type Sql } from '@tenon/reports/sql'
import type { AssignmentView, TaskPage, TaskParameters, TaskView, WireValue } from '@tenon/runtime/contract'
import { sql } from 'kysely'
import type { UserPrincipal } from '../auth/identity.ts'
import type { Organisation } from '../store/directory.ts'
import { pinnedFlow } from '../store/pinned-flows.ts'
import { decodeClock } from '../store/rows/clocks.ts'
import { latestAssignment } from '../store/rows/notices.ts'
import { readTask, withCandidates } from '../store/rows/tasks.ts'
import type { Tables } from '../store/tables.ts'
import { notFound, TenonError } from '../tenon-error.ts'
import { clockView, nearestClock } from './clock-views.ts'
import { type QueryPorts, type Reading, readingFor } from './reading.ts'
import { itemsById } from './ready-lists.ts'
import { Refs } from './refs.ts'
import { allowedActions } from './task-actions.ts'

/** Tasks: mine, those I may take, or all I may see; what is due first comes first. */
export async function worklist(
  principal: UserPrincipal,
  ports: QueryPorts,
  parameters: TaskParameters,
): Promise<TaskPage> {
  const { page = 1, size = 50 } = parameters
  const readings = readingsOf(principal, ports, parameters)
  const where = sql.join([...filters(principal, ports, parameters), visibleClause(readings)], sql` AND `)
  const db = ports.store.read
  const { rows: counted } = await sql<{ n: number }>`SELECT count(*) AS n FROM tasks AS t WHERE ${where}`.execute(db)
  const order =
    parameters.state === undefined || parameters.state === 'open'
      ? sql`t.due_at IS NULL, t.due_at, t.created_at, t.id`
      : sql`t.completed_at DESC, t.id DESC`
  const { rows } = await sql<Tables['tasks']>`
    SELECT t.id, t.app, t.form, t.record, t.instance, t.flow, t.node, t.visit, t.state, t.assignee, t.created_at, t.claimed_at, t.completed_at, t.completed_by, t.outcome, t.due_at, t.version, t.owner, t.advice, t.via, NULL AS draft
    FROM tasks AS t WHERE ${where} ORDER BY ${order} LIMIT ${size} OFFSET ${(page - 1) * size}`.execute(db)
  const { views, refs } = await taskViews(principal, ports, readings, await withCandidates(db, rows))
  return { items: [...views], total: Number(counted[0]?.n ?? 0), refs }
}

/** One task; `known`: one the principal has just acted on, which may have left their sight and then says nothing of its record. */
export async function readTaskView(
  principal: UserPrincipal,
  ports: QueryPorts,
  id: Id,
  known?: TaskRow,
): Promise<TaskView> {
  const task = (await readTask(ports.store.read, id)) ?? known
  if (!task) throw new TenonError('task.notFound')
  const readings = readingsOf(principal, ports, { app: task.app })
  const { views } = await taskViews(principal, ports, readings, [task])
  const [view] = views
  if (view) return view
  if (!known) throw new TenonError('task.notFound')
  const app = ports.memory.now.apps.app(task.app)?.model
  return outOfSight(task, app && (await flowsBy(ports, [task]))(task))
}

/** Why a task went to whom. */
export async function assignmentOf(
  principal: UserPrincipal,
  ports: QueryPorts,
  id: Id,
  whyNot?: Id,
): Promise<AssignmentView> {
  const view = await readTaskView(principal, ports, id)
  const row = await latestAssignment(ports.store.read, id)
  const reading = readingFor(principal, ports, view.app)
  const strategy = row && reading.app.model.assignments.get(row.strategy)
  if (!row) throw notFound()
  const refs = new Refs(reading)
  for (const { user } of row.candidates) refs.person(user)
  if (whyNot !== undefined) refs.person(whyNot)
  const label = (
    list: readonly { id: string; label: AssignmentView['candidates'][number]['failed'][number]['label'] }[] | undefined,
    one: string,
  ) => list?.find((part) => part.id === one)?.label ?? one
  return {
    strategy: row.strategy,
    at: formatInstant(row.at),
    chosen: row.chosen,
    fallback: row.fallback,
    whyNot:
      whyNot === undefined
        ? null
        : whyNotView(
            row,
            whyNot,
            (one) => label(strategy?.filter, one),
            (one) => label(strategy?.score, one),
          ),
    candidates: row.candidates.map(({ user, failed, scores, total }) => ({
      user,
      total,
      failed: failed.map((one) => ({ id: one, label: label(strategy?.filter, one) })),
      scores: scores.map(({ id: one, value, weighted }) => ({
        id: one,
        label: label(strategy?.score, one),
        value,
        weighted,
      })),
    })),
    refs: await refs.views(),
  }
}

type LabelOf = (id: string) => AssignmentView['candidates'][number]['failed'][number]['label']
function whyNotView(row: AssignmentRow, user: Id, filterLabel: LabelOf, scoreLabel: LabelOf): AssignmentView['whyNot'] {
  const why = explainWhyNot(row, user)
  return {
    user,
    kind: why.kind,
    failed: why.kind === 'filtered' ? why.failed.map((id) => ({ id, label: filterLabel(id) })) : [],
    difference: why.kind === 'outscored' ? why.difference : null,
    parts: why.kind === 'outscored' ? why.parts.map((part) => ({ ...part, label: scoreLabel(part.id) })) : [],
  }
}

type Readings = ReadonlyMap<string, Reading>
function readingsOf(principal: Principal, ports: QueryPorts, { app }: { readonly app?: string }): Readings {
  const apps = ports.memory.now.apps
    .all()
    .map((one) => one.model.id)
    .filter((id) => app === undefined || id === app)
  return new Map(apps.map((id) => [id, readingFor(principal, ports, id)]))
}

function filters(
  principal: UserPrincipal,
  ports: QueryPorts,
  { state = 'open', mine, pool, app, form, record }: TaskParameters,
): Sql[] {
  const me = principal.user.id
  const clauses: Sql[] = [sql`t.state = ${state}`]
  if (app !== undefined) clauses.push(sql`t.app = ${app}`)
  if (form !== undefined) clauses.push(sql`t.form = ${form}`)
  if (record !== undefined) clauses.push(sql`t.record = ${record}`)
  const isMine = state === 'completed' ? sql`t.completed_by = ${me}` : sql`t.assignee = ${me}`
  const isPool = sql`(t.assignee IS NULL AND ${candidacy(principal, ports.memory.now.organisation)})`
  if (mine && pool) clauses.push(sql`(${isMine} OR ${isPool})`)
  else if (mine) clauses.push(isMine)
  else if (pool) clauses.push(isPool)
  return clauses
}

/** Whether the person is among those who may take the task: named, by a role in its app, or by a department. */
function candidacy(principal: UserPrincipal, organisation: Organisation): Sql {
  const ways: Sql[] = [sql`(c.kind = 'user' AND c.ref = ${principal.user.id})`]
  for (const { app, role } of principal.grants) ways.push(sql`(c.kind = 'role' AND c.ref = ${role} AND t.app = ${app})`)
  const codes = departmentCodes(principal, organisation)
  if (codes.length > 0) ways.push(sql`(c.kind = 'department' AND c.ref IN (${sql.join(codes)}))`)
  return sql`EXISTS (SELECT 1 FROM task_candidates AS c WHERE c.task = t.id AND (${sql.join(ways, sql` OR `)}))`
}

/** The department a person belongs to and all above it: a task for a department is for those below it too. */
function departmentCodes({ user }: UserPrincipal, organisation: Organisation): readonly string[] {
  const codes: string[] = []
  for (let at = user.department, steps = 0; at !== null && steps < 50; steps += 1) {
    const department = organisation.department(at)
    if (!department) break
    codes.push(department.code)
    at = department.parent
  }
  return codes
}

/** Tasks of records the reader may see: for each form its own rows. */
function visibleClause(readings: Readings): Sql {
  const forms = [...readings.values()].flatMap((reading) =>
    [...reading.app.model.forms.values()].flatMap((form) => formClause(reading, form)),
  )
  return forms.length === 0 ? sql`1 = 0` : sql`(${sql.join(forms, sql` OR `)})`
}

function formClause(reading: Reading, form: FormModel): Sql[] {
  if (reading.env.scopes(form).rows === 'none') return []
  const plan = planList({ form: form.id, fields: [], sort: ['id'], size: 1 }, reading.env)
  // A rule that SQL cannot say lets nothing be read.
  if (!plan.ok) return []
  return [
    sql`(t.app = ${form.app} AND t.form = ${form.id} AND ${compileMembership(plan.value, reading.database, sql.ref('t.record'))})`,
  ]
}

type TaskViews = { readonly views: readonly TaskView[]; readonly refs: TaskPage['refs'] }

/** What a worklist shows of tasks; those whose record the reader may not see are left out. */
async function taskViews(
  principal: UserPrincipal,
  ports: QueryPorts,
  readings: Readings,
  tasks: readonly TaskRow[],
): Promise<TaskViews> {
  const views = new Map<Id, TaskView>()
  let refs: TaskPage['refs'] = {}
  for (const [app, ofApp] of groupBy(tasks, (task) => task.app)) {
    const reading = readings.get(app)
    if (!reading) continue
    const collected = new Refs(reading)
    const records = await recordsOf(reading, ofApp, collected)
    const clocks = await clocksBy(reading, ofApp)
    const flows = await flowsBy(ports, ofApp)
    for (const task of ofApp) {
      const record = records.get(task.id)
      if (!record) continue
      collected.person(task.assignee)
      collected.person(task.completedBy)
      collected.person(task.owner)
      collected.person(task.via?.of)
      views.set(task.task, taskView(principal, ports, reading, task, record, flows(task), clocks(task)))
    }
    refs = { ...refs, ...(await collected.views()) }
  }
  return { views: tasks.flatMap((task) => views.get(task.task) ?? []), refs }
}

type Shown = TaskView['record']

/** The records of tasks by id, with the fields their form's first view shows. */
async function recordsOf(reading: Reading, tasks: readonly TaskRow[], refs: Refs): Promise<ReadonlyMap<Id, Shown>> {
  const shown = new Map<Id, Shown>()
  for (const [formId, ofForm] of groupBy(tasks, (task) => task.form)) {
    const form = reading.app.model.forms.get(formId)
    if (!form || reading.env.scopes(form).rows === 'none') continue
    const stage = form.stageField
    const columns = (form.definition.views?.[0]?.columns ?? []).filter((path) => !path.includes('.'))
    const fields = [...new Set(['title', ...columns, ...(stage ? [stage] : [])])].filter(
      (path) => resolveField([path], form, reading.env)?.field.stored,
    )
    const ids = [...new Set(ofForm.map((task) => task.id))]
    for (const { id, version, values } of await itemsById(reading, { form: form.id, fields }, ids)) {
      const { title, ...rest } = values
      for (const path of columns) {
        const field = form.fields.get(path)
        if (field) refs.value(form, field, values[path])
      }
      shown.set(id, {
        id,
        version,
        title: String(title ?? ''),
        stage: stage ? ((values[stage] as string | undefined) ?? null) : null,
        values: rest as { [field: string]: WireValue },
      })
    }
  }
  return shown
}

/** The clock of each task that matters first: its own limit, or one of its record. */
async function clocksBy(
  reading: Reading,
  tasks: readonly TaskRow[],
): Promise<(task: TaskRow) => ReturnType<typeof nearestClock>> {
  const records = [...new Set(tasks.map((task) => task.id))]
  if (records.length === 0) return () => undefined
  const rows = await reading.db
    .selectFrom('clocks')
    .select(['record', 'task', 'body'])
    .where('record', 'in', records)
    .where('state', 'in', ['running', 'paused'])
    .execute()
  const byRecord = groupBy(rows, (row) => row.record)
  return ({ id, task }) =>
    nearestClock((byRecord.get(id) ?? []).filter((row) => row.task === null || row.task === task).map(decodeClock))
}

/** The flow each task's instance is pinned to. */
async function flowsBy(
  { store }: QueryPorts,
  tasks: readonly TaskRow[],
): Promise<(task: TaskRow) => FlowDefinition | undefined> {
  const rows = await store.read
    .selectFrom('instances')
    .select(['id', 'flow_hash'])
    .where('id', 'in', [...new Set(tasks.map((task) => task.instance))])
    .execute()
  const hashes = new Map(rows.map((row) => [row.id, row.flow_hash]))
  const flows = new Map<string, FlowDefinition | undefined>()
  for (const hash of new Set(hashes.values())) flows.set(hash, await pinnedFlow(store.read, hash))
  return ({ instance }) => flows.get(hashes.get(instance) ?? '')
}

const moment = (instant: Instant | null): string | null => (instant === null ? null : formatInstant(instant))

function taskView(
  principal: UserPrincipal,
  { clock }: QueryPorts,
  reading: Reading,
  task: TaskRow,
  record: Shown,
  flow: FlowDefinition | undefined,
  nearest: ReturnType<typeof nearestClock>,
): TaskView {
  const can = [...allowedActions(task, principal, reading, flow, clock.now())]
  return {
    ...outOfSight(task, flow),
    record,
    can,
    nearest: nearest ? clockView(reading.app.model, nearest, clock.now(), flow) : null,
  }
}

/** A task without anything of its record. */
function outOfSight(task: TaskRow, flow: FlowDefinition | undefined): TaskView {
  const node = flow?.nodes.find((one) => one.id === task.node)
  const outcomes = node && 'outcomes' in node ? (node.outcomes ?? []) : []
  return {
    id: task.task,
    app: task.app,
    form: task.form,
    record: { id: task.id, title: '', stage: null, version: 0, values: {} },
    flow: task.flow,
    node: task.node,
    label: node?.label ?? task.node,
    ...(node && 'instruction' in node && node.instruction !== undefined ? { instruction: node.instruction } : {}),
    state: task.state,
    assignee: task.assignee,
    createdAt: formatInstant(task.createdAt),
    claimedAt: moment(task.claimedAt),
    completedAt: moment(task.completedAt),
    completedBy: task.completedBy,
    outcome: task.outcome,
    dueAt: moment(task.dueAt),
    nearest: null,
    outcomes: outcomes.map(({ id, label, tone, requiresComment }) => ({
      id,
      label,
      ...(tone ? { tone } : {}),
      ...(requiresComment ? { requiresComment } : {}),
    })),
    version: task.version,
    owner: task.owner,
    advice: task.advice,
    via: task.via,
    can: [],
  }
}
