import { type Client, createClient } from '@tenon/runtime/contract'
import { operatorKey } from '../server/auth/operator.ts'
import { readConfig } from '../server/config.ts'
import { lockHolder, takeLock } from '../server/lock.ts'
import type { Terminal } from './terminal.ts'

type Connection = { readonly client: Client; close(): Promise<void> }

/**
 * The product as the operator of this machine: the running server over HTTP, or the same application built in this
 * process when no server runs. Commands cannot tell the difference.
 */
async function openConnection(
  terminal: Terminal,
  options: { readonly as?: string | undefined } = {},
): Promise<Connection> {
  const config = readConfig(terminal.env)
  const key = operatorKey(config.dataFolder)
  const common = { token: key, locale: () => terminal.locale, ...(options.as !== undefined && { as: options.as }) }
  const url = lockHolder(config.dataFolder)?.url
  if (url !== undefined) return { client: createClient({ ...common, baseUrl: url }), close: async () => {} }

  const lock = config.databaseUrl.startsWith('sqlite:') ? takeLock(config.dataFolder) : undefined
  const { buildApp, openPorts } = await import('../server/app.ts')
  const app = await buildApp(config, await openPorts(config))
  const close = async () => {
    await app.close()
    lock?.release()
  }
  return { client: createClient({ ...common, fetch: app.fetch }), close }
}

/** Does something over a connection and closes it, come what may. */
export async function withConnection<T>(
  terminal: Terminal,
  options: { readonly as?: string | undefined },
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const connection = await openConnection(terminal, options)
  try {
    return await work(connection.client)
  } finally {
    await connection.close()
  }
}
