import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { isObject, resolveText } from '@tenon/engine'
import type { QueryAnswer } from '@tenon/runtime/contract'
import { type CliCommand, CliError, words } from '../command.ts'
import { withConnection } from '../connection.ts'
import { table } from '../terminal.ts'

/** Asks one report query and prints the answer: JSON for programs, a table for people. */
export const queryCommand: CliCommand = {
  usage: 'query APP FILE [--as USER] [--table]',
  summary: { 'zh-CN': '执行一个报表查询', en: 'ask one report query' },
  async run(args, terminal) {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { as: { type: 'string' }, table: { type: 'boolean' } },
    })
    const [app = '', file = ''] = words(positionals, 2)
    const query = readQuery(file === '-' ? 0 : resolve(terminal.folder, file))
    const answer = await withConnection(terminal, { as: values.as }, (client) =>
      client.apps.query(app.replaceAll('-', '_'), query),
    )
    terminal.out(values.table ? asTable(answer, terminal.locale) : JSON.stringify(answer, null, 2))
    return 0
  },
}

/** The query itself, or `{"query": …}` as the HTTP body has it. */
function readQuery(source: string | 0): object {
  let json: unknown
  try {
    json = JSON.parse(readFileSync(source, 'utf8'))
  } catch (cause) {
    throw new CliError(`${source}: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
  if (!isObject(json)) throw new CliError(`${source}: { … }`)
  return isObject(json.query) ? json.query : json
}

function asTable(answer: QueryAnswer, locale: string): string {
  const shown = (cell: unknown) => {
    const ref = typeof cell === 'string' ? answer.refs?.[cell] : undefined
    return ref === undefined ? String(cell ?? '') : 'title' in ref ? ref.title : ref.name
  }
  return table([
    answer.columns.map((column) => resolveText(column.label, locale)),
    ...answer.rows.map((row) => row.map(shown)),
  ])
}
