import type { FormulaNode } from '../ast.ts'
import type { Environment } from '../environment.ts'
import type { Value } from '../values/value.ts'

export type Evaluate = (env: Environment) => Value

/** What names mean outside all variables: the fields of a form, or the context of a free-standing expression. */
export type Names = {
  /** Reader of a bare name; undefined when there is none. */
  name(name: string, node: FormulaNode): Evaluate | undefined
  /** Reader of a whole chain `customer.level`, where it is more than a property of a value. */
  path(parts: readonly string[], node: FormulaNode): Evaluate | undefined
  /** Told of names that mean nothing. */
  missing(name: string, node: FormulaNode): void
  missingFunction(name: string, node: FormulaNode): void
  wrongArguments(name: string, node: FormulaNode): void
  /** Told of functions that read the clock. */
  reads(fact: 'now'): void
}

/** Variables in force at a place of the formula: a chain from the innermost outwards, ending at `names`. */
export type Scope =
  | { readonly kind: 'root'; readonly names: Names; readonly slots: { next: number } }
  | { readonly kind: 'variables'; readonly parent: Scope; readonly slots: ReadonlyMap<string, number> }
  /** Inside a filter: the item's own entries come first, then `item`, then the outside. */
  | { readonly kind: 'item'; readonly parent: Scope; readonly slot: number }

export function rootOf(scope: Scope): Extract<Scope, { kind: 'root' }> {
  let current = scope
  while (current.kind !== 'root') current = current.parent
  return current
}

/** A fresh place for a variable's value in `Environment.locals`. */
export const newSlot = (scope: Scope): number => rootOf(scope).slots.next++

export const withVariables = (parent: Scope, names: readonly string[]): { scope: Scope; slots: readonly number[] } => {
  const slots = names.map(() => newSlot(parent))
  return {
    scope: { kind: 'variables', parent, slots: new Map(names.map((name, at) => [name, slots[at] ?? 0])) },
    slots,
  }
}

/** Whether a variable of the formula itself hides the name. */
export function isVariable(scope: Scope, name: string): boolean {
  for (let current = scope; current.kind !== 'root'; current = current.parent) {
    if (current.kind === 'variables' ? current.slots.has(name) : name === 'item') return true
  }
  return false
}
export function isInFilter(scope: Scope): boolean {
  for (let current = scope; current.kind !== 'root'; current = current.parent) if (current.kind === 'item') return true
  return false
}
