import { ApiProblem } from '@tenon/runtime/contract'
import { ConfigError } from '../server/config.ts'
import { Locked } from '../server/lock.ts'
import { CliError, UsageError } from './command.ts'
import { commands } from './commands/index.ts'
import type { Terminal } from './terminal.ts'

/** Carries out one call of the command line and gives the exit code; what went wrong has been said. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const found = findCommand(args)
  if (!found) {
    await help(terminal)
    return args.length === 0 || ['help', '--help', '-h'].includes(args[0] ?? '') ? 0 : 2
  }
  const command = await found.load()
  try {
    return await command.run(found.rest, terminal)
  } catch (error) {
    return explain(error, command.usage, terminal)
  }
}

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
  const isWrongUse =
    error instanceof UsageError ||
    (error instanceof TypeError && String((error as { code?: unknown }).code ?? '').startsWith('ERR_PARSE_ARGS'))
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
    terminal.say(
      terminal.t({
        'zh-CN': '数据目录正被另一个进程使用，请先停止它',
        en: 'Another process uses this data folder; stop it first',
      }),
    )
    return 1
  }
  if (error instanceof CliError || error instanceof ConfigError) {
    terminal.say(error.message)
    return 1
  }
  terminal.say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return 1
}
