import { createInterface } from 'node:readline'
import { evaluateFeel, isObject, parseInstant } from '@tenon/engine'
import { systemClock } from '../../server/clock.ts'
import type { CliCommand } from '../command.ts'

/**
 * FEEL for programs: one JSON object per line in, `{"expression": …, "context": {…}, "dialect": "expression" | "unaryTests",
 * "now": …, "zone": …}`; one per line out, with `value` and `warnings`, or `error`. Good for conformance suites and for trying a formula in a shell.
 */
export const feelCommand: CliCommand = {
  usage: 'feel  < LINES',
  summary: { 'zh-CN': '计算 FEEL 表达式（每行一个 JSON）', en: 'evaluate FEEL expressions (one JSON object a line)' },
  async run(_args, terminal) {
    for await (const line of createInterface({ input: process.stdin })) {
      if (line.trim() !== '') terminal.out(JSON.stringify(answer(line)))
    }
    return 0
  },
}

function answer(line: string): object {
  try {
    const given: unknown = JSON.parse(line)
    if (!isObject(given) || typeof given.expression !== 'string') return { error: '{"expression": …, "context": {…}}' }
    const id = given.id === undefined ? {} : { id: given.id }
    const now = typeof given.now === 'string' ? parseInstant(given.now) : undefined
    const zone = typeof given.zone === 'string' ? given.zone : 'UTC'
    const dialect = given.dialect === 'unaryTests' ? 'unaryTests' : 'expression'
    return {
      ...id,
      ...evaluateFeel(given.expression, given.context, { now: now ?? systemClock.now(), zone, dialect }),
    }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}
