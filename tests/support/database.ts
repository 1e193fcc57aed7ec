import { randomUUID } from 'node:crypto'
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, inject } from 'vitest'

const databaseKinds = ['sqlite', 'postgres'] as const
export type DatabaseKind = (typeof databaseKinds)[number]

/** What every new database starts with, made once per run and copied from then on. */
export interface DatabaseTemplate {
  /** Letters, digits and underscores; the same name must always mean the same content. */
  readonly name: string
  /** Fills an empty database and closes every connection to it. */
  prepare(url: string): Promise<void>
}

export interface TestDatabase {
  readonly kind: DatabaseKind
  /** DATABASE_URL of this block's own database. It exists from beforeAll on, so read it inside hooks and tests. */
  readonly url: string
  /** One more database of the same kind and template; it is removed with the block. */
  fresh(): Promise<string>
}

/** Runs the same tests on SQLite and on PostgreSQL, each on a database of its own. */
export function eachDatabase(body: (database: TestDatabase) => void, template?: DatabaseTemplate): void {
  describe.each(databaseKinds)('%s', (kind) => {
    const made: string[] = []
    let own: string | undefined
    const fresh = async () => {
      const url = await createDatabase(kind, template)
      made.push(url)
      return url
    }

    beforeAll(async () => {
      own = await fresh()
    })
    afterAll(async () => {
      for (const url of made) await dropDatabase(url)
    })

    body({
      kind,
      get url() {
        if (own === undefined) throw new Error('The database does not exist yet: read its url in a hook or a test.')
        return own
      },
      fresh,
    })
  })
}

/** The address of a new database; the caller drops it. Prefer eachDatabase, which does. */
async function createDatabase(kind: DatabaseKind, template?: DatabaseTemplate): Promise<string> {
  return kind === 'sqlite' ? createSqlite(template) : createPostgres(template)
}

async function dropDatabase(url: string): Promise<void> {
  if (url.startsWith('sqlite:')) {
    const file = url.slice('sqlite:'.length)
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true })
    return
  }
  const name = new URL(url).pathname.slice(1)
  // FORCE: a test that failed half-way may still hold a connection, and its own message matters more than ours.
  await onServer((server) => server.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`))
}

const newName = () => `t_${randomUUID().replaceAll('-', '')}`

async function createSqlite(template: DatabaseTemplate | undefined): Promise<string> {
  const folder = inject('databaseFolder')
  const file = join(folder, `${newName()}.db`)
  if (template) {
    const source = join(folder, `template_${template.name}.db`)
    if (!existsSync(source)) {
      // Two workers may both prepare it: each in a file of its own, the rename is atomic and either result is right.
      const draft = join(folder, `${newName()}.db`)
      await template.prepare(`sqlite:${draft}`)
      renameSync(draft, source)
    }
    copyFileSync(source, file)
  }
  return `sqlite:${file}`
}

async function createPostgres(template: DatabaseTemplate | undefined): Promise<string> {
  const name = newName()
  const source = template ? await preparedTemplate(template) : 'template0'
  await onServer((server) => server.query(`CREATE DATABASE "${name}" TEMPLATE "${source}"`))
  return urlOf(name)
}

async function preparedTemplate(template: DatabaseTemplate): Promise<string> {
  // The run's folder is part of the name: on a server given by TEST_DATABASE_URL an older run's template may remain.
  const run = inject('databaseFolder').split('-').at(-1)?.toLowerCase() ?? ''
  const name = `template_${run}_${template.name}`
  await onServer(async (server) => {
    await server.query('SELECT pg_advisory_lock(hashtext($1))', [name])
    const found = await server.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (found.rowCount) return
    const draft = newName()
    await server.query(`CREATE DATABASE "${draft}" TEMPLATE template0`)
    await template.prepare(urlOf(draft))
    await server.query(`ALTER DATABASE "${draft}" RENAME TO "${name}"`)
  })
  return name
}

function urlOf(name: string): string {
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  return url.href
}

async function onServer<T>(work: (server: pg.Client) => Promise<T>): Promise<T> {
  const server = new pg.Client({ connectionString: inject('postgresUrl') })
  await server.connect()
  try {
    return await work(server)
  } finally {
    await server.end()
  }
}
