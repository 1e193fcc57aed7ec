import {
  type AlertRow,
  type AppModel,
  appRights,
  formatInstant,
  type Id,
  mayUseApp,
  type Principal,
} from '@tenon/engine'
import type { AlertDetail, AlertPage, AlertParameters, AlertRows, AlertView } from '@tenon/runtime/contract'
import type { Caller } from '../auth/identity.ts'
import { alertsWithPeople, readAlert } from '../store/rows/alerts.ts'
import { readRuleRun } from '../store/rows/rule-runs.ts'
import { rejected, TenonError } from '../tenon-error.ts'
import { findIds, listRecords } from './list-records.ts'
import { metricsOf, type QueryPorts, readingFor } from './reading.ts'
import { Refs } from './refs.ts'
import { titlesOf } from './titles-of.ts'
import { whyLines } from './why-lines.ts'

/** How many of the newest alerts a list looks through. */
const searched = 1000
const waiting = ['open', 'acknowledged']

const isMine = (principal: Principal, alert: AlertRow): boolean =>
  principal.kind === 'user' && alert.people.includes(principal.user.id)
const manages = (principal: Principal, app: AppModel): boolean => appRights(app.definition, principal).has('manage')

/** Alerts for a person: those addressed to her, and in apps she manages all whose record she may see. Newest first. */
export async function alertPage(
  principal: Caller,
  ports: QueryPorts,
  { app, state, mine = false, record, page = 1, size = 50 }: AlertParameters,
): Promise<AlertPage> {
  const apps = ports.memory.now.apps
    .all()
    .map(({ model }) => model)
    .filter(({ id }) => (app === undefined || id === app) && mayUseApp(id, principal))
  const managed = mine ? [] : apps.filter((model) => manages(principal, model)).map(({ id }) => id)
  const rows = await candidates(principal, ports, { apps: apps.map(({ id }) => id), managed, state, record })
  const visible = await seen(principal, ports, rows)
  const shown = visible.slice((page - 1) * size, page * size)
  return {
    items: await views(principal, ports, shown),
    total: visible.length,
    refs: await peopleOf(principal, ports, shown),
  }
}

type Wanted = {
  readonly apps: readonly string[]
  readonly managed: readonly string[]
  readonly state: AlertParameters['state']
  readonly record: Id | undefined
}

async function candidates(principal: Caller, { store }: QueryPorts, wanted: Wanted): Promise<readonly AlertRow[]> {
  const { apps, managed, state, record } = wanted
  if (apps.length === 0) return []
  const person = principal.kind === 'user' ? principal.user.id : ''
  let query = store.read
    .selectFrom('alerts')
    .selectAll()
    .where('app', 'in', [...apps])
  query = query.where((eb) =>
    eb.or([
      eb('id', 'in', eb.selectFrom('alert_people').select('alert').where('person', '=', person)),
      ...(managed.length > 0 ? [eb('app', 'in', [...managed])] : []),
    ]),
  )
  if (state === 'waiting') query = query.where('state', 'in', waiting)
  else if (state === 'over') query = query.where('state', 'not in', waiting)
  else if (state !== undefined) query = query.where('state', '=', state)
  if (record !== undefined) query = query.where('record', '=', record)
  return alertsWithPeople(
    store.read,
    await query.orderBy('raised_at', 'desc').orderBy('id', 'desc').limit(searched).execute(),
  )
}

/** Without alerts about records that a manager may not see: what they say would tell of them. */
async function seen(principal: Caller, ports: QueryPorts, rows: readonly AlertRow[]): Promise<readonly AlertRow[]> {
  const others = rows.filter((row) => !isMine(principal, row) && row.record)
  const ids = await visibleIds(principal, ports, others)
  return rows.filter((row) => isMine(principal, row) || !row.record || ids.has(row.record.id))
}

/** Which of the alerts' records the reader may see. */
async function visibleIds(principal: Caller, ports: QueryPorts, rows: readonly AlertRow[]): Promise<ReadonlySet<Id>> {
  const found = new Set<Id>()
  const forms = new Map<string, { app: string; form: string; ids: Id[] }>()
  for (const { record } of rows) {
    if (!record) continue
    const key = `${record.app}/${record.form}`
    const entry = forms.get(key) ?? { app: record.app, form: record.form, ids: [] }
    entry.ids.push(record.id)
    forms.set(key, entry)
  }
  for (const { app, form, ids } of forms.values())
    for (const id of await readable(principal, ports, app, form, ids)) found.add(id)
  return found
}

