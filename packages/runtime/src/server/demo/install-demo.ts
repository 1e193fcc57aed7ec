import { hashPassword } from '../auth/passwords.ts'
import { demoPassword } from '../auth/session-doors.ts'
import { publishApp } from '../commands/app/publish.ts'
import type { ExecutorPorts } from '../commands/execute.ts'
import { type ImportPorts, keepDone, runImport } from '../import/index.ts'
import { installPeople } from '../sample/install-people.ts'
import { playLive } from '../sample/play-live.ts'
import { readCast } from '../sample/read-cast.ts'
import { readSample, type Sheet, shiftOf } from '../sample/read-sample.ts'
import { newId } from '../store/new-id.ts'
import { readFolder } from '../templates/read-folder.ts'
import { templateFolder } from '../templates/templates.ts'
import { TenonError } from '../tenon-error.ts'
import { orThrow } from './or-throw.ts'

/** What installing needs: to publish, to import, and to play commands at other moments. */
export type DemoPorts = ExecutorPorts & ImportPorts

const app = 'after_sales'
const by = { kind: 'system', reason: 'demo' } as const

/** Installs the after-sales template with its people, four months of history and some forty live tickets. */
export async function installDemo(ports: DemoPorts, say: (text: string) => void): Promise<void> {
  const files = readFolder(templateFolder('after-sales'))
  const started = Date.now()
  say('  正在安装售后服务模板与演示数据 / installing the after-sales template and its demo data')
  orThrow(await publishApp(ports, by, { app, files, confirm: 'all', note: 'demo' }))
  const { apps } = await ports.memory.fresh()
  const model = apps.app(app)?.model
  if (!model) throw new TenonError('record.notFound')
  const [sample, cast] = [readSample(files, model), readCast(files, model)]
  if (!cast) throw new TenonError('sample.nobodyThere')
  const problems = [...sample.problems, ...cast.problems]
  if (problems.length > 0) throw new TenonError('sample.wrong', undefined, problems)
  const passwordHash = await hashPassword(demoPassword)
  const { people } = orThrow(
    await ports.executor.perform(by, (unit) => installPeople(unit, cast, { app, passwordHash })),
  )
  await ports.memory.fresh()
  const shiftMs = shiftOf(sample, ports.clock.now())
  for (const sheet of sample.sheets) say(`    ${sheet.file}: ${await importSheet(ports, sheet, shiftMs)}`)
  const live = await playLive(ports, cast.live, { app, people, quiet: false })
  say(`    live: ${live}  (${((Date.now() - started) / 1000).toFixed(1)} s)`)
}

async function importSheet(ports: DemoPorts, sheet: Sheet, shiftMs: number): Promise<number> {
  const { file: name, form } = sheet
  const batch = newId(ports.clock.now())
  const done = orThrow(
    await runImport(ports, {
      principal: by,
      app,
      form,
      mapping: sheet.mapping,
      mode: 'all',
      dryRun: false,
      batch,
      shiftMs,
      bytes: Buffer.from(sheet.text),
      entries: sheet.entries === undefined ? undefined : Buffer.from(sheet.entries),
    }),
  )
  if (!done.written)
    throw new TenonError('import.rowsWrong', {
      failed: done.failed,
      first: done.errors.slice(0, 5).map((one) => `${sheet.file}:${one.line} ${one.column} ${one.value} ${one.code}`),
    })
  // So that nobody is offered to bring the same in once more.
  await keepDone(ports, { batch, app, form, name, mode: 'all', by: null }, done)
  return done.created
}
