/**
 * Runs bench/*.bench.mjs one after the other, on the built product. Each exports
 * `default async () => [{ name, value, unit, target? }]`; the rows are printed and kept in bench/results.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
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
mkdirSync(join(folder, 'results'), { recursive: true })
for (const file of files) {
  const name = basename(file, '.bench.mjs')
  const { default: measure } = await import(pathToFileURL(join(folder, file)).href)
  const rows = await measure()
  console.log(`\n${name}`)
  console.table(rows)
  const result = { name, measuredAt: new Date().toISOString(), machine, rows }
  writeFileSync(join(folder, 'results', `${name}.json`), `${JSON.stringify(result, null, 2)}\n`)
}
