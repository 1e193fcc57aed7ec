import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { tellChanges } from '@tenon/engine'
import type { AppFile } from '@tenon/runtime/contract'
import { documentOf } from '../../server/commands/app/draft-files.ts'
import { allKinds } from '../../server/commands/app/publish.ts'
import { fileFromWire } from '../../server/doors/design-views.ts'
import { bytesOf, readAppFolder } from '../app-folder.ts'
import { canonicalFiles } from '../canonical-folder.ts'
import { appIdOf } from '../check-folder.ts'
import { type CliCommand, words } from '../command.ts'
import { withConnection } from '../connection.ts'
import { lineDiff } from '../line-diff.ts'

/** Shows how a folder differs from what is published: in words, then line by line. Exit code 1 when it does. */
export const diffCommand: CliCommand = {
  usage: 'diff DIR [--words]',
  summary: { 'zh-CN': '比较文件夹与已发布的版本', en: 'compare a folder with what is published' },
  async run(args, terminal) {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { words: { type: 'boolean' } },
    })
    const folder = resolve(terminal.folder, words(positionals, 1)[0] ?? '')
    const { files } = canonicalFiles(readAppFolder(folder).files)
    const published = await withConnection(terminal, {}, (client) => client.design.get(appIdOf(files)))
    const here = new Map(files.map((file) => [file.path, bytesOf(file)]))
    const there = new Map(published.files.map((file) => [file.path, bytesOf(file)]))
    const stored = (all: readonly AppFile[]) => documentOf(all.map(fileFromWire))
    for (const change of tellChanges(stored(published.files), stored(files), allKinds, terminal.locale))
      terminal.out(`${change.file}: ${change.text}`)
    let differences = 0
    for (const path of [...new Set([...here.keys(), ...there.keys()])].sort()) {
      const [mine, theirs] = [here.get(path), there.get(path)]
      if (mine && theirs && mine.equals(theirs)) continue
      differences += 1
      if (values.words) continue
      terminal.out(`--- ${path}${theirs ? '' : ' (-)'}\n+++ ${path}${mine ? '' : ' (-)'}`)
      for (const line of lineDiff(theirs?.toString('utf8') ?? '', mine?.toString('utf8') ?? '')) terminal.out(line)
    }
    terminal.say(
      terminal.t(
        {
          'zh-CN': '与版本 {version} 相比：{differences} 个文件不同',
          en: 'Compared with version {version}: {differences} files differ',
        },
        { version: published.version, differences },
      ),
    )
    return differences === 0 ? 0 : 1
  },
}
