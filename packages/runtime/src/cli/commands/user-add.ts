import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { type CliCommand, CliError, words } from '../command.ts'
import { withConnection } from '../connection.ts'

/** Adds a person. Without `--password` one is made up and printed once. The very first person becomes administrator. */
export const userAddCommand: CliCommand = {
  usage: 'user add USERNAME --name NAME [--password PASSWORD] [--admin] [--role APP/ROLE]…',
  summary: { 'zh-CN': '添加人员', en: 'add a person' },
  async run(args, terminal) {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        password: { type: 'string' },
        admin: { type: 'boolean' },
        role: { type: 'string', multiple: true },
      },
    })
    const [username = ''] = words(positionals, 1)
    const password = values.password ?? randomBytes(12).toString('base64url')
    const name = values.name ?? username
    const grants = (values.role ?? []).map((text) => {
      const [app = '', role] = text.split('/')
      if (role === undefined) throw new CliError(`--role ${text}: APP/ROLE`)
      return { app: app.replaceAll('-', '_'), role }
    })
    await withConnection(terminal, {}, async (client) => {
      const { setupNeeded } = await client.session.welcome()
      if (setupNeeded) await client.session.setup({ username, name, password, locale: terminal.locale })
      else
        await client.admin.createUser({
          username,
          name,
          password,
          admin: values.admin === true,
          grants,
          locale: terminal.locale,
        })
    })
    terminal.out(values.password === undefined ? `${username} ${password}` : username)
    return 0
  },
}
