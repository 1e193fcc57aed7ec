import { createWriteStream } from 'node:fs'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { type CliCommand, CliError, words } from '../command.ts'
import { withConnection } from '../connection.ts'

/** Writes the records of a form into a CSV or XLSX file, by the file's ending. */
export const exportCommand: CliCommand = {
  usage: 'export APP FORM FILE [--where JSON] [--sort FIELDS] [--fields FIELDS] [--as USER]',
  summary: { 'zh-CN': '把记录导出为 CSV 或 XLSX', en: 'export records as CSV or XLSX' },
  async run(args, terminal) {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        where: { type: 'string' },
        sort: { type: 'string' },
        fields: { type: 'string' },
        as: { type: 'string' },
      },
    })
    const [app = '', form = '', file = ''] = words(positionals, 3)
    const { as, ...query } = values
    const format = file.toLowerCase().endsWith('.xlsx') ? 'xlsx' : 'csv'
    return withConnection(terminal, { as }, async (client) => {
      const response = await client.requester.raw('GET', `/api/apps/${app.replaceAll('-', '_')}/forms/${form}/export`, {
        query: { format, ...query },
      })
      if (!response.body) throw new CliError('empty')
      await pipeline(Readable.fromWeb(response.body as never), createWriteStream(resolve(terminal.folder, file)))
      terminal.say(file)
      return 0
    })
  },
}
