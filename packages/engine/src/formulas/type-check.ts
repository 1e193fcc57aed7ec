import type { Problem } from '../kernel/problem.ts'
import type { FormulaNode } from './ast.ts'
import type { FormulaScope } from './form-names.ts'

export function typeProblems(_text: string, _ast: FormulaNode, _scope: FormulaScope): readonly Problem[] {
  return []
}
