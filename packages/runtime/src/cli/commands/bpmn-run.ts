import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { isObject, renderProblem } from '@tenon/engine'
import { type RunInput, runBpmn } from '@tenon/engine/bpmn'
import { type CliCommand, CliError, words } from '../command.ts'

const inputNames = new Set(['process', 'variables', 'answers', 'messages', 'signals'])

/**
 * Runs a BPMN file on the bare engine with a virtual clock that begins at 1970: one JSON object per line for each element
 * entered and left. The input is `{"variables", "answers", "messages", "signals", "process"}`, or just the variables.
 */
export const bpmnRunCommand: CliCommand = {
  usage: 'bpmn-run FILE [--input JSON | --input @FILE]',
  summary: {
    'zh-CN': '在纯引擎上运行 BPMN 文件并输出轨迹（每行一个 JSON）',
    en: 'run a BPMN file on the bare engine and print its trace (JSON lines)',
  },
  async run(args, terminal) {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { input: { type: 'string' } },
    })
    const file = words(positionals, 1)[0] ?? ''
    const read = (path: string) => readText(path === '-' ? 0 : resolve(terminal.folder, path))
    const given = values.input?.startsWith('@') ? read(values.input.slice(1)) : values.input
    const done = await runBpmn(read(file), inputOf(given))
    if (!done.ok) throw new CliError(done.error.map((problem) => renderProblem(problem, terminal.locale)).join('\n'))
    for (const line of done.value) terminal.out(JSON.stringify(line))
    return 0
  },
}

function readText(path: string | 0): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new CliError(cause instanceof Error ? cause.message : String(cause))
  }
}

function inputOf(given: string | undefined): RunInput {
  if (given === undefined) return {}
  let input: unknown
  try {
    input = JSON.parse(given)
  } catch (cause) {
    throw new CliError(`--input: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
  if (!isObject(input)) throw new CliError('--input: { … }')
  const isWhole = Object.keys(input).length > 0 && Object.keys(input).every((name) => inputNames.has(name))
  return (isWhole ? input : { variables: input }) as RunInput
}
