import { pathToFileURL } from 'node:url'
import { buildApp, openPorts } from './app.ts'
import { ConfigError, readConfig } from './config.ts'
import { installOnFirstStart, signInHints } from './first-start.ts'
import { Locked, takeLock } from './lock.ts'

const closeWithinMs = 15_000
const say = (text: string) => void process.stderr.write(`${text}\n`)

/** Starts the product and listens until a signal ends it; what is under way is finished first. */
export async function serve(env: Readonly<Record<string, string | undefined>>): Promise<void> {
  const config = readConfig(env)
  const embedded = config.databaseUrl.startsWith('sqlite:')
  const lock = embedded ? takeLock(config.dataFolder) : undefined
  try {
    const app = await buildApp(config, await openPorts(config))
    await installOnFirstStart(app, config, say)
    if (config.role !== 'worker') {
      const url = await app.http.listen({ port: config.port, host: config.host })
      lock?.announce(url)
      say(`Tenon: ${url}`)
      await signInHints(app, url, say)
    }
    let closing = false
    const close = () => {
      if (closing) return
      closing = true
      // A stream that does not end must not keep the process for ever.
      setTimeout(() => process.exit(1), closeWithinMs).unref()
      void app.close().then(() => {
        lock?.release()
        process.exit(0)
      })
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, close)
  } catch (error) {
    lock?.release()
    throw error
  }
}

/** The whole program: serves by the environment; what an operator can mend is said in one line. */
export function startProgram(): void {
  serve(process.env).catch((error: unknown) => {
    const isExpected =
      error instanceof ConfigError || error instanceof Locked || (error as { code?: unknown }).code === 'EADDRINUSE'
    say(`tenon: ${isExpected ? (error as Error).message : String((error as Error).stack ?? error)}`)
    process.exit(1)
  })
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) startProgram()
