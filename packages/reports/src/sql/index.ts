export { type Clause, expressionOf } from './clause.ts'
export {
  type CompiledList,
  compileCount,
  compileList,
  compileMembership,
  type ListItem,
  type ListPage,
} from './compile-list.ts'
export { type CompiledQuery, compileQuery, type QueryAnswer, type RawRow, runQuery } from './compile-query.ts'
export { type ConditionContext, conditionClause } from './condition.ts'
export { type Database, type Dialect, dialects, type RecordTable, type Sql } from './dialect.ts'
export type { Column } from './scalars.ts'
export { decodeValue, encodeValue, type Stored } from './storage.ts'
export { whereExpression } from './where-expression.ts'
