import { ok, resolveText } from '@tenon/engine'
import type { App, Ports } from './app.ts'
import { demoPassword, demoSetting } from './auth/session-doors.ts'
import type { Config } from './config.ts'
import { installDemo } from './demo/install-demo.ts'

const by = { kind: 'system', reason: 'demo' } as const
/** Set while the demo is being installed: what is found with it at a start is half a demo. */
const unfinished = 'demo_unfinished'

/** On an empty database with TENON_DEMO=1: the after-sales template, its sample data and its people. Else nothing. */
export async function installOnFirstStart(app: App, config: Config, say: (text: string) => void): Promise<void> {
  const { ports, doors } = app
  if (await readSetting(ports, unfinished)) {
    say(
      `  演示数据未安装完整：请停止服务，删除 ${config.dataFolder} 后重新启动 / the demo data is incomplete: stop, remove ${config.dataFolder} and start again`,
    )
    return
  }
  if (!config.demo || !(await doors.sessions.setupNeeded())) return
  await writeSetting(ports, unfinished, '1')
  await installDemo(ports, say)
  await writeSetting(ports, demoSetting, JSON.stringify(await demoPeople(ports)))
  await writeSetting(ports, unfinished, undefined)
}

/** Everybody of the sample with what they do, in the order of the sample. */
async function demoPeople({ store, memory }: Ports): Promise<readonly { username: string; title: string }[]> {
  const { organisation, apps } = await memory.inside(store.read)
  const titleOf = (grant: { readonly app: string; readonly role: string }) =>
    resolveText(apps.app(grant.app)?.model.definition.roles.find((role) => role.id === grant.role)?.label, 'zh-CN')
  const people = [...organisation.everybody()].sort((a, b) => (a.id < b.id ? -1 : 1))
  return people.map((person) => ({
    username: person.username,
    title:
      [...new Set(person.grants.map(titleOf))].filter((title) => title !== '').join('、') ||
      (person.admin ? '管理员' : ''),
  }))
}

async function readSetting({ store }: Ports, name: string): Promise<string | undefined> {
  return (await store.read.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst())?.value
}

async function writeSetting({ executor }: Ports, name: string, value: string | undefined): Promise<void> {
  await executor.perform(by, async ({ tx }) => {
    await tx.deleteFrom('settings').where('name', '=', name).execute()
    if (value !== undefined) await tx.insertInto('settings').values({ name, value }).execute()
    return ok(undefined)
  })
}

/** How to sign in, printed while there are demo people; what to do when there is nobody. */
export async function signInHints(app: App, url: string, say: (text: string) => void): Promise<void> {
  const { sessions } = app.doors
  if (await sessions.setupNeeded())
    say(`  还没有管理员，请打开 ${url} 完成设置 / no administrator yet: open ${url} and make the first one`)
  const demo = await sessions.demoPeople()
  if (demo)
    say(
      `  演示账号 / demo sign-ins: ${demo.people.map((person) => person.username).join(', ')}\n  密码 / password: ${demoPassword}`,
    )
}
