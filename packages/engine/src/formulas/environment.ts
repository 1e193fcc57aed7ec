import type { Facts } from '../facts.ts'
import { limits } from './limits.ts'
import type { FeelContext, Value } from './values/value.ts'

export type FormulaWarning = {
  readonly code: FormulaWarningCode
  readonly from: number
  readonly to: number
  readonly details?: { readonly [name: string]: string | number }
}
export type FormulaWarningCode =
  | 'formula.budget'
  | 'formula.unknownName'
  | 'formula.unknownFunction'
  | 'formula.wrongType'
  | 'formula.wrongArguments'
  | 'formula.outOfRange'

type Place = { readonly from: number; readonly to: number }

/** Ends an evaluation that asked for too much; caught by whoever began it. */
export const budgetExceeded = Symbol('formula.budget')

/** All that one evaluation may touch: what it reads, its variables, its budget, its warnings. */
export class Environment {
  readonly facts: Facts
  /** Names by which a free-standing expression is evaluated; absent where a form resolves them. */
  readonly root: FeelContext | undefined
  /** Zone in which local times are read; null: they stay local, as in the standard. */
  readonly zone: string | null
  locals: Value[]
  warnings: FormulaWarning[] | undefined
  private steps = 0
  private calls = 0

  constructor(facts: Facts, slots: number, zone: string | null, root?: FeelContext) {
    this.facts = facts
    this.zone = zone
    this.root = root
    this.locals = slots === 0 ? noLocals : new Array<Value>(slots).fill(null)
  }

  /** Counts work that grows with data: iterations, list items, characters made. */
  spend(steps: number): void {
    this.steps += steps
    if (this.steps > limits.steps) throw budgetExceeded
  }

  /** Text that grew beyond measure ends the evaluation. */
  bounded(text: string): string {
    if (text.length > limits.resultText) throw budgetExceeded
    return text
  }

  enterCall(): void {
    if (++this.calls > limits.calls) throw budgetExceeded
    this.spend(1)
  }
  leaveCall(): void {
    this.calls--
  }

  /** Notes why something became null, and gives that null. */
  warn(code: FormulaWarningCode, { from, to }: Place, details?: FormulaWarning['details']): null {
    this.warnings ??= []
    if (this.warnings.length < limits.warnings)
      this.warnings.push(details ? { code, from, to, details } : { code, from, to })
    return null
  }
}

const noLocals: Value[] = []
