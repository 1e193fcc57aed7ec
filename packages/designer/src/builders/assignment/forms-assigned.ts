import { isObject } from '@tenon/engine'
import type { Documents } from '../../draft/documents.ts'

/** Forms whose records a strategy is asked about: those of the flows that name it, else every form of the app. */
export function formsAssigned(documents: Documents, strategy: string): readonly string[] {
  const flows = Object.entries(documents).flatMap(([path, flow]) =>
    path.startsWith('flows/') && isObject(flow) && typeof flow.form === 'string' && names(flow, strategy)
      ? [flow.form]
      : [],
  )
  if (flows.length > 0) return [...new Set(flows)]
  return Object.keys(documents).flatMap((path) => /^forms\/(\w+)\.json$/.exec(path)?.[1] ?? [])
}

/** Whether `{strategy: id}` stands anywhere in it. */
function names(value: unknown, strategy: string): boolean {
  if (Array.isArray(value)) return value.some((one) => names(one, strategy))
  if (!isObject(value)) return false
  return value.strategy === strategy || Object.values(value).some((one) => names(one, strategy))
}
