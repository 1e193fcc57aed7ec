import type { FormulaNode } from '../ast.ts'
import { pathOf } from '../ast.ts'
import { builtins } from '../functions/builtins.ts'
import { FeelFunction, isContext } from '../values/value.ts'
import { propertyOf } from './property.ts'
import { type Evaluate, isInFilter, isVariable, type Scope } from './scope.ts'

/** Compiles a bare name: variable, entry of the filtered item, field, function, in this order. */
export function compileName(name: string, node: FormulaNode, scope: Scope): Evaluate {
  const read = find(name, node, scope)
  if (read) return read
  if (!isInFilter(scope)) rootNames(scope).missing(name, node)
  return (env) => env.warn('formula.unknownName', node, { name })
}

const rootNames = (scope: Scope) => {
  let current = scope
  while (current.kind !== 'root') current = current.parent
  return current.names
}

function find(name: string, node: FormulaNode, scope: Scope): Evaluate | undefined {
  if (scope.kind === 'root') return scope.names.name(name, node) ?? builtinValue(name)
  if (scope.kind === 'variables') {
    const slot = scope.slots.get(name)
    return slot === undefined ? find(name, node, scope.parent) : (env) => env.locals[slot] ?? null
  }
  const { slot } = scope
  if (name === 'item') return itemReader(slot)
  const outer = find(name, node, scope.parent)
  return (env) => {
    const item = env.locals[slot] ?? null
    const own = isContext(item) ? item.get(name) : undefined
    if (own !== undefined) return own
    return outer ? outer(env) : env.warn('formula.unknownName', node, { name })
  }
}

/** `item` is the item itself, unless the item has an entry of that name. */
const itemReader =
  (slot: number): Evaluate =>
  (env) => {
    const item = env.locals[slot] ?? null
    return (isContext(item) ? item.get('item') : undefined) ?? item
  }

/** A standard function named without brackets: a value that can be handed to `sort` and its like. */
function builtinValue(name: string): Evaluate | undefined {
  const builtin = builtins.get(name)
  if (!builtin) return undefined
  const [form = []] = builtin.forms
  return (env) => new FeelFunction(form, (args) => builtin.run(args, env) ?? null)
}

/**
 * Compiles `a.b.c`. A chain that starts at a field is read as a whole, because links are followed through the facts;
 * inside a filter the item's own entry of that name comes first.
 */
export function compilePath(
  node: Extract<FormulaNode, { kind: 'path' }>,
  scope: Scope,
  compile: (node: FormulaNode, scope: Scope) => Evaluate,
): Evaluate {
  const parts = pathOf(node)
  const [first] = parts ?? []
  const whole =
    parts && first !== undefined && !isVariable(scope, first) ? rootNames(scope).path(parts, node) : undefined
  if (whole && !isInFilter(scope)) return whole
  const of = compile(node.of, scope)
  const step: Evaluate = (env) => propertyOf(of(env), node.name, node, env)
  if (!whole || first === undefined) return step
  const items = itemSlots(scope)
  return (env) => {
    const shadowed = items.some((slot) => {
      const item = env.locals[slot] ?? null
      return isContext(item) && item.get(first) !== undefined
    })
    return shadowed ? step(env) : whole(env)
  }
}

function itemSlots(scope: Scope): readonly number[] {
  const slots: number[] = []
  for (let current = scope; current.kind !== 'root'; current = current.parent)
    if (current.kind === 'item') slots.push(current.slot)
  return slots
}
