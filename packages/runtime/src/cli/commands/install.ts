import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { resolveText } from '@tenon/engine'
import { ApiProblem, type Client, type ImportedZip, newKey } from '@tenon/runtime/contract'
import { unpackApp } from '../../server/archive/app-archive.ts'
import { appIdOf } from '../check-folder.ts'
import { type CliCommand, words } from '../command.ts'
import { withConnection } from '../connection.ts'
import { showProblems } from '../show-problems.ts'
import type { Terminal } from '../terminal.ts'

/**
 * Brings an app from a ZIP: a new one into its draft, one that is there as an upgrade, merged three ways. Shows what
 * would change; `--publish` puts a new app live.
 */
export const installCommand: CliCommand = {
  usage: 'install FILE.zip [--app ID] [--sample] [--replace] [--dry-run] [--publish]',
  summary: { 'zh-CN': '从 ZIP 安装或升级应用（先进入草稿）', en: 'install or upgrade an app from a ZIP, into a draft' },
  async run(args, terminal) {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        app: { type: 'string' },
        sample: { type: 'boolean' },
        replace: { type: 'boolean' },
        'dry-run': { type: 'boolean' },
        publish: { type: 'boolean' },
      },
    })
    const bytes = readFileSync(resolve(terminal.folder, words(positionals, 1)[0] ?? ''))
    const unpacked = unpackApp(bytes)
    const app = values.app ?? (unpacked.ok ? appIdOf(unpacked.value) : 'app')
    return withConnection(terminal, {}, async (client) => {
      const imported = await bring(client, app, new Blob([bytes]), {
        dryRun: values['dry-run'] === true,
        sample: values.sample === true,
        mode: values.replace ? 'replace' : 'upgrade',
      })
      if ('errors' in imported) return refuse(imported, terminal)
      show(imported, terminal)
      const isRight = imported.problems.every((problem) => problem.severity !== 'error')
      if (!values.publish || imported.revision === null) return isRight ? 0 : 1
      if (!isRight || imported.mode !== 'new') return 1
      const { version } = await client.design.publish(app, { draft: imported.draft }, { key: newKey() })
      const words = { 'zh-CN': '已发布：{app} 版本 {version}', en: 'Published: {app} version {version}' }
      terminal.say(terminal.t(words, { app, version }))
      return 0
    })
  },
}

type Refused = { readonly errors: readonly { readonly path: string; readonly message: string }[] }

async function bring(
  client: Client,
  app: string,
  file: Blob,
  options: Parameters<Client['design']['importZip']>[2],
): Promise<ImportedZip | Refused> {
  try {
    return await client.design.importZip(app, file, options)
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.errors) return { errors: error.problem.errors }
    throw error
  }
}

function refuse({ errors }: Refused, terminal: Terminal): number {
  for (const { path, message } of errors)
    terminal.say(`${path.slice(1).replaceAll('~1', '/').replaceAll('~0', '~')}  ${message}`)
  return 1
}

const modes = {
  new: { 'zh-CN': '新应用', en: 'new app' },
  upgrade: { 'zh-CN': '升级', en: 'upgrade' },
  replace: { 'zh-CN': '替换', en: 'replace' },
} as const

function show(imported: ImportedZip, terminal: Terminal): void {
  const { app, label, version, mode, draft, revision, changes, conflicts, sample } = imported
  terminal.say(`${resolveText(label, terminal.locale)} (${app}) ${version}: ${terminal.t(modes[mode])}`)
  for (const change of changes) terminal.say(`  ${change}`)
  for (const { text } of conflicts) terminal.say(`  ${terminal.t({ 'zh-CN': '冲突', en: 'conflict' })}  ${text}`)
  for (const { file, rows } of sample) terminal.say(`  ${file}  ${rows ?? '?'}`)
  for (const { name, places } of imported.needs.secrets.filter(({ origin }) => origin === null))
    terminal.say(
      terminal.t(
        {
          'zh-CN': '  此处还没有密钥“{name}”（{places}）',
          en: '  the secret "{name}" is not stored here yet ({places})',
        },
        { name, places: places.join('; ') },
      ),
    )
  showProblems(imported.problems, terminal)
  terminal.say(
    revision === null
      ? terminal.t({ 'zh-CN': '试运行，未做任何更改', en: 'Dry run: nothing was changed' })
      : terminal.t({ 'zh-CN': '已进入草稿“{draft}”', en: 'It is in the draft "{draft}" now' }, { draft }),
  )
}
