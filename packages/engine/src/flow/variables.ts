import type { Id } from '../kernel/ids.ts'
import type { Scope, Variables } from './types.ts'

export const noVariables: Variables = {}

/** The values to be read in a scope: its own, and of those around it what it does not hide. */
export function variablesIn(scopes: readonly Scope[], id: Id): Variables {
  const own = scopes.find((scope) => scope.id === id)
  if (!own) return noVariables
  return own.parent === null ? (own.variables ?? noVariables) : { ...variablesIn(scopes, own.parent), ...own.variables }
}
