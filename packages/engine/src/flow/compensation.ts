import type { Run } from './run.ts'
import type { Completed, Scope, Token } from './types.ts'

/**
 * BPMN 2.0 §10.7: undoes what was completed in the level the token is in (or around it, for an event sub-process), the
 * last first, one after the other; the token waits meanwhile. `which`: one activity or sub-process; true: all.
 */
export function compensate(run: Run, token: Token, which: string | true): void {
  const concerns = (one: Completed) => which === true || one.node === which || one.within.includes(which)
  const scopes = levelsAround(run, run.scope(token.scope))
  const left = scopes.flatMap((scope) => (scope.done ?? []).filter(concerns).toReversed())
  for (const scope of scopes) run.replaceScope({ ...scope, done: (scope.done ?? []).filter((one) => !concerns(one)) })
  run.state.compensating = [...(run.state.compensating ?? []), { token: token.id, left }]
  compensateNext(run, token)
}

/** The level, and those it is only an item or an event sub-process of. */
function levelsAround(run: Run, scope: Scope | undefined): readonly Scope[] {
  if (!scope) return []
  const isPart = scope.item !== undefined || scope.host === undefined
  return isPart ? [scope, ...levelsAround(run, run.scope(scope.parent))] : [scope]
}

/** Sets off the next handler; when none is left, the token that has thrown goes on. */
export function compensateNext(run: Run, token: Token): void {
  const under = run.state.compensating?.find((one) => one.token === token.id)
  const [next, ...left] = under?.left ?? []
  const others = (run.state.compensating ?? []).filter((one) => one.token !== token.id)
  if (!next) {
    run.state.compensating = others
    run.passOn(token)
    return
  }
  run.state.compensating = [...others, { token: token.id, left }]
  const scope = run.openScope({
    parent: token.scope,
    node: next.handler,
    host: token.id,
    item: 0,
    variables: next.variables,
  })
  run.arrive(next.handler, scope.id)
}
