import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const built = 'packages/runtime/dist/serve/main.js'
const startWithinMs = 60_000

/** The real server as a process of its own, to be killed. */
export type ServerProcess = {
  readonly url: string
  /** The key of the machine's operator: acts as any person by `x-tenon-as`. */
  readonly key: string
  /** SIGKILL: no handler runs, nothing is flushed, nobody is told. Resolves when the process is gone. */
  kill(): Promise<void>
  /** SIGSTOP: it stands still, and knows nothing of that afterwards. */
  freeze(): void
  /** SIGCONT. */
  thaw(): void
}

const running = new Set<ChildProcess>()

/** For the end of a test, whatever became of it. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL')
}

/** Starts it on a database and a data folder that may be in whatever state the last kill left them. */
export async function startServer(
  databaseUrl: string,
  dataFolder: string,
  env: { readonly [name: string]: string } = {},
): Promise<ServerProcess> {
  // TENON_FROM_SOURCE=1 saves the build while working on the server.
  const program =
    process.env.TENON_FROM_SOURCE === '1'
      ? ['--import', 'tsx', '-C', '@tenon/source', 'packages/runtime/src/server/main.ts']
      : [built]
  if (program[0] === built && !existsSync(join(root, built))) throw new Error('the server is not built: npm run build')
  const child = spawn(process.execPath, program, {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      TENON_DATA: dataFolder,
      PORT: '0',
      TENON_LOG_LEVEL: 'error',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  running.add(child)
  child.once('exit', () => running.delete(child))
  const url = await listening(child)
  return {
    url,
    key: readFileSync(join(dataFolder, 'operator-key'), 'utf8').trim(),
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
  }
}

function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let log = ''
    const late = setTimeout(() => reject(new Error(`the server did not start in time: ${log}`)), startWithinMs)
    const settled = (done: () => void) => {
      clearTimeout(late)
      done()
    }
    child.once('exit', (code, signal) =>
      settled(() => reject(new Error(`the server ended with ${code ?? signal}: ${log}`))),
    )
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-4000)
      const url = /^Tenon: (\S+)$/m.exec(log)?.[1]
      if (url !== undefined) settled(() => resolve(url))
    })
  })
}
