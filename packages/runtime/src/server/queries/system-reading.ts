import { type Instant, readScope } from '@tenon/engine'
import type { ReadEnvironment } from '@tenon/reports'
import type { Database, RawRow, Sql } from '@tenon/reports/sql'
import { type Db, kindOf } from '../store/database.ts'
import type { Memory } from '../store/live-memory.ts'
import { rowsOf } from '../store/statement.ts'
import { databaseOf, metricsOf } from './reading.ts'

/** The system reading in an app at a moment: what rules are decided on. Never shown to anybody as it is. */
export type SystemReading = {
  readonly env: ReadEnvironment
  readonly database: Database
  run(statement: Sql): Promise<readonly RawRow[]>
}

/** Undefined: there is no such app. */
export function systemReading(db: Db, memory: Memory, appId: string, now: Instant): SystemReading | undefined {
  const app = memory.apps.app(appId)
  if (!app) return undefined
  const metrics = metricsOf(app)
  const system = { kind: 'system', reason: 'rules' } as const
  return {
    env: {
      lookup: app.lookup,
      metrics: (id) => metrics.get(id),
      scopes: (form) => readScope(form, system),
      facts: { now, zone: app.model.definition.zone ?? 'Asia/Shanghai' },
    },
    database: databaseOf(memory.apps, kindOf(db)),
    run: (statement) => rowsOf(db, statement),
  }
}
