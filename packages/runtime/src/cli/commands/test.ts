import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { resolveText, runScenario, type ScenarioDefinition } from '@tenon/engine'
import { readAppFolder } from '../app-folder.ts'
import { checkFolder } from '../check-folder.ts'
import { type CliCommand, words } from '../command.ts'
import { showProblems } from '../show-problems.ts'
import type { Terminal, Words } from '../terminal.ts'

/**
 * Runs the scenarios of an app folder on the bare engine with a virtual clock, and says of each what did not hold: at which
 * step, what was expected and what was there. Exit code 1 when one fails.
 */
export const testCommand: CliCommand = {
  usage: 'test DIR [SCENARIO…]',
  summary: { 'zh-CN': '运行应用的场景', en: 'run the scenarios of an app' },
  async run(args, terminal) {
    const [folder = '', ...wanted] = words(parseArgs({ args: [...args], allowPositionals: true }).positionals, 1, true)
    const { files } = readAppFolder(resolve(terminal.folder, folder))
    const { problems, app, metrics } = checkFolder(files, terminal.locale)
    if (!app) {
      showProblems(problems, terminal)
      return 1
    }
    const count = { passed: 0, failed: 0, future: 0 }
    for (const scenario of app.scenarios.values()) {
      if (wanted.length > 0 && !wanted.includes(scenario.id)) continue
      const report = await runScenario(app, scenario, new Map([[app.id, app]]), metrics)
      const result = report.passed ? 'passed' : scenario.future ? 'future' : 'failed'
      count[result] += 1
      const label = resolveText(scenario.label, terminal.locale)
      terminal.out(`${terminal.t(results[result])}  ${scenario.id}${label === '' ? '' : `  ${label}`}`)
      for (const { step, message } of report.failures)
        terminal.out(
          `    ${terminal.t(
            { 'zh-CN': '{step}：{message}', en: '{step}: {message}' },
            {
              step: stepWords(scenario.steps[step], step, terminal),
              message: resolveText(message, terminal.locale),
            },
          )}`,
        )
    }
    terminal.say(
      terminal.t(
        {
          'zh-CN': '{passed} 个通过，{failed} 个失败，{future} 个未来',
          en: '{passed} passed, {failed} failed, {future} future',
        },
        count,
      ),
    )
    return count.failed === 0 ? 0 : 1
  },
}

const results: { readonly [result in 'passed' | 'failed' | 'future']: Words } = {
  passed: { 'zh-CN': '通过', en: 'passed' },
  failed: { 'zh-CN': '失败', en: 'FAILED' },
  future: { 'zh-CN': '未来', en: 'future' },
}

/** `Step 3 (task.complete, agent1)`, counted as people do. */
function stepWords(step: ScenarioDefinition['steps'][number] | undefined, index: number, { t }: Terminal): string {
  if (step === undefined) return t({ 'zh-CN': '开始时', en: 'At the beginning' })
  const what =
    'do' in step
      ? `${step.do}, ${step.by}`
      : 'advance' in step
        ? step.advance
        : t({ 'zh-CN': '期望', en: 'expectation' })
  return t({ 'zh-CN': '第 {n} 步（{what}）', en: 'Step {n} ({what})' }, { n: index + 1, what })
}
