import type { Run } from '../flow/run.ts'
import type { Token } from '../flow/types.ts'

/** The token leaves by every way that is open; with ways drawn but none open the instance is dead, never silently ended. */
export function passOn(run: Run, token: Token, outcome: string | null = null): void {
  const ways = run.waysOut(token.node, outcome)
  if (ways === undefined) run.die('flow.noWayOut')
  else run.leave(token, ways)
}
