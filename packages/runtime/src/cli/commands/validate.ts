import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readAppFolder } from '../app-folder.ts'
import { canonicalFiles, saveFiles } from '../canonical-folder.ts'
import { checkFolder } from '../check-folder.ts'
import { type CliCommand, words } from '../command.ts'
import { showProblems } from '../show-problems.ts'

/** Checks a folder of definitions without a server or a database. Exit code 1 when there is an error. */
export const validateCommand: CliCommand = {
  usage: 'validate DIR [--fix]',
  summary: {
    'zh-CN': '检查应用文件夹；--fix 整理为规范格式',
    en: 'check an app folder; --fix rewrites it to canonical text',
  },
  async run(args, terminal) {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { fix: { type: 'boolean' } },
    })
    const folder = resolve(terminal.folder, words(positionals, 1)[0] ?? '')
    const { files, ignored } = readAppFolder(folder)
    for (const path of ignored) terminal.say(terminal.t({ 'zh-CN': '忽略：{path}', en: 'Ignored: {path}' }, { path }))
    const canonical = canonicalFiles(files)
    if (values.fix) saveFiles(folder, canonical.files, canonical.changed)
    for (const path of canonical.changed) {
      terminal.say(
        terminal.t(
          values.fix
            ? { 'zh-CN': '已整理：{path}', en: 'Rewritten: {path}' }
            : { 'zh-CN': '格式不规范：{path}', en: 'Not canonical text: {path}' },
          { path },
        ),
      )
    }
    const { problems } = checkFolder(canonical.files, terminal.locale)
    showProblems(problems, terminal)
    const isGood = problems.every((problem) => problem.severity !== 'error')
    if (isGood)
      terminal.say(
        terminal.t({ 'zh-CN': '{count} 个文件，没有错误', en: '{count} files, no errors' }, { count: files.length }),
      )
    return isGood ? 0 : 1
  },
}
