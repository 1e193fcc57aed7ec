import { parse } from 'csv-parse/sync'
import { publishApp } from '../commands/app/publish.ts'
import type { ExecutorPorts } from '../commands/execute.ts'
import { type ImportMapping, type ImportPorts, runImport } from '../import/index.ts'
import type { AppFile } from '../store/app-files.ts'
import { newId } from '../store/new-id.ts'
import { readFolder } from '../templates/read-folder.ts'
import { templateFolder } from '../templates/templates.ts'
import { TenonError } from '../tenon-error.ts'
import { type LiveTicket, playLiveTickets } from './live-tickets.ts'
import { orThrow } from './or-throw.ts'
import { installPeople } from './people.ts'

/** What installing needs: to publish, to import, and to play commands at other moments. */
export type DemoPorts = ExecutorPorts & ImportPorts

const dayMs = 86_400_000
/** Last day of the sample files; they are moved by whole weeks so that weekdays stay and they end in the last seven days. */
const lastSampleDay = Date.UTC(2026, 10, 21)
const imports = [
  ['product', 'products'],
  ['customer', 'customers'],
  ['contact', 'contacts'],
  ['asset', 'assets'],
  ['ticket', 'tickets'],
] as const
const by = { kind: 'system', reason: 'demo' } as const

/** Installs the after-sales template with its people, four months of history and some forty live tickets. */
export async function installDemo(ports: DemoPorts, say: (text: string) => void): Promise<void> {
  const files = readFolder(templateFolder('after-sales'))
  const started = Date.now()
  say('  正在安装售后服务模板与演示数据 / installing the after-sales template and its demo data')
  orThrow(await publishApp(ports, by, { app: 'after_sales', files, confirm: 'all', note: 'demo' }))
  await ports.memory.fresh()
  await installPeople(ports, by, 'after_sales', rowsOf(files, 'departments'), rowsOf(files, 'people'))
  for (const [form, name] of imports) {
    const done = await importSample(ports, files, form, name)
    say(`    ${name}: ${done}`)
  }
  const live = await playLiveTickets(
    ports,
    'after_sales',
    JSON.parse(textOf(files, 'sample/live.json')) as LiveTicket[],
  )
  say(`    live: ${live}  (${((Date.now() - started) / 1000).toFixed(1)} s)`)
}

async function importSample(ports: DemoPorts, files: readonly AppFile[], form: string, name: string): Promise<number> {
  const mapping = JSON.parse(textOf(files, `sample/${name}.mapping.json`)) as ImportMapping
  const second = mapping.history?.entries?.file
  const weeks = Math.floor((ports.clock.now() - lastSampleDay) / (7 * dayMs))
  const done = orThrow(
    await runImport(ports, {
      principal: by,
      app: 'after_sales',
      form,
      mapping,
      mode: 'all',
      dryRun: false,
      batch: newId(ports.clock.now()),
      shiftMs: weeks * 7 * dayMs,
      bytes: Buffer.from(textOf(files, `sample/${name}.csv`)),
      entries: second === undefined ? undefined : Buffer.from(textOf(files, `sample/${second}`)),
    }),
  )
  if (!done.written)
    throw new TenonError('import.rowsWrong', {
      failed: done.failed,
      first: done.errors.slice(0, 5).map((one) => `${name}.csv:${one.line} ${one.column} ${one.value} ${one.code}`),
    })
  return done.created
}

const textOf = (files: readonly AppFile[], path: string): string => {
  const file = files.find((one) => one.path === path)
  if (!file || !('text' in file)) throw new TenonError('document.missingFile', { file: path })
  return file.text
}

const rowsOf = (files: readonly AppFile[], name: string) =>
  parse(textOf(files, `sample/${name}.csv`), { columns: true }) as { [column: string]: string }[]
