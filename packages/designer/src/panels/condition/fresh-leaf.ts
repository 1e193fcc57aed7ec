import type { Condition, FactName } from '@tenon/engine'

/** A row about nothing yet. */
export const freshLeaf = (facts: readonly FactName[]): Condition => ({
  fact: facts.includes('record') ? 'record' : (facts[0] ?? 'record'),
  operator: 'equal',
})
