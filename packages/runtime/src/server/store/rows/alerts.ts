import { type AlertRow, alertGroups, anyGroup, type Id } from '@tenon/engine'
import { type Db, kindOf, type Tx } from '../database.ts'
import { deleteWhere, insertRows, placeholder, run, upsertRows } from '../statement.ts'
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
  await insertRows(
    tx,
    'alert_groups',
    fresh.flatMap(({ app, alert, watch }) => alertGroups(watch).map((key) => ({ app, key, alert }))),
  )
  const cleared = rows.filter(({ clearedAt }) => clearedAt !== null).map(({ alert }) => alert)
  if (cleared.length > 0) await deleteWhere(tx, 'alert_groups', 'alert', cleared)
}

/** Puts rows of the table together with their people. */
export async function alertsWithPeople(db: Db, rows: readonly Tables['alerts'][]): Promise<readonly AlertRow[]> {
  if (rows.length === 0) return []
  const marks = rows.map((_, index) => placeholder(kindOf(db), index + 1)).join(', ')
  const text = `SELECT alert, person FROM alert_people WHERE alert IN (${marks}) ORDER BY alert, position`
  const people = await run<{ alert: Id; person: Id }>(
    db,
    text,
    rows.map(({ id }) => id),
  )
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
  const [first, second, third] = [1, 2, 3].map((n) => placeholder(kindOf(db), n))
  const text = `SELECT * FROM alerts WHERE app = ${first} AND rule = ${second} AND dedupe_key = ${third} ORDER BY id DESC LIMIT 1`
  return (await alertsWithPeople(db, await run<Tables['alerts']>(db, text, [app, rule, key])))[0]
}

/** Alerts of these rules that have not cleared and stand on one of these groups. */
export async function standingAlerts(
  db: Db,
  app: string,
  rules: readonly string[],
  groups: readonly string[],
): Promise<readonly AlertRow[]> {
  if (rules.length === 0) return []
  const keys = [...groups, anyGroup]
  const marks = (from: number, of: readonly unknown[]) =>
    of.map((_, index) => placeholder(kindOf(db), from + index)).join(', ')
  const text = `SELECT * FROM alerts WHERE id IN (SELECT alert FROM alert_groups WHERE app = ${marks(1, [app])} AND key IN (${marks(2, keys)}))
    AND cleared_at IS NULL AND rule IN (${marks(2 + keys.length, rules)}) ORDER BY id`
  return alertsWithPeople(db, await run<Tables['alerts']>(db, text, [app, ...keys, ...rules]))
}

/** Alerts about a record that have not cleared. */
export async function standingAlertsOf(db: Db, app: string, record: Id): Promise<readonly AlertRow[]> {
  const [first, second] = [1, 2].map((n) => placeholder(kindOf(db), n))
  const text = `SELECT * FROM alerts WHERE record = ${first} AND app = ${second} AND cleared_at IS NULL ORDER BY id`
  return alertsWithPeople(db, await run<Tables['alerts']>(db, text, [record, app]))
}

/** From now on these alerts are looked at whatever group a record is of: their rules group otherwise now. */
export async function standOnAnyGroup(tx: Tx, app: string, rules: readonly string[]): Promise<void> {
  if (rules.length === 0) return
  const marks = rules.map((_, index) => placeholder(kindOf(tx), index + 2)).join(', ')
  const standing = await run<{ id: Id }>(
    tx,
    `SELECT id FROM alerts WHERE app = ${placeholder(kindOf(tx), 1)} AND cleared_at IS NULL AND rule IN (${marks})`,
    [app, ...rules],
  )
  const ids = standing.map(({ id }) => id)
  if (ids.length === 0) return
  await deleteWhere(tx, 'alert_groups', 'alert', ids)
  await insertRows(
    tx,
    'alert_groups',
    ids.map((alert) => ({ app, key: anyGroup, alert })),
  )
}
