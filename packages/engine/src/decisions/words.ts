import type { DecisionDefinition } from '../definitions/decision.ts'
import { literalText } from '../formulas/values/to-text.ts'
import type { Value } from '../formulas/values/value.ts'
import { resolveText } from '../kernel/text.ts'
import type { Combination } from './completeness.ts'
import type { Atom } from './domain.ts'

const text = (value: Value | undefined): string => literalText(value ?? null)

/** Parts of a column as FEEL unary tests: neighbouring parts become one range. */
export function testsOf(atoms: readonly Atom[], parts: readonly number[]): string {
  const chosen = new Set(parts)
  const others = atoms.flatMap((atom, at) =>
    /value|blank/.test(atom.kind) && !chosen.has(at) ? [text(atom.sample)] : [],
  )
  // "All other text" has no test of its own: it is whatever is not named.
  if (parts.some((at) => atoms[at]?.kind === 'other')) return others.length > 0 ? `not(${others.join(', ')})` : '-'
  const isLine = atoms.some((atom) => atom.kind === 'stretch')
  const runs = isLine ? runsOf(parts, atoms) : parts.map((at) => [at])
  return runs.map((run) => runText(run.flatMap((at) => atoms[at] ?? []))).join(', ')
}

function runsOf(parts: readonly number[], atoms: readonly Atom[]): readonly (readonly number[])[] {
  const runs: number[][] = []
  for (const at of [...parts].sort((a, b) => a - b)) {
    const last = runs.at(-1)
    const before = last?.at(-1)
    const isNext = before === at - 1 && atoms[at]?.kind !== 'blank'
    if (last && isNext) last.push(at)
    else runs.push([at])
  }
  return runs
}

function runText(run: readonly Atom[]): string {
  const [first] = run
  const last = run.at(-1)
  if (!first || !last) return '-'
  if (run.length === 1 && first.kind !== 'stretch') return text(first.sample)
  const low = first.kind === 'value' ? first.sample : (first.low ?? null)
  const high = last.kind === 'value' ? last.sample : (last.high ?? null)
  const opens = first.kind === 'value'
  const closes = last.kind === 'value'
  if (low === null && high === null) return 'not(null)'
  if (low === null) return `${closes ? '<=' : '<'} ${text(high)}`
  if (high === null) return `${opens ? '>=' : '>'} ${text(low)}`
  return `${opens ? '[' : '('}${text(low)}..${text(high)}${closes ? ']' : ')'}`
}

/** A combination in words: `客户等级 "vip"；影响 >= 5`, heads of columns in the language asked for. */
export function combinationText(definition: DecisionDefinition, when: Combination, locale: string): string {
  const parts = definition.inputs.flatMap((input) => {
    const tests = when[input.id]
    if (tests === undefined || tests === '-') return []
    return [`${input.label === undefined ? input.expression : resolveText(input.label, locale)} ${tests}`]
  })
  return parts.length > 0 ? parts.join(locale === 'en' ? '; ' : '；') : '-'
}
