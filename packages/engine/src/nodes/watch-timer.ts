import type { NodeOf } from '../definitions/flow.ts'
import type { Run } from '../flow/run.ts'

/** Asks for a timer of a node; when it is due is the pipeline's to say, which knows calendars and the record. */
export function watchTimer(run: Run, node: string, visit: number, on: NodeOf<'intermediateCatchEvent'>['on']): void {
  const timer = on.timer
  run.emit({
    type: 'timer.set',
    node,
    visit,
    within: typeof timer === 'string' ? timer : null,
    until: typeof timer === 'string' ? null : timer.until,
    calendar: on.calendar ?? null,
  })
}
