import type { AlertRow, Id } from '@tenon/engine'
import { type Db, kindOf, type Tx } from '../database.ts'
import { insertRows, placeholder, run, upsertRows } from '../statement.ts'
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

/** Alerts that have not cleared: of these rules, or about this record. */
export async function standingAlerts(
  db: Db,
  app: string,
  { rules, record }: { readonly rules: readonly string[]; readonly record?: Id },
): Promise<readonly AlertRow[]> {
  if (rules.length === 0 && record === undefined) return []
  const p = (n: number) => placeholder(kindOf(db), n)
  const ofRules = rules.length === 0 ? [] : [`rule IN (${rules.map((_, index) => p(index + 2)).join(', ')})`]
  const ofRecord = record === undefined ? [] : [`record = ${p(rules.length + 2)}`]
  const text = `SELECT * FROM alerts WHERE app = ${p(1)} AND cleared_at IS NULL AND (${[...ofRules, ...ofRecord].join(' OR ')}) ORDER BY id`
  const asked = [app, ...rules, ...(record === undefined ? [] : [record])]
  return alertsWithPeople(db, await run<Tables['alerts']>(db, text, asked))
}
