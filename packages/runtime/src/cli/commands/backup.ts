import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { parseArgs } from 'node:util'
import { formatInstant } from '@tenon/engine'
import Database from 'better-sqlite3'
import { systemClock } from '../../server/clock.ts'
import { type Config, readConfig } from '../../server/config.ts'
import { type Entry, writeArchive } from '../archive.ts'
import { type CliCommand, CliError, words } from '../command.ts'
import { postgresTool } from '../postgres-tool.ts'
import type { Terminal } from '../terminal.ts'

export type Manifest = {
  readonly product: 'tenon'
  readonly format: 1
  readonly database: 'sqlite' | 'postgres'
  readonly createdAt: string
  readonly files: readonly Entry[]
}

/** Copies the database as it is at one moment and every attachment into one file, while people go on working. */
export const backupCommand: CliCommand = {
  usage: 'backup FILE',
  summary: { 'zh-CN': '备份数据库和附件', en: 'back up database and attachments' },
  async run(args, terminal) {
    const target = resolve(
      terminal.folder,
      words(parseArgs({ args: [...args], allowPositionals: true }).positionals, 1)[0] ?? '',
    )
    const config = readConfig(terminal.env)
    const staging = mkdtempSync(join(config.dataFolder, 'backup-'))
    try {
      const database = join(staging, 'database')
      // The database first: attachments are on disk before a row names them, so the copy finds all of them.
      if (config.databaseUrl.startsWith('sqlite:')) snapshotSqlite(config.databaseUrl.slice('sqlite:'.length), database)
      else dumpPostgres(config.databaseUrl, database, terminal)
      const sources = [{ name: 'database', path: database }, ...attachments(config)]
      const files = []
      for (const { name, path } of sources)
        files.push({ name, path, sizeBytes: statSync(path).size, sha256: await sha256(path) })
      const manifest: Manifest = {
        product: 'tenon',
        format: 1,
        database: config.databaseUrl.startsWith('sqlite:') ? 'sqlite' : 'postgres',
        createdAt: formatInstant(systemClock.now()),
        files: files.map(({ name, sizeBytes, sha256 }) => ({ name, sizeBytes, sha256 })),
      }
      const manifestPath = join(staging, 'manifest.json')
      writeFileSync(manifestPath, JSON.stringify(manifest, null, 2))
      await writeArchive(target, [
        { name: 'manifest.json', path: manifestPath, sizeBytes: statSync(manifestPath).size },
        ...files,
      ])
      terminal.say(
        terminal.t(
          { 'zh-CN': '已备份到 {target}（{count} 个附件）', en: 'Backed up to {target} ({count} attachments)' },
          { target, count: files.length - 1 },
        ),
      )
      return 0
    } catch (error) {
      rmSync(target, { force: true })
      throw error
    } finally {
      rmSync(staging, { recursive: true, force: true })
    }
  },
}

function snapshotSqlite(path: string, target: string): void {
  if (!existsSync(path))
    throw new CliError({ 'zh-CN': '没有数据库 {path}', en: 'There is no database {path}' }, { path })
  const database = new Database(path, { readonly: true })
  try {
    database.prepare('VACUUM INTO ?').run(target)
  } finally {
    database.close()
  }
}

const dumpPostgres = (url: string, target: string, terminal: Terminal): void =>
  postgresTool(terminal, 'pg_dump', ['--format=custom', '--no-owner', `--file=${target}`, `--dbname=${url}`])

function attachments(config: Config): { readonly name: string; readonly path: string }[] {
  const folder = join(config.dataFolder, 'files')
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((entry) => statSync(join(folder, entry)).isFile())
    .map((entry) => ({ name: `files/${entry.split(sep).join('/')}`, path: join(folder, entry) }))
}

export async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
