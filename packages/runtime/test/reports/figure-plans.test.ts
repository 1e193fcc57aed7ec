import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Instant, type MetricRequest, metricLeaves, ok } from '@tenon/engine'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { afterSales } from '../../../../tests/support/after-sales.ts'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { openPorts, type Ports } from '../../src/server/app.ts'
import { readFigure } from '../../src/server/commands/figures.ts'
import { readConfig } from '../../src/server/config.ts'
import { systemReading } from '../../src/server/queries/system-reading.ts'
import { run } from '../../src/server/store/statement.ts'

const tickets = 20_000
const customers = tickets / 50
const now = Date.parse('2026-03-02T09:00:00+08:00') as Instant
const dayMs = 86_400_000

eachDatabase((database) => {
  const isPostgres = database.kind === 'postgres'
  let ports: Ports
  let folder: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tenon-figures-'))
    ports = await openPorts(readConfig({ DATABASE_URL: database.url, TENON_DATA: folder }))
    const numbers = (n: number) =>
      isPostgres
        ? `(SELECT generate_series(1, ${n}) AS i) AS n`
        : `(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${n}) SELECT i FROM n) AS n`
    const opened = `${now} - CAST((i * 7919) % 400 AS BIGINT) * ${dayMs}`
    for (const statement of [
      `INSERT INTO r_after_sales_customer (id, version, created_at, updated_at, title, history, f_name, f_level)
       SELECT 'c' || i, 1, ${now}, ${now}, 'c' || i, 1, 'c' || i, 'vip' FROM ${numbers(customers)}`,
      `INSERT INTO r_after_sales_ticket (id, version, created_at, updated_at, title, history, f_number, f_subject,
         f_request_type, f_stage, f_priority, f_customer, f_severe, f_opened_at, f_resolved_at, f_satisfaction)
       SELECT 't' || i, 1, ${opened}, ${now}, 't', 1, 't' || i, 's', CASE WHEN i % 3 = 0 THEN 'quality' ELSE 'technical' END,
         CASE WHEN i % 50 = 0 THEN 'new' ELSE 'closed' END, 'normal', 'c' || (1 + i % ${customers}), (i % 37 = 0),
         ${opened}, ${opened} + 3600000, CASE WHEN i % 4 = 0 THEN 1 + i % 5 END FROM ${numbers(tickets)}`,
      'ANALYZE',
    ])
      await ports.store.transact(async (tx) => ok(await run(tx, statement, [])))
  }, 120_000)
  afterAll(async () => {
    await ports.outbox.close()
    await ports.store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** How the database finds the tickets of a figure. */
  async function plansOf(request: MetricRequest): Promise<readonly string[]> {
    const db = ports.store.read
    const reading = systemReading(db, ports.memory.now, 'after_sales', now)
    if (!reading) throw new Error('there is no app')
    const plans: string[] = []
    await readFigure(
      {
        ...reading,
        run: async (statement) => {
          const { sql, parameters } = statement.compile(db)
          const explain = isPostgres ? 'EXPLAIN' : 'EXPLAIN QUERY PLAN'
          const rows = await run<{ [column: string]: unknown }>(db, `${explain} ${sql}`, [...parameters])
          plans.push(rows.map((row) => String(row['QUERY PLAN'] ?? row.detail)).join('\n'))
          return reading.run(statement)
        },
      },
      request,
    )
    return plans
  }

  /** The first column of each index that PostgreSQL looks up must be among what it looks for: else it walks all of it. */
  async function isWalked(plan: string): Promise<boolean> {
    if (!isPostgres) return /^SCAN r\b/m.test(plan) || /^SEARCH r USING .*INDEX \w+ \(ANY\(/m.test(plan)
    if (plan.includes('Seq Scan on r_after_sales_ticket')) return true
    const used = [...plan.matchAll(/(?:Index Scan|Index Only Scan) (?:using|on) (\w+)[\s\S]*?Index Cond: ([^\n]*)/g)]
    for (const [, name = '', condition = ''] of used) {
      const [row] = await run<{ indexdef: string }>(
        ports.store.read,
        'SELECT indexdef FROM pg_indexes WHERE indexname = $1',
        [name],
      )
      const first = /\((\w+)/.exec(row?.indexdef ?? '')?.[1] ?? ''
      if (!condition.includes(first)) return true
    }
    return used.length === 0
  }

  test('the figures of rules are found by an index, and none is walked from end to end', async () => {
    const rules = ports.memory.now.apps.app('after_sales')?.model.rules ?? []
    const walked: string[] = []
    let looked = 0
    // There is no snapshot of anybody's health here: what is empty is read as it is.
    for (const rule of rules.filter(({ form }) => form !== 'health_snapshot'))
      for (const condition of [rule.if, ...rule.then.map(({ when }) => when)])
        for (const { params } of condition ? metricLeaves(condition) : []) {
          const by = Object.fromEntries(Object.keys(params.by ?? {}).map((path) => [path, 'c7']))
          const { metric, window, value = 'value' } = params
          for (const plan of await plansOf({ metric, by, window, value, minimumSample: 1 })) {
            looked += 1
            if (await isWalked(plan)) walked.push(`${rule.id} ${metric}: ${plan}`)
          }
        }
    expect(walked).toEqual([])
    expect(looked).toBeGreaterThan(10)
  })
}, afterSales)
