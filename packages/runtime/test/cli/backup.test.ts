import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PostgresServer, startPostgresWithClient } from '../../../../tests/support/postgres.ts'
import { connect } from '../../src/server/store/connect.ts'
import { run as query } from '../../src/server/store/statement.ts'
import { type Desk, openDesk, tickets } from '../http/desk.ts'

const cli = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'tenon-backup-'))
let server: (PostgresServer & { readonly bin: string }) | undefined
beforeAll(async () => {
  server = await startPostgresWithClient()
  if (!server)
    console.log('1 database left out: backups of PostgreSQL need the server of the distribution with its client')
})
afterAll(async () => {
  await server?.stop()
  rmSync(root, { recursive: true, force: true })
})

async function databaseOf(kind: 'sqlite' | 'postgres', name: string): Promise<string> {
  if (kind === 'sqlite') return `sqlite:${join(root, `${name}.db`)}`
  const url = new URL(server?.url ?? '')
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  await client.query(`CREATE DATABASE "${name}"`)
  await client.end()
  url.pathname = `/${name}`
  return url.href
}

const tenon = (args: readonly string[], env: Record<string, string>): Promise<{ code: number; out: string }> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', '-C', '@tenon/source', cli, ...args],
      {
        cwd: fileURLToPath(new URL('../../../..', import.meta.url)),
        env: { PATH: [server?.bin, process.env.PATH].join(delimiter), INIT_CWD: root, LANG: 'en_US.UTF-8', ...env },
      },
      (error, out, said) => resolve({ code: error === null ? 0 : Number(error.code), out: out + said }),
    )
  })

describe.each(['sqlite', 'postgres'] as const)('a backup of %s made under load', (kind) => {
  let desk: Desk | undefined
  let url: string
  beforeAll(async () => {
    if (kind === 'postgres' && !server) return
    url = await databaseOf(kind, 'worked')
    desk = await openDesk(url)
  })
  afterAll(() => desk?.close())

  test('restores whole: what was acknowledged before it is there, every sum is right', async ({ skip }) => {
    if (!desk) return skip('no server with client programs')
    const { li, config } = desk
    const acknowledged: string[] = []
    let isWriting = true
    const writer = async (name: number) => {
      for (let n = 0; isWriting; n += 1) {
        const made = await li.send('POST', tickets, { values: { subject: `load ${name}.${n}` } })
        const { id } = made.json<{ id: string }>()
        await li.send('POST', `${tickets}/${id}/comments`, { body: 'x' })
        acknowledged.push(id)
      }
    }
    const writing = [1, 2, 3].map(writer)
    while (acknowledged.length < 20) await new Promise((done) => setTimeout(done, 20))
    const before = [...acknowledged]
    const env = { DATABASE_URL: url, TENON_DATA: config.dataFolder }
    expect(await tenon(['backup', `${kind}.tgz`], env)).toMatchObject({ code: 0 })
    isWriting = false
    await Promise.all(writing)
    expect(acknowledged.length).toBeGreaterThan(before.length)

    const elsewhere = { DATABASE_URL: await databaseOf(kind, 'restored'), TENON_DATA: join(root, `${kind}-data`) }
    expect(await tenon(['restore', `${kind}.tgz`, '--yes'], elsewhere)).toMatchObject({ code: 0 })
    expect(await tenon(['doctor'], elsewhere)).toMatchObject({ code: 0 })
    const store = await connect(elsewhere.DATABASE_URL)
    try {
      const rows = await query<{ id: string }>(store.read, 'SELECT id FROM r_desk_ticket', [])
      const there = new Set(rows.map(({ id }) => id))
      expect(before.filter((id) => !there.has(id))).toEqual([])
      // Both halves of every change or none: a ticket has its audit head, an entry its ticket.
      const [sums] = await query<{ records: number; heads: number; created: number }>(
        store.read,
        `SELECT (SELECT count(*) FROM r_desk_ticket) AS records,
                (SELECT count(*) FROM event_heads WHERE form = 'ticket') AS heads,
                (SELECT count(*) FROM events WHERE type = 'record.created' AND form = 'ticket') AS created`,
        [],
      )
      const [records, ...others] = Object.values(sums ?? {}).map(Number)
      expect(others).toEqual([records, records])
    } finally {
      await store.close()
    }
    // Once more over what is there now, and the people go on working.
    expect(await tenon(['restore', `${kind}.tgz`, '--yes'], elsewhere)).toMatchObject({ code: 0 })
    expect(await tenon(['doctor'], elsewhere)).toMatchObject({ code: 0 })
  }, 180_000)
})
