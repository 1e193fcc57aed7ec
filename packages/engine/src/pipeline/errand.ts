import type { FlowCommand } from '../flow/types.ts'
import type { InstanceRow } from './rows.ts'
import type { Work } from './work.ts'

/**
 * Sends an instance a command in a following transaction: a timer that is due at once. So that no transaction runs for
 * ever, and none holds the locks of several records.
 */
export function errand(
  work: Work,
  { instance, app }: Pick<InstanceRow, 'instance' | 'app'>,
  command: FlowCommand,
): void {
  work.setTimer({
    key: `errand/${instance}/${work.context.newId()}`,
    dueAt: work.now,
    app,
    payload: { kind: 'errand', instance, command },
  })
}
