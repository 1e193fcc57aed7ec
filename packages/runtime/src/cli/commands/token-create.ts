import { parseArgs } from 'node:util'
import { type CliCommand, UsageError } from '../command.ts'
import { withConnection } from '../connection.ts'

/** Makes an API token that acts as a person; its secret is printed once. */
export const tokenCreateCommand: CliCommand = {
  usage: 'token create --as USER [--name NAME] [--days N]',
  summary: { 'zh-CN': '为某人创建 API 令牌', en: 'make an API token for a person' },
  async run(args, terminal) {
    const { values } = parseArgs({
      args: [...args],
      options: { as: { type: 'string' }, name: { type: 'string' }, days: { type: 'string' } },
    })
    if (values.as === undefined) throw new UsageError('--as USER')
    const days = values.days === undefined ? undefined : Number(values.days)
    const created = await withConnection(terminal, { as: values.as }, (client) =>
      client.tokens.create({ name: values.name ?? 'CLI', ...(days !== undefined && { expiresInDays: days }) }),
    )
    terminal.out(created.secret)
    return 0
  },
}
