import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import Database from 'better-sqlite3'
import { type Config, readConfig } from '../../server/config.ts'
import { takeLock } from '../../server/lock.ts'
import { type Entry, readArchive } from '../archive.ts'
import { type CliCommand, CliError, words } from '../command.ts'
import { postgresTool } from '../postgres-tool.ts'
import type { Terminal } from '../terminal.ts'
import type { Manifest } from './backup.ts'

/**
 * Puts a backup in place of the present data. Everything is unpacked and checked beside it first; a damaged archive
 * leaves the data untouched. What was there is kept next to it under `.before-restore`.
 */
export const restoreCommand: CliCommand = {
  usage: 'restore FILE [--yes]',
  summary: { 'zh-CN': '用备份替换现有数据', en: 'replace the present data with a backup' },
  async run(args, terminal) {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { yes: { type: 'boolean', short: 'y' } },
    })
    const source = resolve(terminal.folder, words(positionals, 1)[0] ?? '')
    const config = readConfig(terminal.env)
    const lock = takeLock(config.dataFolder)
    const staging = mkdtempSync(join(config.dataFolder, 'restore-'))
    try {
      const entries = await readArchive(source, staging)
      const manifest = checkedManifest(staging, entries, terminal)
      const kind = config.databaseUrl.startsWith('sqlite:') ? 'sqlite' : 'postgres'
      if (manifest.database !== kind)
        throw new CliError(
          terminal.t(
            {
              'zh-CN': '备份来自 {from}，当前数据库是 {to}',
              en: 'The backup is of {from}, this installation uses {to}',
            },
            { from: manifest.database, to: kind },
          ),
        )
      if (hasData(config) && !values.yes)
        throw new CliError(
          terminal.t({ 'zh-CN': '已有数据：加 --yes 确认替换', en: 'There is data already: add --yes to replace it' }),
        )
      if (kind === 'sqlite') replaceSqlite(config, staging)
      else restorePostgres(config.databaseUrl, join(staging, 'database'), terminal)
      replaceAttachments(config, staging)
      terminal.say(
        terminal.t(
          { 'zh-CN': '已恢复 {when} 的备份', en: 'Restored the backup of {when}' },
          { when: manifest.createdAt },
        ),
      )
      return 0
    } finally {
      rmSync(staging, { recursive: true, force: true })
      lock.release()
    }
  },
}

function checkedManifest(staging: string, entries: readonly Entry[], terminal: Terminal): Manifest {
  const damaged = () =>
    new CliError(
      terminal.t({ 'zh-CN': '备份已损坏，没有改动任何数据', en: 'The backup is damaged; nothing was changed' }),
    )
  const path = join(staging, 'manifest.json')
  if (!existsSync(path)) throw damaged()
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest
  const found = new Map(entries.map((entry) => [entry.name, entry]))
  const isWhole =
    manifest.product === 'tenon' &&
    manifest.format === 1 &&
    manifest.files.every(({ name, sha256 }) => found.get(name)?.sha256 === sha256)
  if (!isWhole || found.size !== manifest.files.length + 1) throw damaged()
  if (manifest.database === 'sqlite' && !isIntact(join(staging, 'database'))) throw damaged()
  return manifest
}

function isIntact(path: string): boolean {
  const database = new Database(path, { readonly: true })
  try {
    return database.pragma('integrity_check', { simple: true }) === 'ok'
  } finally {
    database.close()
  }
}

const pathOf = (config: Config) => resolve(config.databaseUrl.slice('sqlite:'.length))
const hasData = (config: Config) => !config.databaseUrl.startsWith('sqlite:') || existsSync(pathOf(config))

function replaceSqlite(config: Config, staging: string): void {
  const path = pathOf(config)
  mkdirSync(dirname(path), { recursive: true })
  keep(path)
  for (const suffix of ['-wal', '-shm']) keep(path, suffix)
  renameSync(join(staging, 'database'), path)
}

function replaceAttachments(config: Config, staging: string): void {
  const folder = join(config.dataFolder, 'files')
  keep(folder)
  if (existsSync(join(staging, 'files'))) renameSync(join(staging, 'files'), folder)
}

/** Moves what is there out of the way, in place of what an earlier restore had moved. */
function keep(path: string, suffix = ''): void {
  const aside = `${path}.before-restore${suffix}`
  rmSync(aside, { recursive: true, force: true })
  if (existsSync(path + suffix)) renameSync(path + suffix, aside)
}

/**
 * One transaction: everything that is there goes, tables of later versions too, and the backup comes. What fails
 * leaves the database as it was.
 */
function restorePostgres(url: string, dump: string, terminal: Terminal): void {
  const script = `${dump}.sql`
  postgresTool(terminal, 'pg_restore', ['--no-owner', '--no-privileges', `--file=${script}`, dump])
  const emptied = ['public', 'graphile_worker'].map((schema) => `DROP SCHEMA IF EXISTS ${schema} CASCADE`)
  postgresTool(terminal, 'psql', [
    '--no-psqlrc',
    '--quiet',
    '--single-transaction',
    '--set=ON_ERROR_STOP=1',
    `--command=${[...emptied, 'CREATE SCHEMA public'].join('; ')}`,
    `--file=${script}`,
    `--dbname=${url}`,
  ])
}
