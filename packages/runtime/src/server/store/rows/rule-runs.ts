import type { Id, Instant, RuleRunRow } from '@tenon/engine'
import type { Db, Tx } from '../database.ts'
import { insertRows } from '../statement.ts'
import type { Tables } from '../tables.ts'

/** How long runs that did nothing are kept, and how many of them per rule at most. Runs that acted are kept. */
const keptMs = 7 * 86_400_000
const keptPerRule = 500

export async function insertRuleRuns(tx: Tx, rows: readonly RuleRunRow[]): Promise<void> {
  await insertRows(
    tx,
    'rule_runs',
    rows.map((row) => ({
      id: row.run,
      app: row.app,
      rule: row.rule,
      version: row.version,
      at: row.at,
      event: row.event,
      form: row.record?.form ?? null,
      record: row.record?.id ?? null,
      command: row.command,
      outcome: row.outcome,
      why: row.why === null ? null : JSON.stringify(row.why),
    })),
  )
}

const decode = (row: Tables['rule_runs']): RuleRunRow => ({
  run: row.id,
  app: row.app,
  rule: row.rule,
  version: row.version,
  at: row.at,
  event: row.event as RuleRunRow['event'],
  record: row.form === null || row.record === null ? null : { app: row.app, form: row.form, id: row.record },
  command: row.command,
  outcome: row.outcome as RuleRunRow['outcome'],
  why: row.why === null ? null : (JSON.parse(row.why) as RuleRunRow['why']),
})

export type RunFilter = {
  readonly app: string
  readonly rule?: string | undefined
  readonly record?: { readonly form: string; readonly id: Id } | undefined
  readonly outcome?: RuleRunRow['outcome'] | undefined
  /** Only runs before this one. */
  readonly before?: Id | undefined
  readonly limit: number
}

/** Runs of rules, newest first. */
export async function readRuleRuns(db: Db, filter: RunFilter): Promise<readonly RuleRunRow[]> {
  let query = db.selectFrom('rule_runs').selectAll().where('app', '=', filter.app)
  if (filter.rule !== undefined) query = query.where('rule', '=', filter.rule)
  if (filter.record) query = query.where('record', '=', filter.record.id).where('form', '=', filter.record.form)
  if (filter.outcome !== undefined) query = query.where('outcome', '=', filter.outcome)
  if (filter.before !== undefined) query = query.where('id', '<', filter.before)
  return (await query.orderBy('id', 'desc').limit(filter.limit).execute()).map(decode)
}

export async function readRuleRun(db: Db, id: Id): Promise<RuleRunRow | undefined> {
  const row = await db.selectFrom('rule_runs').selectAll().where('id', '=', id).executeTakeFirst()
  return row && decode(row)
}

/** Forgets runs that did nothing: old ones, and of each rule all but the newest. */
export async function forgetRuleRuns(tx: Tx, now: Instant): Promise<void> {
  await tx
    .deleteFrom('rule_runs')
    .where('outcome', '<>', 'fired')
    .where('at', '<', now - keptMs)
    .execute()
  const rules = await tx
    .selectFrom('rule_runs')
    .select(['app', 'rule'])
    .where('outcome', '<>', 'fired')
    .groupBy(['app', 'rule'])
    .having((eb) => eb.fn.countAll(), '>', keptPerRule)
    .execute()
  for (const { app, rule } of rules) {
    const passed = tx.selectFrom('rule_runs').where('app', '=', app).where('rule', '=', rule)
    const last = await passed
      .select('id')
      .where('outcome', '<>', 'fired')
      .orderBy('id', 'desc')
      .offset(keptPerRule)
      .limit(1)
      .executeTakeFirst()
    if (last)
      await tx
        .deleteFrom('rule_runs')
        .where('app', '=', app)
        .where('rule', '=', rule)
        .where('outcome', '<>', 'fired')
        .where('id', '<=', last.id)
        .execute()
  }
}
