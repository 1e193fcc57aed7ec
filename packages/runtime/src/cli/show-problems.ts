import type { DesignProblem } from '@tenon/runtime/contract'
import type { Terminal } from './terminal.ts'

/** Each problem with its file and place, errors first, and how many there are. */
export function showProblems(problems: readonly DesignProblem[], terminal: Terminal): void {
  const ordered = [...problems].sort((a, b) => (a.severity === b.severity ? 0 : a.severity === 'error' ? -1 : 1))
  for (const { file, path, code, message, severity } of ordered) {
    const mark =
      severity === 'error'
        ? terminal.t({ 'zh-CN': '错误', en: 'error' })
        : terminal.t({ 'zh-CN': '提醒', en: 'warning' })
    terminal.say(`${file}${path === '' ? '' : `#${path}`}  ${mark}  ${message}  (${code})`)
  }
  if (problems.length > 0) {
    const errors = problems.filter((one) => one.severity === 'error').length
    terminal.say(
      terminal.t(
        { 'zh-CN': '{errors} 个错误，{warnings} 个提醒', en: '{errors} errors, {warnings} warnings' },
        { errors, warnings: problems.length - errors },
      ),
    )
  }
}
