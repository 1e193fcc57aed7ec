import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { type AppFile, newKey, type PublishPlan } from '@tenon/runtime/contract'
import { readAppFolder } from '../app-folder.ts'
import { canonicalFiles, saveFiles } from '../canonical-folder.ts'
import { appIdOf } from '../check-folder.ts'
import { type CliCommand, CliError, words } from '../command.ts'
import { withConnection } from '../connection.ts'
import { showProblems } from '../show-problems.ts'
import { type Terminal, table } from '../terminal.ts'

/** Publishes a folder: makes it canonical, shows the plan, asks where data is touched, and puts it live at once. */
export const pushCommand: CliCommand = {
  usage: 'push DIR [--yes] [--plan]',
  summary: { 'zh-CN': '显示发布计划并发布文件夹中的应用', en: 'show the plan and publish the app of a folder' },
  async run(args, terminal) {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { yes: { type: 'boolean', short: 'y' }, plan: { type: 'boolean' } },
    })
    const folder = resolve(terminal.folder, words(positionals, 1)[0] ?? '')
    const { files } = prepareFolder(folder, terminal)
    const app = appIdOf(files)
    if (app === '') throw new CliError(`${folder}/app.json: id ?`)
    return withConnection(terminal, {}, async (client) => {
      const plan = await client.design.plan(app, { files: [...files] })
      showPlan(plan, terminal)
      if (plan.problems.some((problem) => problem.severity === 'error')) return 1
      if (values.plan) return 0
      const asked = plan.steps.filter((step) => step.kind !== 'safe')
      if (asked.length > 0 && !values.yes && !(await agrees(plan, terminal))) return 1
      const published = await client.design.publish(
        app,
        {
          files: [...files],
          baseVersion: plan.fromVersion ?? 0,
          confirm: asked.map((step) => step.key),
        },
        { key: newKey() },
      )
      terminal.say(
        terminal.t(
          { 'zh-CN': '已发布：{app} 版本 {version}', en: 'Published: {app} version {version}' },
          { app, version: published.version },
        ),
      )
      return 0
    })
  },
}

/** The files of the folder after it has been rewritten to canonical text. */
export function prepareFolder(folder: string, terminal: Terminal): { readonly files: readonly AppFile[] } {
  const { files, ignored } = readAppFolder(folder)
  for (const path of ignored) terminal.say(terminal.t({ 'zh-CN': '忽略：{path}', en: 'Ignored: {path}' }, { path }))
  const canonical = canonicalFiles(files)
  saveFiles(folder, canonical.files, canonical.changed)
  for (const path of canonical.changed)
    terminal.say(terminal.t({ 'zh-CN': '已整理格式：{path}', en: 'Rewritten to canonical text: {path}' }, { path }))
  return { files: canonical.files }
}

const kindWords = {
  safe: { 'zh-CN': '安全', en: 'safe' },
  confirm: { 'zh-CN': '需确认', en: 'needs confirmation' },
  destructive: { 'zh-CN': '有破坏性', en: 'destructive' },
} as const

export function showPlan(plan: PublishPlan, terminal: Terminal): void {
  terminal.say(
    terminal.t(
      { 'zh-CN': '{app}：版本 {from} → {to}', en: '{app}: version {from} → {to}' },
      { app: plan.app, from: plan.fromVersion ?? '–', to: plan.toVersion },
    ),
  )
  for (const { path, change } of plan.changedFiles)
    terminal.say(`  ${{ added: '+', changed: '~', removed: '-' }[change]} ${path}`)
  const affected = (count: number | null) =>
    count === null ? '' : terminal.t({ 'zh-CN': '{count} 条记录', en: '{count} records' }, { count })
  if (plan.steps.length > 0)
    terminal.say(
      table(plan.steps.map((step) => ['  ', terminal.t(kindWords[step.kind]), step.what, affected(step.affected)])),
    )
  if (plan.changedFiles.length === 0 && plan.steps.length === 0)
    terminal.say(terminal.t({ 'zh-CN': '  没有变化', en: '  nothing changes' }))
  for (const { flow, count } of plan.runningInstances) {
    terminal.say(
      terminal.t(
        {
          'zh-CN': '  {flow}：{count} 个办理中的实例保持原版本',
          en: '  {flow}: {count} running instances keep their version',
        },
        { flow, count },
      ),
    )
  }
  showProblems(plan.problems, terminal)
}

async function agrees(plan: PublishPlan, terminal: Terminal): Promise<boolean> {
  if (!process.stdin.isTTY) {
    terminal.say(
      terminal.t({ 'zh-CN': '有需要确认的步骤：加 --yes 确认', en: 'Some steps need confirmation: add --yes' }),
    )
    return false
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  const isDestructive = plan.steps.some((step) => step.kind === 'destructive')
  const question = isDestructive
    ? terminal.t(
        { 'zh-CN': '输入应用标识 {app} 以确认：', en: 'Type the app id {app} to confirm: ' },
        { app: plan.app },
      )
    : terminal.t({ 'zh-CN': '继续？[y/N] ', en: 'Go on? [y/N] ' })
  const answer = (await lines.question(question)).trim()
  lines.close()
  return isDestructive ? answer === plan.app : /^(y|yes|是)$/i.test(answer)
}
