import { demoPassword } from './auth/session-doors.ts'
import type { App } from './app.ts'
import type { Config } from './config.ts'
import { installDemo } from './demo/install-demo.ts'

/** On an empty database with TENON_DEMO=1: the after-sales template, its sample data and its people. Else nothing. */
export async function installOnFirstStart(app: App, config: Config, say: (text: string) => void): Promise<void> {
  const { sessions } = app.doors
  if (config.demo && (await sessions.setupNeeded())) await installDemo(app.ports, say)
}

/** How to sign in, printed while there are demo people; what to do when there is nobody. */
export async function signInHints(app: App, url: string, say: (text: string) => void): Promise<void> {
  const { sessions } = app.doors
  if (await sessions.setupNeeded()) say(`  还没有管理员，请打开网页完成设置 / no administrator yet: open ${url} and make the first one`)
  const demo = await sessions.demoPeople()
  if (demo) say(`  演示账号 / demo sign-ins: ${demo.people.map((person) => person.username).join(', ')}\n  密码 / password: ${demoPassword}`)
}
