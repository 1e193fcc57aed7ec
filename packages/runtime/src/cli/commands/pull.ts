import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { writeAppFolder } from '../app-folder.ts'
import { type CliCommand, words } from '../command.ts'
import { withConnection } from '../connection.ts'
import { sayChanges, unpushed, writeMark } from '../folder-mark.ts'

/** Writes the published definitions of an app into a folder, as they are stored; not over what was never pushed. */
export const pullCommand: CliCommand = {
  usage: 'pull APP DIR [--over]',
  summary: { 'zh-CN': '把已发布的应用写到文件夹', en: 'write the published app into a folder' },
  async run(args, terminal) {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { over: { type: 'boolean' } },
    })
    const [app = '', name = ''] = words(positionals, 2)
    const folder = resolve(terminal.folder, name)
    const published = await withConnection(terminal, {}, (client) => client.design.get(app))
    const mine = values.over ? undefined : unpushed(folder, app, published.files)
    if (mine) {
      terminal.say(
        terminal.t({
          'zh-CN': '文件夹里有还没有发布的修改，没有覆盖：',
          en: 'The folder has changes that were not published; nothing was overwritten:',
        }),
      )
      sayChanges(terminal, published.files, mine)
      terminal.say(
        terminal.t({
          'zh-CN': '先发布它们，或拉取到另一个文件夹；加 --over 放弃这些修改',
          en: 'Push them first, or pull into another folder; --over gives them up',
        }),
      )
      return 1
    }
    const { written, removed } = writeAppFolder(folder, published.files)
    writeMark(folder, app, published.files)
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
