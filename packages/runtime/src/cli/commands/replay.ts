import { parseArgs } from 'node:util'
import type { Replay, ReplayAnswer } from '@tenon/runtime/contract'
import { type CliCommand, CliError, words } from '../command.ts'
import { withConnection } from '../connection.ts'
import type { Terminal } from '../terminal.ts'

/** Plays what people did with the newest records through a draft and says what would have gone differently. Exit code 1 when something would. */
export const replayCommand: CliCommand = {
  usage: 'replay APP DRAFT --form FORM [--limit N] [--as USER] [--json]',
  summary: {
    'zh-CN': '用草稿重放最近的记录，列出会有哪些不同',
    en: 'play the newest records through a draft, list what would differ',
  },
  async run(args, terminal) {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        form: { type: 'string' },
        limit: { type: 'string' },
        as: { type: 'string' },
        json: { type: 'boolean' },
      },
    })
    const [app = '', draft = ''] = words(positionals, 2)
    const { form, limit } = values
    if (form === undefined) throw new CliError('--form FORM')
    const body: Replay = { draft, form, ...(limit === undefined ? {} : { limit: Number(limit) }) }
    const answer = await withConnection(terminal, { as: values.as }, async (client) => {
      const id = app.replaceAll('-', '_')
      const { items } = await client.design.drafts(id)
      // The server takes a draft nobody has edited for the live version: here that would say "no difference" of a typing error.
      if (draft !== 'main' && !items.some(({ name }) => name === draft))
        throw new CliError({ 'zh-CN': '没有草稿“{draft}”', en: 'There is no draft "{draft}"' }, { draft })
      return client.design.replay(id, body)
    })
    if (values.json) terminal.out(JSON.stringify(answer, null, 2))
    else for (const line of told(answer)) terminal.out(line)
    terminal.say(summary(answer, terminal))
    return answer.differing > 0 ? 1 : 0
  },
}

type Difference = ReplayAnswer['differences'][number]

const told = (answer: ReplayAnswer): readonly string[] =>
  answer.differences.flatMap((one) => [`${one.title} (${one.record})`, ...linesOf(one).map((line) => `  ${line}`)])

/** One line for each thing that is another: what it is, as it went, as it would have gone. */
function linesOf({ path, owners, clocks, rules, values, refused }: Difference): readonly string[] {
  const line = (what: string, before: unknown, after: unknown) => `${what}: ${said(before)} -> ${said(after)}`
  const way = (steps: readonly { readonly node: string }[]) => steps.map(({ node }) => node).join(' > ')
  return [
    ...(path ? [line('path', way(path.before), way(path.after))] : []),
    ...owners.map((one) => line(`owner ${one.node}`, one.before, one.after)),
    ...clocks.map((one) => line(`clock ${one.clock}`, one.before, one.after)),
    ...rules.map((one) => line(`rule ${one.rule}`, one.before, one.after)),
    ...values.map((one) => line(`value ${one.field}`, one.before, one.after)),
    ...refused.map((one) => `refused ${one.do} ${one.node ?? ''} ${one.by} ${one.at}: ${one.message}`),
  ]
}

const said = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null))

const summary = ({ records, differing, more }: ReplayAnswer, terminal: Terminal): string =>
  terminal.t(
    {
      'zh-CN': '重放了 {records} 条记录，{differing} 条会不同{more}',
      en: '{records} records played, {differing} would differ{more}',
    },
    {
      records,
      differing,
      more: more ? terminal.t({ 'zh-CN': '；还有更早的记录', en: '; there are older ones' }) : '',
    },
  )
