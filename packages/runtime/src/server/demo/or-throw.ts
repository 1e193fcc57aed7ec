import type { Rejection, Result } from '@tenon/engine'
import { TenonError } from '../tenon-error.ts'

/** For installing: what is refused here is a mistake in the template and ends the start with its reason. */
export function orThrow<T>(result: Result<T, Rejection>): T {
  if (result.ok) return result.value
  const { code, details, problems = [] } = result.error
  throw new TenonError(
    code,
    {
      ...details,
      problems: problems.slice(0, 10).map((one) => `${one.path} ${one.code} ${JSON.stringify(one.details ?? {})}`),
    },
    problems,
  )
}
