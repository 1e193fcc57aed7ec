import type { Condition } from '@tenon/engine'
import { expressionOf } from './clause.ts'
import { type ConditionContext, conditionClause } from './condition.ts'
import type { Sql } from './dialect.ts'

/** A condition as SQL that is true for exactly the rows for which the engine's `compileCondition` gives true. */
export const whereExpression = (condition: Condition, context: ConditionContext): Sql =>
  expressionOf(conditionClause(condition, context), context.dialect)
