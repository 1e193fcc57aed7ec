import { completeActivity } from './activities.ts'
import type { Run } from './run.ts'
import { closeScope } from './scopes.ts'
import type { Scope } from './types.ts'
import { armEventSubProcesses } from './waits.ts'

/** Begins a level: its event sub-processes listen, a token stands at its start. */
export function startScope(run: Run, scope: Scope): boolean {
  const start = run.graph.startOf(scope.node)
  if (!start) return false
  armEventSubProcesses(run, scope)
  run.arrive(start.id, scope.id)
  return true
}

/** Closes one level in which nothing is left; gives whether there was one. The flow itself ends the instance. */
export function closeFinishedScope(run: Run): boolean {
  if (run.isOverBudget) return false
  const finished = run.state.scopes.find(
    (scope) => scope.item === undefined && run.tokensIn(scope.id).length === 0 && run.scopesIn(scope.id).length === 0,
  )
  if (!finished) return false
  if (finished.parent === null) {
    run.dropWaits(() => true)
    run.finish('completed')
    return true
  }
  closeScope(run, finished)
  const host = run.token(finished.host)
  if (host) completeActivity(run, host, null)
  return true
}
