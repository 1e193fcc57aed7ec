import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseDurationMs, resolveText } from '@tenon/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { openPorts, type Ports } from '../../src/server/app.ts'
import { publishApp } from '../../src/server/commands/app/publish.ts'
import { readConfig } from '../../src/server/config.ts'
import { type ImportOutcome, runImport } from '../../src/server/import/run-import.ts'
import { queryReport } from '../../src/server/queries/reports.ts'
import { newId } from '../../src/server/store/new-id.ts'
import { readFolder } from '../../src/server/templates/read-folder.ts'

// A real desk's 85,325 events, and figures about them that others have reckoned independently.
const root = resolve(import.meta.dirname, '../../../..')
const shared = process.env.TENON_SHARED ?? resolve(root, '../shared')
const folder = resolve(shared, 'data/incident-log')
const isThere = existsSync(folder)
const json = (...path: string[]) => JSON.parse(readFileSync(resolve(...path), 'utf8'))
const by = { kind: 'system', reason: 'test' } as const
type Figures = Record<string, number | null>

describe.skipIf(!isThere)('14,986 tickets through the ordinary write path', () => {
  eachDatabase((database) => {
    let ports: Ports
    let outcome: ImportOutcome | undefined
    const progress: string[] = []
    const expected = isThere ? json(folder, 'expected.json') : {}

    beforeAll(async () => {
      ports = await openPorts(readConfig({ DATABASE_URL: database.url }))
      const published = await publishApp(ports, by, {
        app: 'after_sales',
        files: readFolder(resolve(root, 'templates/after-sales')),
        confirm: 'all',
        note: '',
      })
      expect(published).toMatchObject({ ok: true })
      await ports.memory.fresh()
      const done = await runImport(ports, {
        principal: by,
        app: 'after_sales',
        form: 'ticket',
        mapping: json(root, 'examples/incident-log/mapping.json'),
        mode: 'all',
        dryRun: false,
        batch: newId(ports.clock.now()),
        bytes: readFileSync(resolve(folder, 'events.csv.gz')),
        onProgress: (phase) => void progress.push(phase),
      })
      expect(done).toMatchObject({ ok: true })
      if (done.ok) outcome = done.value
      await ports.memory.fresh()
    }, 600_000)
    afterAll(async () => {
      await ports.outbox.close()
      await ports.store.close()
    })

    const count = async (table: 'events' | 'tasks' | 'clocks' | 'instances', type?: string) => {
      const query = ports.store.read.selectFrom(table).select((eb) => eb.fn.countAll<number>().as('n'))
      const row = await (type === undefined
        ? query
        : query.where('type' as never, '=', type as never)
      ).executeTakeFirstOrThrow()
      return Number(row.n)
    }
    /** Rows of a query as figures by their first dimension, which is named as people see it; blanks as `(blank)`. */
    const ask = async (by_: object[], measures: object[]) => {
      const answer = await queryReport(by, ports, 'after_sales', { form: 'ticket', zone: 'UTC', by: by_, measures })
      return new Map(
        answer.rows.map((row) => {
          const labels = answer.columns[0]?.labels ?? {}
          const key = String(row[0])
          const name =
            row[0] === null
              ? '(blank)'
              : labels[key] !== undefined
                ? resolveText(labels[key], 'en')
                : ((answer.refs?.[key] as { title?: string; name?: string } | undefined)?.name ??
                  (answer.refs?.[key] as { title?: string } | undefined)?.title ??
                  key)
          const figures: Figures = Object.fromEntries(
            answer.columns.slice(by_.length).map((column, i) => [column.id, figure(column.unit, row[i + by_.length])]),
          )
          return [name, figures]
        }),
      )
    }
    const figure = (unit: string | null, value: unknown): number | null => {
      if (value === null || value === undefined) return null
      return unit === 'duration' ? (parseDurationMs(String(value)) ?? Number.NaN) / 60_000 : Number(value)
    }
    const measures = [
      { id: 'tickets', metric: 'tickets' },
      { id: 'to_resolved', metric: 'art_avg' },
      { id: 'to_closed', metric: 'aht_avg' },
      { id: 'made_sla', metric: 'made_sla_ratio' },
      { id: 'reopened', metric: 'reopened_tickets' },
      { id: 'reopens', metric: 'reopens' },
    ]

    test('every row arrives, with its history and nothing started', async () => {
      expect(outcome).toMatchObject({ rows: 14986, created: 14986, failed: 0, errors: [] })
      expect(progress).toContain('writing')
      expect(await count('events', 'history.entry')).toBe(85325)
      expect(await count('events', 'record.imported')).toBe(14986 + 4475)
      expect([await count('tasks'), await count('clocks'), await count('instances')]).toEqual([0, 0, 0])
    })

    test('the whole desk', async () => {
      const answer = await queryReport(by, ports, 'after_sales', { form: 'ticket', measures })
      const [tickets, resolved, closed, sla, reopened, reopens] = answer.rows[0] ?? []
      expect([tickets, reopened, Number(reopens)]).toEqual([
        expected.counts.tickets,
        expected.reopen.tickets_reopened,
        expected.reopen.total_reopens,
      ])
      expect(figure('duration', resolved)).toBeCloseTo(expected.times.open_to_resolved.mean, 2)
      expect(figure('duration', closed)).toBeCloseTo(expected.times.open_to_closed.mean, 2)
      expect(Math.abs(Number(sla) - expected.sla.made_ratio)).toBeLessThanOrEqual(1e-4)
    })

    const priorityNames: Record<string, string> = {
      Urgent: '1 - Critical',
      High: '2 - High',
      Normal: '3 - Moderate',
      Low: '4 - Low',
    }
    test.each([
      ['priority', 'priority', { field: 'priority' }],
      ['category', 'category', { field: 'category' }],
      ['assignment group', 'assignment_group', { field: 'assignment_group' }],
      ['month', 'month_opened', { field: 'opened_at', bucket: 'month' }],
    ])('by %s', async (_, list, dimension) => {
      const answer = await ask([dimension], measures)
      const wanted = expected.by[list] as {
        key: string
        tickets: number
        mean_open_to_resolved: number | null
        mean_open_to_closed: number
        sla_made_ratio: number
        reopened: number
      }[]
      const named = new Map(
        [...answer].map(([name, figures]) => [list === 'priority' ? (priorityNames[name] ?? name) : name, figures]),
      )
      expect([...named.keys()].toSorted()).toEqual(wanted.map((row) => row.key).toSorted())
      for (const row of wanted) {
        const got = named.get(row.key)
        expect({ key: row.key, tickets: got?.tickets, reopened: got?.reopened }).toEqual({
          key: row.key,
          tickets: row.tickets,
          reopened: row.reopened,
        })
        expect(Math.abs((got?.to_closed ?? Number.NaN) - row.mean_open_to_closed)).toBeLessThanOrEqual(0.01)
        if (row.mean_open_to_resolved === null) expect(got?.to_resolved).toBeNull()
        else expect(Math.abs((got?.to_resolved ?? Number.NaN) - row.mean_open_to_resolved)).toBeLessThanOrEqual(0.01)
        expect(Math.abs((got?.made_sla ?? Number.NaN) - row.sla_made_ratio)).toBeLessThanOrEqual(1e-4)
      }
    })

    test('backlog at month ends', async () => {
      const answer = await ask([{ field: 'opened_at', bucket: 'month' }], [{ id: 'backlog', metric: 'backlog_closed' }])
      for (const { month, backlog_closed } of expected.backlog_month_end)
        expect({ month, backlog: answer.get(month)?.backlog }).toEqual({ month, backlog: backlog_closed })
    })

    test('the same file again changes nothing', async () => {
      const again = await runImport(ports, {
        principal: by,
        app: 'after_sales',
        form: 'ticket',
        mapping: json(root, 'examples/incident-log/mapping.json'),
        mode: 'all',
        dryRun: false,
        batch: newId(ports.clock.now()),
        bytes: readFileSync(resolve(folder, 'events.csv.gz')),
      })
      expect(again).toMatchObject({ ok: true, value: { created: 0, skipped: 14986 } })
    }, 300_000)
  })
})
