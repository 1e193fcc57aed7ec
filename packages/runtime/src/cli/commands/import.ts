import { readFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { own } from '@tenon/engine'
import type { Client, ImportResult, JobView } from '@tenon/runtime/contract'
import { type CliCommand, CliError, words } from '../command.ts'
import { withConnection } from '../connection.ts'
import { bar, type Terminal } from '../terminal.ts'

const pollMs = 300

/** Imports a CSV or XLSX file through the ordinary write path, with a bar, and shows the rows that were refused. */
export const importCommand: CliCommand = {
  usage: 'import APP FORM FILE [--mapping FILE] [--partial] [--dry-run] [--history] [--history-of FILE] [--as USER]',
  summary: { 'zh-CN': '导入 CSV 或 XLSX 文件', en: 'import a CSV or XLSX file' },
  async run(args, terminal) {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        mapping: { type: 'string' },
        partial: { type: 'boolean' },
        'dry-run': { type: 'boolean' },
        history: { type: 'boolean' },
        'history-of': { type: 'string' },
        as: { type: 'string' },
      },
    })
    const [app = '', form = '', file = ''] = words(positionals, 3)
    const path = resolve(terminal.folder, file)
    const content = new Blob([readFileSync(path)])
    const mapping = values.mapping === undefined ? undefined : readMapping(resolve(terminal.folder, values.mapping))
    const options = {
      mode: values.partial ? 'partial' : 'all',
      dryRun: values['dry-run'] === true,
      history: values.history === true,
      ...(mapping !== undefined && { mapping }),
      ...entriesOf(mapping, values['history-of'], path, terminal),
    } as const
    return withConnection(terminal, { as: values.as }, async (client) => {
      const started = await client.records.import(app.replaceAll('-', '_'), form, content, basename(path), options)
      return report(await follow(client, started, terminal), terminal)
    })
  },
}

function readMapping(path: string): object {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as object
  } catch (cause) {
    throw new CliError(`${path}: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
}

/** The second file: named on the command line, or by the mapping and then beside the first. */
function entriesOf(mapping: object | undefined, named: string | undefined, path: string, terminal: Terminal) {
  const history = own(mapping, 'history')
  const file = own(own(history, 'entries'), 'file')
  const entries =
    named !== undefined
      ? resolve(terminal.folder, named)
      : typeof file === 'string'
        ? resolve(dirname(path), file)
        : undefined
  return entries === undefined ? {} : { entries: { file: new Blob([readFileSync(entries)]), name: basename(entries) } }
}

export async function follow(client: Client, started: JobView, terminal: Terminal): Promise<JobView> {
  let job = started
  while (job.state === 'waiting' || job.state === 'running') {
    terminal.progress(`${bar(job.done, job.total)}  ${job.phase ?? ''}`)
    await new Promise((done) => setTimeout(done, pollMs))
    job = await client.jobs.get(job.id)
  }
  terminal.progress(bar(job.done, job.total), true)
  return job
}

function report(job: JobView, terminal: Terminal): number {
  const result = job.result as ImportResult | null
  if (result) {
    for (const { row, column, message } of result.errors) {
      terminal.say(
        terminal.t(
          { 'zh-CN': '第 {row} 行 {column}：{message}', en: 'row {row} {column}: {message}' },
          { row, column: column ?? '', message },
        ),
      )
    }
    terminal.say(
      terminal.t(
        {
          'zh-CN': '{rows} 条：新建 {created}，更新 {updated}，跳过 {skipped}，错误 {failed}',
          en: '{rows} records: {created} created, {updated} updated, {skipped} skipped, {failed} refused',
        },
        result as unknown as Record<string, number>,
      ),
    )
    if (result.dryRun)
      terminal.say(terminal.t({ 'zh-CN': '只是试导入，没有写入任何数据', en: 'This was a trial: nothing was written' }))
  }
  if (job.problem) terminal.say(job.problem.message)
  return job.state === 'done' && (result?.failed ?? 0) === 0 ? 0 : 1
}
