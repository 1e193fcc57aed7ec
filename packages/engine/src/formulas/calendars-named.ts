import { childrenOf, type FormulaNode } from './ast.ts'
import { builtins } from './functions/builtins.ts'

/** Ids of the calendars a formula names in its calls; undefined stands for the app's own, null for one that is computed. */
export function calendarsNamed(node: FormulaNode): readonly (string | undefined | null)[] {
  const below = childrenOf(node).flatMap(calendarsNamed)
  const builtin = node.kind === 'call' ? builtins.get(node.function) : undefined
  if (node.kind !== 'call' || builtin?.reads !== 'calendar') return below
  const at = node.names ? node.names.indexOf('calendar') : (builtin.forms[0]?.length ?? 0) - 1
  const given = node.arguments[at]
  return [given === undefined ? undefined : given.kind === 'text' ? given.value : null, ...below]
}
