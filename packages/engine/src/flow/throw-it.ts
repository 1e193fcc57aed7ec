import type { ThrownAtEnd } from '../nodes/triggers.ts'
import { compensate } from './compensation.ts'
import type { Run } from './run.ts'
import { throwError, throwEscalation } from './throwing.ts'
import type { Token } from './types.ts'

/** Throws what the event at which a token stands throws; then the token, if it is still there, goes on or ends. */
export function throwIt(run: Run, token: Token, thrown: ThrownAtEnd): void {
  if ('compensation' in thrown) compensate(run, token, thrown.compensation)
  else if ('error' in thrown) throwError(run, token, thrown.error)
  else {
    tell(run, token, thrown)
    if (run.token(token.id)) run.passOn(token)
  }
}

function tell(
  run: Run,
  token: Token,
  thrown: Exclude<ThrownAtEnd, { compensation: unknown } | { error: unknown }>,
): void {
  const { node, visit, scope } = token
  if ('escalation' in thrown) throwEscalation(run, token, thrown.escalation)
  else if ('signal' in thrown) run.emit({ type: 'signal.thrown', node, signal: thrown.signal })
  else {
    const key = run.key(thrown.key, scope)
    run.emit({ type: 'message.thrown', node, visit, message: thrown.message, key, ttl: thrown.ttl ?? null })
  }
}
