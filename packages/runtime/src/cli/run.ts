import { ApiProblem } from '@tenon/runtime/contract'
import { ConfigError } from '../server/config.ts'
import { Locked } from '../server/lock.ts'
import { CliError, UsageError } from './command.ts'
import { commands } from './commands/index.ts'
import type { Terminal, Words } from './terminal.ts'

/** Carries out one call of the command line and gives the exit code; what went wrong has been said. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const asksHelp = args.length === 0 || args[0] === 'help' || own(args).some((word) => helpWords.has(word))
  const named = args[0] === 'help' ? args.slice(1) : args.filter((word) => !helpWords.has(word))
  const found = findCommand(named)
  if (!found) {
    if (named.length > 0)
      terminal.say(
        terminal.t({ 'zh-CN': '没有命令“{name}”', en: 'There is no command "{name}"' }, { name: named[0] ?? '' }),
      )
    await help(terminal)
    return named.length === 0 ? 0 : 2
  }
  const command = await found.load()
  if (asksHelp) {
    terminal.say(`${terminal.t(command.summary)}\n${usageLine(command.usage, terminal)}`)
    return 0
  }
  try {
    return await command.run(found.rest, terminal)
  } catch (error) {
    return explain(error, command.usage, terminal)
  }
}

const helpWords: ReadonlySet<string> = new Set(['--help', '-h'])
/** The words before `--`: those behind it are names, whatever they look like. */
const own = (args: readonly string[]) => (args.includes('--') ? args.slice(0, args.indexOf('--')) : args)
const usageLine = (usage: string, terminal: Terminal): string =>
  terminal.t({ 'zh-CN': '用法：{usage}', en: 'Usage: {usage}' }, { usage })

/** `user add …` before `user …`: the longest name that fits. */
function findCommand(args: readonly string[]) {
  for (const length of [2, 1]) {
    const load = commands.get(args.slice(0, length).join(' '))
    if (load && args.length >= length) return { load, rest: args.slice(length) }
  }
  return undefined
}

async function help(terminal: Terminal): Promise<void> {
  terminal.say(terminal.t({ 'zh-CN': '用法：npm run tenon -- <命令>', en: 'Usage: npm run tenon -- <command>' }))
  for (const load of commands.values()) {
    const { usage, summary } = await load()
    terminal.say(`  ${usage}\n      ${terminal.t(summary)}`)
  }
}

function explain(error: unknown, usage: string, terminal: Terminal): number {
  const wrongUse = error instanceof UsageError ? error.message : wrongOption(error, terminal)
  if (wrongUse !== undefined) {
    if (wrongUse !== '') terminal.say(wrongUse)
    terminal.say(usageLine(usage, terminal))
    return 2
  }
  if (error instanceof ApiProblem) {
    terminal.say(error.message)
    for (const one of error.problem.errors ?? []) terminal.say(`  ${one.path}  ${one.message}`)
    return 1
  }
  if (error instanceof Locked) {
    terminal.say(
      terminal.t({
        'zh-CN': '数据目录正被另一个进程使用，请先停止它',
        en: 'Another process uses this data folder; stop it first',
      }),
    )
    return 1
  }
  terminal.say(mendable(error, terminal) ?? (error instanceof Error ? (error.stack ?? error.message) : String(error)))
  return 1
}

/** What is said of something that the person can mend; undefined for a bug, whose stack is worth showing. */
function mendable(error: unknown, terminal: Terminal): string | undefined {
  if (error instanceof CliError) return terminal.t(error.words, error.values)
  if (error instanceof ConfigError) return error.message
  const { code = '', path = '' } = error instanceof Error ? (error as NodeJS.ErrnoException) : {}
  const words = Object.hasOwn(fileWords, code) ? fileWords[code] : undefined
  return words && (path !== '' || !words.en.includes('{path}')) ? terminal.t(words, { path }) : undefined
}

const fileWords: { readonly [code: string]: Words } = {
  ENOENT: { 'zh-CN': '没有文件或文件夹 {path}', en: 'There is no file or folder {path}' },
  ENOTDIR: { 'zh-CN': '{path} 不是文件夹', en: '{path} is not a folder' },
  EISDIR: { 'zh-CN': '这里要的是文件，给出的是文件夹', en: 'A file is needed here, and this is a folder' },
  EACCES: { 'zh-CN': '没有权限访问 {path}', en: 'No permission to access {path}' },
  EPERM: { 'zh-CN': '没有权限访问 {path}', en: 'No permission to access {path}' },
  ENOSPC: { 'zh-CN': '磁盘已满', en: 'The disk is full' },
}

/** An option that the command does not have, or has otherwise; undefined for any other error. */
function wrongOption(error: unknown, terminal: Terminal): string | undefined {
  const code = error instanceof TypeError ? String((error as { code?: unknown }).code ?? '') : ''
  if (!code.startsWith('ERR_PARSE_ARGS')) return undefined
  const name = /'(-[^' ]+)/.exec((error as TypeError).message)?.[1]
  if (name === undefined) return ''
  return code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION'
    ? terminal.t({ 'zh-CN': '没有选项 {name}', en: 'There is no option {name}' }, { name })
    : terminal.t({ 'zh-CN': '选项 {name} 的值不对', en: 'The option {name} is given wrongly' }, { name })
}