async function readable(principal: Caller, ports: QueryPorts, app: string, form: string, ids: readonly Id[]) {
  try {
    const where = { fact: 'record' as const, path: '$.id', operator: 'in' as const, value: [...ids] }
    return await findIds(principal, ports, app, form, { where }, ids.length)
  } catch (error) {
    // A form one has no right in is as if it were not there.
    if (error instanceof TenonError) return []
    throw error
  }
}

async function views(principal: Caller, ports: QueryPorts, rows: readonly AlertRow[]): Promise<AlertView[]> {
  const titles = await titlesOf(
    principal,
    ports,
    rows.flatMap(({ record }) => record ?? []),
  )
  return rows.map((row) => viewOf(row, ports.memory.now.apps.app(row.app)?.model, titles))
}

function viewOf(row: AlertRow, app: AppModel | undefined, titles: ReadonlyMap<Id, string>): AlertView {
  const rule = app?.rules.find(({ id }) => id === row.rule)
  const title = row.record ? titles.get(row.record.id) : undefined
  const moment = (at: number | null) => (at === null ? null : formatInstant(at))
  return {
    id: row.alert,
    app: row.app,
    rule: { id: row.rule, label: rule?.label ?? row.rule },
    kind: row.kind,
    severity: row.severity,
    title: row.title,
    record: row.record && title !== undefined ? { form: row.record.form, id: row.record.id, title } : null,
    owner: row.owner,
    people: [...row.people],
    state: row.state,
    raisedAt: formatInstant(row.raisedAt),
    acknowledgedAt: moment(row.acknowledgedAt),
    acknowledgedBy: row.acknowledgedBy,
    closedAt: moment(row.closedAt),
    closedBy: row.closedBy,
    comment: row.comment,
    clearedAt: moment(row.clearedAt),
    can: row.state === 'open' ? ['acknowledge', 'close'] : row.state === 'acknowledged' ? ['close'] : [],
  }
}

async function peopleOf(principal: Caller, ports: QueryPorts, rows: readonly AlertRow[]): Promise<AlertPage['refs']> {
  const [first] = rows
  if (!first) return {}
  const refs = new Refs(readingFor(principal, ports, first.app))
  for (const { people, acknowledgedBy, closedBy } of rows)
    for (const id of [...people, acknowledgedBy, closedBy]) refs.person(id)
  return refs.views()
}

/** An alert I may see; throws as if it were not there. */
async function visibleAlert(principal: Caller, ports: QueryPorts, id: Id): Promise<AlertRow> {
  const alert = await readAlert(ports.store.read, id)
  const app = alert && ports.memory.now.apps.app(alert.app)?.model
  const mine = alert && isMine(principal, alert)
  if (!alert || !app || (!mine && !manages(principal, app)) || (await seen(principal, ports, [alert])).length === 0)
    throw rejected({ code: 'alert.notFound' })
  return alert
}

/** An alert with why it was raised and how many records made it fire. */
export async function alertDetail(principal: Caller, ports: QueryPorts, id: Id): Promise<AlertDetail> {
  const alert = await visibleAlert(principal, ports, id)
  const reading = readingFor(principal, ports, alert.app)
  const { model } = reading.app
  const run = await readRuleRun(ports.store.read, alert.run)
  const rule = model.rules.find((one) => one.id === alert.rule)
  const [view] = await views(principal, ports, [alert])
  if (!view) throw rejected({ code: 'alert.notFound' })
  return {
    alert: view,
    description: rule?.description ?? null,
    why: whyLines(run?.why ?? null, model.forms.get(rule?.form ?? ''), reading),
    evidence: alert.evidence.map(({ metric, form, ids, total }) => ({
      metric,
      label: metricsOf(reading.app).get(metric)?.label ?? metric,
      form,
      kept: ids.length,
      total,
    })),
    refs: await peopleOf(principal, ports, [alert]),
  }
}

/** The records behind one figure of an alert, as far as the reader may see them. */
export async function alertRows(principal: Caller, ports: QueryPorts, id: Id, metric: string): Promise<AlertRows> {
  const alert = await visibleAlert(principal, ports, id)
  const evidence = alert.evidence.find((one) => one.metric === metric)
  if (!evidence) throw rejected({ code: 'alert.notFound' })
  const where = { fact: 'record', path: '$.id', operator: 'in', value: evidence.ids }
  const page = await listRecords(principal, ports, alert.app, evidence.form, {
    where: JSON.stringify(where),
    size: 200,
  })
  return { form: evidence.form, kept: evidence.ids.length, page }
}
