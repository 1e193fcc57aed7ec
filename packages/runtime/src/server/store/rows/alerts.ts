import type { AlertRow, Id } from '@tenon/engine'
import type { Db, Tx } from '../database.ts'
import { insertRows, upsertRows } from '../statement.ts'
import type { Tables } from '../tables.ts'

/** Writes alerts: new ones with their people, and what has become of others. */
export async function saveAlerts(tx: Tx, rows: readonly AlertRow[]): Promise<void> {
  if (rows.length === 0) return
  await upsertRows(
    tx,
    'alerts',
    ['id'],
    rows.map((row) => ({
      id: row.alert,
      app: row.app,
      rule: row.rule,
      version: row.version,
      kind: row.kind,
      dedupe_key: row.key,
      severity: row.severity,
      title: JSON.stringify(row.title),
      form: row.record?.form ?? null,
      record: row.record?.id ?? null,
      owner: row.owner,
      state: row.state,
      raised_at: row.raisedAt,
      acknowledged_at: row.acknowledgedAt,
      acknowledged_by: row.acknowledgedBy,
      closed_at: row.closedAt,
      closed_by: row.closedBy,
      comment: row.comment,
      cleared_at: row.clearedAt,
      run: row.run,
      watch: JSON.stringify(row.watch),
      evidence: JSON.stringify(row.evidence),
      revision: row.revision,
    })),
  )
  const fresh = rows.filter(({ revision }) => revision === 1)
  const people = fresh.flatMap(({ alert, people }) => people.map((person, position) => ({ alert, person, position })))
  await insertRows(tx, 'alert_people', people)
}

/** Puts rows of the table together with their people. */
export async function alertsWithPeople(db: Db, rows: readonly Tables['alerts'][]): Promise<readonly AlertRow[]> {
  if (rows.length === 0) return []
  const people = await db
    .selectFrom('alert_people')
    .select(['alert', 'person'])
    .where(
      'alert',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('alert')
    .orderBy('position')
    .execute()
  return rows.map((row) =>
    decode(
      row,
      people.filter(({ alert }) => alert === row.id).map(({ person }) => person),
    ),
  )
}

const decode = (row: Tables['alerts'], people: readonly Id[]): AlertRow => ({
  alert: row.id,
  app: row.app,
  rule: row.rule,
  version: row.version,
  kind: row.kind,
  key: row.dedupe_key,
  severity: row.severity as AlertRow['severity'],
  title: JSON.parse(row.title) as AlertRow['title'],
  record: row.form === null || row.record === null ? null : { app: row.app, form: row.form, id: row.record },
  owner: row.owner,
  people,
  state: row.state as AlertRow['state'],
  raisedAt: row.raised_at,
  acknowledgedAt: row.acknowledged_at,
  acknowledgedBy: row.acknowledged_by,
  closedAt: row.closed_at,
  closedBy: row.closed_by,
  comment: row.comment,
  clearedAt: row.cleared_at,
  run: row.run,
  watch: JSON.parse(row.watch) as AlertRow['watch'],
  evidence: JSON.parse(row.evidence) as AlertRow['evidence'],
  revision: row.revision,
})

export async function readAlert(db: Db, id: Id): Promise<AlertRow | undefined> {
  const rows = await db.selectFrom('alerts').selectAll().where('id', '=', id).execute()
  return (await alertsWithPeople(db, rows))[0]
}

/** The newest alert of a rule about the same. */
export async function latestAlert(db: Db, app: string, rule: string, key: string): Promise<AlertRow | undefined> {
  const rows = await db
    .selectFrom('alerts')
    .selectAll()
    .where('app', '=', app)
    .where('rule', '=', rule)
    .where('dedupe_key', '=', key)
    .orderBy('id', 'desc')
    .limit(1)
    .execute()
  return (await alertsWithPeople(db, rows))[0]
}

/** Alerts that have not cleared: of these rules, or about this record. */
export async function standingAlerts(
  db: Db,
  app: string,
  { rules, record }: { readonly rules: readonly string[]; readonly record?: Id },
): Promise<readonly AlertRow[]> {
  if (rules.length === 0 && record === undefined) return []
  let query = db.selectFrom('alerts').selectAll().where('app', '=', app).where('cleared_at', 'is', null)
  query = query.where((eb) =>
    eb.or([
      ...(rules.length > 0 ? [eb('rule', 'in', [...rules])] : []),
      ...(record === undefined ? [] : [eb('record', '=', record)]),
    ]),
  )
  return alertsWithPeople(db, await query.orderBy('id').execute())
}
