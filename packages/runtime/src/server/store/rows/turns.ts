import type { AssignmentRow, Id } from '@tenon/engine'
import { type Db, kindOf, type Tx } from '../database.ts'
import { run, upsertRows } from '../statement.ts'

/**
 * Lets one command at a time assign in an app: loads that are read stay true until it is over, so that two at once do
 * not both give the last place to the same person. SQLite has one writer anyway.
 */
export async function lockAssignment(tx: Tx, app: string): Promise<void> {
  if (kindOf(tx) === 'postgres')
    await run(tx, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`assignment/${app}`])
}

/** Whom a strategy chose last: the pointer of a round. */
export async function readTurn(db: Db, app: string, strategy: string): Promise<Id | null> {
  const row = await db
    .selectFrom('assignment_turns')
    .select('last')
    .where('app', '=', app)
    .where('strategy', '=', strategy)
    .executeTakeFirst()
  return row?.last ?? null
}

export async function saveTurns(tx: Tx, rows: readonly AssignmentRow[]): Promise<void> {
  const last = new Map<string, { app: string; strategy: string; last: Id }>()
  for (const { app, strategy, chosen } of rows)
    if (chosen !== null) last.set(`${app}/${strategy}`, { app, strategy, last: chosen })
  await upsertRows(tx, 'assignment_turns', ['app', 'strategy'], [...last.values()])
}
