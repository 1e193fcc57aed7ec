import { type FormulaReference, formulaReferences } from '@tenon/engine'
import { type FactTelling, factWords } from './condition/fact-words.ts'

/** A stretch of a formula and what people call it. */
export type ToldName = { readonly from: number; readonly to: number; readonly label: string }

type How = {
  readonly dialect?: 'expression' | 'unaryTests' | undefined
  /** Where somebody is writing a name just now: it is left as it stands, a link before it is told. */
  readonly writingAt?: number | undefined
}

/** The names of a formula that have labels, in their order; of a chain that leads on to an unknown part, its beginning. */
export function toldNames(formula: string, telling: FactTelling, how: How = {}): readonly ToldName[] {
  const { form, app } = telling
  const scope = { ...(form ? { form } : {}), lookup: app.lookup }
  return formulaReferences(formula, scope, how.dialect).flatMap((one) => toldName(one, telling, how.writingAt) ?? [])
}

function toldName(reference: FormulaReference, telling: FactTelling, writingAt?: number): ToldName | undefined {
  const { from, ends, fact, path, form } = reference
  const leading = ends.length - path.length
  const last = ends.at(-1) ?? from
  const isWriting = writingAt !== undefined && from < writingAt && writingAt <= last
  for (let count = ends.length; count > 0 && count >= leading; count -= 1) {
    const to = ends[count - 1] ?? from
    if (isWriting && to >= writingAt) continue
    const label = factWords(fact, path.slice(0, count - leading), { ...telling, form })
    if (label !== undefined) return { from, to, label }
  }
  return undefined
}

/** A formula with labels in place of its names; texts, numbers and all else as they are. */
export function tellFormula(formula: string, telling: FactTelling): string {
  let at = 0
  let told = ''
  for (const { from, to, label } of toldNames(formula, telling)) {
    told += formula.slice(at, from) + label
    at = to
  }
  return told + formula.slice(at)
}
