/**
 * Runs bench/*.bench.mjs one after the other, on the built product. Each exports
 * `default async () => [{ name, value, unit, target? }]`; the rows are printed and kept in bench/results.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { prepare, root, stop } from './prepare.mjs'

prepare()
const folder = join(root, 'bench')
const wanted = process.argv.slice(2)
const files = (existsSync(folder) ? readdirSync(folder) : [])
  .filter((file) => file.endsWith('.bench.mjs'))
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .sort()
if (files.length === 0) stop('no benchmark matches')

const machine = {
  node: process.version,
  cpu: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
}
const commit =
  spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).stdout?.trim() || 'unknown'
mkdirSync(join(folder, 'results'), { recursive: true })
for (const file of files) {
  const name = basename(file, '.bench.mjs')
  // What others do on the machine meanwhile is part of every figure.
  const load = Math.round((loadavg()[0] ?? 0) * 10) / 10
  const { default: measure } = await import(pathToFileURL(join(folder, file)).href)
  const rows = await measure()
  console.log(`\n${name}`)
  console.table(rows)
  const result = { name, measuredAt: new Date().toISOString(), commit, machine: { ...machine, load }, rows }
  writeFileSync(join(folder, 'results', `${name}.json`), `${JSON.stringify(result, null, 2)}\n`)
}
