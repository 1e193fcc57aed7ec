import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { tsImport } from 'tsx/esm/api'
import { root } from '../../scripts/prepare.mjs'

const tmpfs = 0x01021994

/** A benchmark that fails must leave no server behind. */
const running = new Set()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** A child process that says where it listens; gives when that was. */
function startChild(args, env, ready) {
  const begun = performance.now()
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const gone = new Promise((resolve) => child.once('exit', resolve))
  running.add(child)
  child.once('exit', () => running.delete(child))
  return new Promise((resolve, reject) => {
    let log = ''
    let isStopping = false
    child.once('exit', (code, signal) => {
      const ended = new Error(`${args.at(-1)} ended with ${code ?? signal}: ${log}`)
      reject(ended)
      if (!isStopping) console.error(ended.message)
    })
    child.stderr.setEncoding('utf8').on('data', (text) => {
      log = (log + text).slice(-4000)
      const url = ready.exec(log)?.[1]
      if (url === undefined) return
      resolve({
        url,
        pid: child.pid,
        startMs: performance.now() - begun,
        async stop() {
          isStopping = true
          child.kill('SIGTERM')
          await gone
        },
      })
    })
  })
}

/** Where a benchmark keeps its files: a folder on the machine's disk, and whether that disk is memory. */
export function newFolder() {
  const path = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), 'tenon-bench-'))
  process.once('exit', () => rmSync(path, { recursive: true, force: true }))
  return { path, isMemory: statfsSync(path).type === tmpfs }
}

const databases = (process.env.BENCH_DATABASES ?? 'sqlite,postgres').split(',')
let postgres

/** Runs the work on a new database of each kind, durable as in production. */
export async function onEachDatabase(work) {
  const rows = []
  for (const kind of databases) {
    const folder = newFolder()
    const where = kind === 'sqlite' ? `sqlite:${folder.path}/tenon.db` : await newPostgres()
    const name = `${kind}, durable${folder.isMemory ? ', disk is memory' : ''}`
    rows.push(...(await work({ kind, url: where, folder: folder.path, name })))
  }
  if (postgres) await (await postgres).stop()
  postgres = undefined
  return rows
}

async function newPostgres() {
  const { startPostgres } = await tsImport('../../tests/support/postgres.ts', import.meta.url)
  postgres ??= startPostgres({ synchronous_commit: 'on', fsync: 'on' })
  const { url } = await postgres
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const name = `bench_${Date.now()}`
  await client.query(`CREATE DATABASE ${name}`)
  await client.end()
  return Object.assign(new URL(url), { pathname: `/${name}` }).href
}

/** The product, built, on a database; on its first start with the demo's people and customers, unless it is to be empty. */
export async function startProduct({ url, folder }, { demo = true } = {}) {
  const server = await startChild(
    ['packages/runtime/dist/serve/main.js'],
    { DATABASE_URL: url, TENON_DATA: folder, ...(demo && { TENON_DEMO: '1' }), PORT: '0', TENON_LOG_LEVEL: 'error' },
    /^Tenon: (\S+)$/m,
  )
  const key = readFileSync(join(folder, 'operator-key'), 'utf8').trim()
  return { ...server, as: (person) => ({ authorization: `Bearer ${key}`, ...(person && { 'x-tenon-as': person }) }) }
}

const configOf = ({ url, folder }) => ({
  DATABASE_URL: url,
  TENON_DATA: folder,
  PORT: '0',
  TENON_LOG_LEVEL: 'error',
})
const server = () => import(pathToFileURL(join(root, 'packages/runtime/dist/server/index.js')).href)

/** What the product stands on, inside this process: database, outbox, executor. Nothing runs yet. */
export async function openPortsOf(database) {
  const { openPorts, readConfig } = await server()
  return openPorts(readConfig(configOf(database)))
}

/** The product inside this process, on a database without the demo; listening, so that it is set up over HTTP. */
export async function openProduct(database) {
  const { folder } = database
  const { buildApp, openPorts, readConfig } = await server()
  const config = readConfig(configOf(database))
  const app = await buildApp(config, await openPorts(config))
  const address = await app.http.listen({ port: 0, host: '127.0.0.1' })
  const key = readFileSync(join(folder, 'operator-key'), 'utf8').trim()
  return {
    app,
    url: address,
    as: (person) => ({ authorization: `Bearer ${key}`, ...(person && { 'x-tenon-as': person }) }),
    stop: () => app.close(),
  }
}

/** A bare fastify with the same statements by hand: what the machine could do at most. */
export const startFloor = ({ url }) => startChild(['bench/support/floor-server.mjs', url], {}, /^floor: (\S+)$/m)
