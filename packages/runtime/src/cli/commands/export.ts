import { createWriteStream, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { type CliCommand, CliError, words } from '../command.ts'
import { withConnection } from '../connection.ts'

/** Writes the records of a form into a CSV or XLSX file, by the file's ending; without a form the app itself as a ZIP. */
export const exportCommand: CliCommand = {
  usage:
    'export APP FORM FILE [--where JSON] [--sort FIELDS] [--fields FIELDS] [--as USER] | export APP FILE.zip [--version N] [--draft NAME] [--no-sample]',
  summary: {
    'zh-CN': '把记录导出为 CSV 或 XLSX，或把应用导出为 ZIP',
    en: 'export records as CSV or XLSX, or an app as ZIP',
  },
  async run(args, terminal) {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        where: { type: 'string' },
        sort: { type: 'string' },
        fields: { type: 'string' },
        as: { type: 'string' },
        version: { type: 'string' },
        draft: { type: 'string' },
        'no-sample': { type: 'boolean' },
      },
    })
    const { version, draft, 'no-sample': noSample, ...list } = values
    if (positionals.length === 2) {
      const [app = '', file = ''] = words(positionals, 2)
      if (!file.toLowerCase().endsWith('.zip')) throw new CliError(`${file}: .zip ?`)
      return withConnection(terminal, { as: values.as }, async (client) => {
        const query = {
          ...(version !== undefined && { version: Number(version) }),
          ...(draft !== undefined && { draft }),
          sample: noSample !== true,
        }
        const zip = await client.design.exportZip(app.replaceAll('-', '_'), query)
        writeFileSync(resolve(terminal.folder, file), Buffer.from(await zip.arrayBuffer()))
        terminal.say(file)
        return 0
      })
    }
    const [app = '', form = '', file = ''] = words(positionals, 3)
    const { as, ...query } = list
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
