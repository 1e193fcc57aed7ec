import { spawnSync } from 'node:child_process'
import { CliError } from './command.ts'
import type { Terminal } from './terminal.ts'

/** Runs a program of PostgreSQL's client; throws in a line what it says when it fails. */
export function postgresTool(terminal: Terminal, name: string, args: readonly string[]): void {
  const { error, status, stderr } = spawnSync(name, args, {
    encoding: 'utf8',
    env: { ...process.env, PATH: terminal.env.PATH ?? process.env.PATH },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  if (error)
    throw new CliError(
      terminal.t(
        {
          'zh-CN': '找不到 {name}：请安装与服务器同版本的 PostgreSQL 客户端',
          en: "{name} is missing: install the PostgreSQL client of the server's version",
        },
        { name },
      ),
    )
  if (status !== 0) throw new CliError(`${name}: ${stderr.trim()}`)
}
