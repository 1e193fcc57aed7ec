import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { runScenario } from '@tenon/engine'
import { readAppFolder } from '../app-folder.ts'
import { checkFolder } from '../check-folder.ts'
import { type CliCommand, words } from '../command.ts'
import { showProblems } from '../show-problems.ts'

/** Runs the scenarios of an app folder on the bare engine with a virtual clock. Exit code 1 when one fails. */
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
      terminal.out(`${{ passed: 'ok    ', failed: 'FAILED', future: 'future' }[result]} ${scenario.id}`)
      if (result === 'failed') for (const failure of report.failures) terminal.out(`       ${JSON.stringify(failure)}`)
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
