import { isObject } from '../kernel/json.ts'

/**
 * The form of a record of a scenario, by its alias: one there was at the start, or one that a step before `index` made;
 * no alias: the last made. Undefined: there is none. The scenario may be the wrong one of a draft.
 */
export function recordForm(
  { given, steps }: { readonly given?: unknown; readonly steps?: unknown },
  alias: string | undefined,
  index: number,
): string | undefined {
  const before: readonly unknown[] = Array.isArray(steps) ? steps.slice(0, index) : []
  const made = before.findLast(
    (step) => isObject(step) && step.do === 'record.create' && (alias === undefined || step.as === alias),
  )
  const form = isObject(made) ? made.form : formOf(givenRecord(given, alias))
  return typeof form === 'string' ? form : undefined
}

const formOf = (record: unknown): unknown => (isObject(record) ? record.form : undefined)

function givenRecord(given: unknown, alias: string | undefined): unknown {
  const records = isObject(given) && isObject(given.records) ? given.records : {}
  return alias === undefined ? Object.values(records).at(-1) : records[alias]
}
