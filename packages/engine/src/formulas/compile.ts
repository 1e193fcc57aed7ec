import type { Facts } from '../facts.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { type Result, fail } from '../kernel/result.ts'
import type { FieldValue, ValueType } from '../kernel/value-kind.ts'
import type { FormLookup, FormModel } from '../model.ts'
import type { FormulaNode } from './ast.ts'

export type FormulaScope = {
  readonly form?: FormModel
  readonly lookup?: FormLookup
  readonly names?: readonly string[]
  readonly resultType?: ValueType
}
export type FormulaWarning = { readonly code: string; readonly from: number; readonly to: number; readonly details?: { readonly [name: string]: string | number } }
export type FormulaResult = { readonly value: FieldValue; readonly warnings: readonly FormulaWarning[] }
export type FormulaRead = { readonly fact: 'record' | 'previous' | 'user' | 'now' | 'params' | 'task' | 'flow' | 'candidate' | 'event'; readonly path: readonly string[] }
export type Formula = {
  readonly text: string
  readonly reads: readonly FormulaRead[]
  readonly ast: FormulaNode
  evaluate(facts: Facts): FormulaResult
}

export function compileFormula(_text: string, _scope: FormulaScope = {}): Result<Formula, Problem[]> {
  return fail([problem('formula.syntax', '')])
}
