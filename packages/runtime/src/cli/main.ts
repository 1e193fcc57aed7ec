#!/usr/bin/env node
import { ApiProblem } from '@tenon/runtime/contract'
import { ConfigError } from '../server/config.ts'
import { Locked } from '../server/lock.ts'
import { CliError, UsageError } from './command.ts'
import { commands } from './commands/index.ts'
import { createTerminal, type Terminal } from './terminal.ts'

// npm changes into the package's folder; people mean paths relative to where they typed.
const terminal = createTerminal(process.env, process.env['INIT_CWD'] ?? process.cwd())
process.exitCode = await run(process.argv.slice(2), terminal)

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const found = findCommand(args)
  if (!found) {
    help(terminal)
    return args.length === 0 || ['help', '--help', '-h'].includes(args[0] ?? '') ? 0 : 2
  }
  try {
    return await found.command.run(found.rest, terminal)
  } catch (error) {
    return explain(error, found.command.usage, terminal)
  }
}

/** `user add …` before `user …`: the longest name that fits. */
function findCommand(args: readonly string[]) {
  for (const length of [2, 1]) {
    const name = args.slice(0, length).join(' ')
    const command = commands.get(name)
    if (command && args.length >= length) return { command, rest: args.slice(length) }
  }
  return undefined
}

function help(terminal: Terminal): void {
  terminal.say(terminal.t({ 'zh-CN': '用法：npm run tenon -- <命令>', en: 'Usage: npm run tenon -- <command>' }))
  for (const command of commands.values()) terminal.say(`  ${command.usage}\n      ${terminal.t(command.summary)}`)
}

function explain(error: unknown, usage: string, terminal: Terminal): number {
  const isWrongUse = error instanceof UsageError || (error instanceof TypeError && String((error as { code?: unknown }).code ?? '').startsWith('ERR_PARSE_ARGS'))
  if (isWrongUse) {
    if (error.message !== '') terminal.say(error.message)
    terminal.say(terminal.t({ 'zh-CN': '用法：{usage}', en: 'Usage: {usage}' }, { usage }))
    return 2
  }
  if (error instanceof ApiProblem) {
    terminal.say(error.message)
    for (const one of error.problem.errors ?? []) terminal.say(`  ${one.path}  ${one.message}`)
    return 1
  }
  if (error instanceof Locked) {
    terminal.say(terminal.t({ 'zh-CN': '数据目录正被另一个进程使用，请先停止它', en: 'Another process uses this data folder; stop it first' }))
    return 1
  }
  if (error instanceof CliError || error instanceof ConfigError) {
    terminal.say(error.message)
    return 1
  }
  terminal.say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return 1
}
