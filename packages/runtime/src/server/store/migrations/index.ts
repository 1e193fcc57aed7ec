import { start } from './0001-start.ts'
import { flowWaits } from './0010-flow-waits.ts'
import { approval } from './0020-approval.ts'
import { alerts } from './0040-alerts.ts'
import { assignmentTurns } from './0050-assignment-turns.ts'
import { instanceMoves } from './0070-instance-moves.ts'
import { drafts } from './0071-drafts.ts'
import { webhooks } from './0075-webhooks.ts'
import { qualifications } from './0076-qualifications.ts'
import { alertGroups } from './0077-alert-groups.ts'
import { instancesByFlow } from './0078-instances-by-flow.ts'
import { variables } from './0081-variables.ts'
import { publicLinks } from './0082-public-links.ts'
import { timerAttempts } from './0090-timer-attempts.ts'
import { timersTried } from './0091-timers-tried.ts'
import { templateBasePerVersion } from './0092-template-base-per-version.ts'
import { portalSignIn } from './0094-portal-sign-in.ts'
import { demoPeople } from './0095-demo-people.ts'
import type { Migration } from './types.ts'

/** Append only, in order. */
export const migrations: readonly Migration[] = [
  start,
  flowWaits,
  approval,
  alerts,
  assignmentTurns,
  instanceMoves,
  drafts,
  webhooks,
  qualifications,
  instancesByFlow,
  variables,
  publicLinks,
  timerAttempts,
  timersTried,
  alertGroups,
  templateBasePerVersion,
  portalSignIn,
  demoPeople,
]
