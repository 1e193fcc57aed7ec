import type { Clause } from './clause.ts'
import type { ConditionContext } from './condition.ts'

/** Whether a formula can be said in SQL. None can yet. */
export const isPushable = (_formula: string): boolean => false

export function formulaClause(_condition: { readonly formula: string }, _context: ConditionContext): Clause {
  throw new Error('this formula cannot be said in SQL; planning should have refused it')
}
