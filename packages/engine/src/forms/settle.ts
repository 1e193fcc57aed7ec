import type { CompiledFormula } from './compiled-form.ts'
import { levelOf } from './levels.ts'
import { readsAll, readsOneOf } from './reads.ts'
import { recomputeDraft } from './recompute.ts'
import { isBlank, type Run } from './run.ts'

/**
 * Computes formulas and takes back what was entered into fields that are not visible, until nothing moves: taking one
 * value back may hide or show the next field. A value taken back stays back, so this ends.
 */
export function settle(run: Run): void {
  refresh(run, [...run.pending], true)
  if (!run.asksPerson) return
  for (let moved = true; moved; ) {
    moved = false
    for (const { model, isVisible } of run.compiled.fields) {
      if (!run.pending.has(model.id) || isVisible(run.facts)) continue
      run.pending.delete(model.id)
      run.found.delete(model.id)
      run.draft[model.id] = run.stored[model.id] ?? null
      refresh(run, [model.id], false)
      moved = true
    }
  }
}

/** Brings formulas up to date; the first time all of them, so that a formula published later fills itself. */
function refresh(run: Run, changed: readonly string[], isFirst: boolean): void {
  const isDue = (formula: CompiledFormula, ids: ReadonlySet<string>) =>
    !isBeyond(run, formula) && (isFirst || readsOneOf(formula.reads, ids))
  recomputeDraft(run.compiled.formulas, run.draft, run.facts, isDue, changed)
}

/** In a browser: whether the formula reads something that was not sent, itself or through another formula. */
function isBeyond(run: Run, formula: CompiledFormula): boolean {
  if (!run.input.partial) return false
  if (readsAll(formula.reads) || (formula.followsLinks && run.facts.linked === undefined)) return true
  return formula.reads.some((id) => {
    const other = run.compiled.formulas.find((candidate) => candidate.id === id)
    return isUnsent(run, id) || (other !== undefined && other !== formula && isBeyond(run, other))
  })
}

/** Hidden from the person and nothing there: it may well have a value. */
const isUnsent = (run: Run, id: string): boolean =>
  ['hidden', 'masked'].includes(levelOf(id, run.input)) && isBlank(run.draft[id])
