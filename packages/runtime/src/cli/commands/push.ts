import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { type AppFile, type AppFiles, newKey, type PublishPlan } from '@tenon/runtime/contract'
import { readAppFolder } from '../app-folder.ts'
import { canonicalFiles, saveFiles } from '../canonical-folder.ts'
import { appIdOf } from '../check-folder.ts'
import { type CliCommand, CliError, words } from '../command.ts'
import { withConnection } from '../connection.ts'
import { publishedSince, sayChanges, writeMark } from '../folder-mark.ts'
import { showProblems } from '../show-problems.ts'
import { type Terminal, table } from '../terminal.ts'

/** Publishes a folder: makes it canonical, shows the plan, asks where data is touched, and puts it live at once. */
export const pushCommand: CliCommand = {
  usage: 'push DIR [--yes] [--plan] [--over] [--instances keep|move|park]',
  summary: { 'zh-CN': '显示发布计划并发布文件夹中的应用', en: 'show the plan and publish the app of a folder' },
  async run(args, terminal) {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        yes: { type: 'boolean', short: 'y' },
        plan: { type: 'boolean' },
        over: { type: 'boolean' },
        instances: { type: 'string' },
      },
    })
    const folder = resolve(terminal.folder, words(positionals, 1)[0] ?? '')
    const { files } = prepareFolder(folder, terminal)
    const app = appIdOf(files)
    if (app === '')
      throw new CliError(
        {
          'zh-CN': '{folder}/app.json 不能读取，或没有写应用的标识 id',
          en: '{folder}/app.json cannot be read, or has no app id',
        },
        { folder },
      )
    return withConnection(terminal, {}, async (client) => {
      const flows = files.flatMap(({ path }) => /^flows\/(\w+)\.json$/.exec(path)?.[1] ?? [])
      const instances = choicesFor(flows, values.instances)
      const plan = await client.design.plan(app, { files: [...files], ...instances })
      showPlan(plan, terminal)
      if (plan.problems.some((problem) => problem.severity === 'error')) return 1
      const since = await publishedSince(client, folder, app, files)
      if (since) {
        sayOutOfDate(terminal, since.version)
        sayChanges(terminal, files, since.files)
      }
      if (values.plan) return 0
      if (since && !values.over) return 1
      const asked = plan.steps.filter((step) => step.kind !== 'safe')
      if (asked.length > 0 && !values.yes && !(await agrees(plan, terminal))) return 1
      const published = await client.design.publish(
        app,
        {
          files: [...files],
          baseVersion: plan.fromVersion ?? 0,
          confirm: asked.map((step) => step.key),
          ...instances,
        },
        { key: newKey() },
      )
      writeMark(folder, app, files)
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

function sayOutOfDate(terminal: Terminal, version: number): void {
  terminal.say(
    terminal.t(
      {
        'zh-CN':
          '这个文件夹拉取之后，又发布了版本 {version}。推送会取消其中的下列内容；请先拉取到另一个文件夹合并，或加 --over 仍要推送：',
        en: 'Version {version} was published since this folder was pulled. Pushing takes away what follows; pull into another folder and merge first, or push with --over:',
      },
      { version },
    ),
  )
}

/** One choice for the running instances of every flow; none: they finish on their version. */
function choicesFor(flows: readonly string[], choice: string | undefined): Pick<AppFiles, 'instances'> {
  if (choice === undefined) return {}
  if (choice !== 'keep' && choice !== 'move' && choice !== 'park') throw new CliError(`--instances ${choice} ?`)
  return { instances: { choices: flows.map((flow) => ({ flow, choice })) } }
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
  showInstances(plan, terminal)
  showProblems(plan.problems, terminal)
}

function showInstances({ instances, runningInstances }: PublishPlan, terminal: Terminal): void {
  const changed = new Set(instances.standings.map(({ flow }) => flow))
  for (const { flow, count } of runningInstances.filter((one) => !changed.has(one.flow)))
    terminal.say(
      terminal.t(
        { 'zh-CN': '  {flow}：{count} 个办理中，流程不变', en: '  {flow}: {count} running, the flow is unchanged' },
        { flow, count },
      ),
    )
  for (const { flowLabel, version, nodeLabel, count, movable, blocked } of instances.standings) {
    terminal.say(
      terminal.t(
        {
          'zh-CN': '  {flow}（版本 {version}）停在“{node}”：{count} 个，其中 {movable} 个可转到新版本',
          en: '  {flow} (version {version}) at "{node}": {count}, of which {movable} can move',
        },
        { flow: flowLabel, version: version ?? '–', node: nodeLabel, count, movable },
      ),
    )
    for (const { message, count: stuck } of blocked) terminal.say(`      ${message} (${stuck})`)
  }
  const { keep, move, park, blocked } = instances.outcome
  if (instances.standings.length > 0)
    terminal.say(
      terminal.t(
        {
          'zh-CN': '  留在原版本 {keep} 个，转到新版本 {move} 个，待人处理 {park} 个',
          en: '  {keep} stay on their version, {move} move, {park} wait for a decision',
        },
        { keep, move, park: park + blocked },
      ),
    )
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
