import { type Condition, operators } from '@tenon/engine'

/** Whether a filter says by itself that no record has this value: such a lane would always be empty. */
export function isRuledOut(value: string | null, field: string, filters: readonly (Condition | undefined)[]): boolean {
  return filters.some((filter) => {
    if (filter === undefined) return false
    if ('all' in filter) return isRuledOut(value, field, filter.all)
    if (!('fact' in filter) || filter.fact !== 'record' || filter.path !== `$.${field}`) return false
    const { test } = operators[filter.operator]
    const operands = [filter.value ?? []].flat()
    // A reference is known to the server only; a blank is told by its own operators.
    if (!test || value === null || operands.some((one) => typeof one !== 'string')) return false
    return !test(value, operands as readonly string[])
  })
}
