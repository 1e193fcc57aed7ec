import {
  type AppModel,
  type ClockRow,
  calendarsOf,
  explainClock,
  type FlowDefinition,
  formatInstant,
  type Instant,
} from '@tenon/engine'
import type { ClockView } from '@tenon/runtime/contract'

const moment = (instant: Instant | null): string | null => (instant === null ? null : formatInstant(instant))

/** A clock as it stands now. `flow`: the flow a task's limit belongs to, for the name of its node. */
export function clockView(
  app: AppModel,
  clock: ClockRow,
  now: Instant,
  flow: FlowDefinition | undefined,
  mayAcknowledge = false,
): ClockView {
  const { owner } = clock
  const explained = explainClock(clock, now, calendarsOf(app))
  const policy = owner.kind === 'policy' ? app.policies.find((one) => one.id === owner.policy) : undefined
  const definition = owner.kind === 'policy' ? policy?.clocks.find((one) => one.id === owner.id) : undefined
  const label =
    owner.kind === 'policy'
      ? (definition?.label ?? owner.id)
      : (flow?.nodes.find((node) => node.id === owner.node)?.label ?? owner.node)
  return {
    id: clock.clock,
    kind: owner.kind,
    policy: owner.kind === 'policy' ? owner.policy : null,
    clock: owner.kind === 'policy' ? owner.id : null,
    node: owner.kind === 'limit' ? owner.node : null,
    task: owner.kind === 'limit' ? owner.task : null,
    label,
    agreement: owner.kind === 'limit' ? 'internal' : (definition?.type ?? 'external'),
    run: clock.run,
    state: clock.state,
    targetMs: clock.targetMs,
    elapsedMs: explained.elapsedMs,
    startedAt: formatInstant(clock.startedAt),
    dueAt: moment(clock.dueAt),
    stoppedAt: moment(clock.stoppedAt),
    breachedAt: moment(clock.breachedAt),
    met: clock.met,
    pauseUntil: moment(clock.pauseUntil ?? null),
    acknowledged: clock.acknowledged ? { at: formatInstant(clock.acknowledged.at), by: clock.acknowledged.by } : null,
    mayAcknowledge: mayAcknowledge && awaitsNotice(clock),
    segments: explained.segments.map(({ from, to, state, why, calendar, countedMs, version }) => ({
      from: formatInstant(from),
      to: moment(to),
      state,
      why,
      calendar,
      calendarLabel: calendar === null ? null : (app.calendars.get(calendar)?.label ?? null),
      countedMs,
      version: version ?? null,
    })),
  }
}

/** It has reminded people, and nobody has said yet that they see to it. */
export const awaitsNotice = ({ state, acknowledged, fired, breachedAt }: ClockRow): boolean =>
  (state === 'running' || state === 'paused') && !acknowledged && (fired.length > 0 || breachedAt !== null)

/** The running clock that is due first; without one, the one that paused last. */
export function nearestClock(clocks: readonly ClockRow[]): ClockRow | undefined {
  const running = clocks
    .filter((clock) => clock.state === 'running' && clock.dueAt !== null)
    .sort((one, other) => (one.dueAt ?? 0) - (other.dueAt ?? 0))
  return running[0] ?? clocks.findLast((clock) => clock.state === 'paused')
}
