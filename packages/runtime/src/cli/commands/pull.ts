import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { writeAppFolder } from '../app-folder.ts'
import { type CliCommand, words } from '../command.ts'
import { withConnection } from '../connection.ts'

/** Writes the published definitions of an app into a folder, as they are stored. */
export const pullCommand: CliCommand = {
  usage: 'pull APP DIR',
  summary: { 'zh-CN': '把已发布的应用写到文件夹', en: 'write the published app into a folder' },
  async run(args, terminal) {
    const [app = '', folder = ''] = words(parseArgs({ args: [...args], allowPositionals: true }).positionals, 2)
    const published = await withConnection(terminal, {}, (client) => client.design.get(app))
    const { written, removed } = writeAppFolder(resolve(terminal.folder, folder), published.files)
    terminal.say(
      terminal.t(
        {
          'zh-CN': '{app} 版本 {version}：写入 {written} 个文件，删除 {removed} 个',
          en: '{app} version {version}: {written} files written, {removed} removed',
        },
        { app: published.app, version: published.version, written, removed },
      ),
    )
    return 0
  },
}
