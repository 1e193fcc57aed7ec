import { type CliCommand, words } from '../command.ts'

const start =
  (role: 'web' | 'worker' | undefined): CliCommand['run'] =>
  async (args, terminal) => {
    words(args, 0)
    const { serve } = await import('../../server/main.ts')
    await serve({ ...terminal.env, ...(role !== undefined && { TENON_ROLE: role }) })
    // The server ends by a signal; its own handler sets the exit code.
    return new Promise<number>(() => {})
  }

/** The server in the foreground, without demo data unless TENON_DEMO=1. */
export const serveCommand: CliCommand = {
  usage: 'serve',
  summary: { 'zh-CN': '启动服务', en: 'start the server' },
  run: start(undefined),
}

/** Only timers, messages and jobs, no pages: for a second process on PostgreSQL. */
export const workerCommand: CliCommand = {
  usage: 'worker',
  summary: { 'zh-CN': '只运行后台任务（PostgreSQL）', en: 'run background work only (PostgreSQL)' },
  run: start('worker'),
}
