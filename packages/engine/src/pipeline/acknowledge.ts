import type { Id } from '../kernel/ids.ts'
import type { Rejection } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { noteAcknowledged } from './clocks.ts'
import type { Command } from './commands.ts'
import { managersOf } from './people.ts'
import { isVisible, may } from './permission.ts'
import type { ClockRow, RecordRef } from './rows.ts'
import { type Origin, refOf, type Work } from './work.ts'

type Acknowledge = Extract<Command, { type: 'clock.acknowledge' }>

/**
 * Somebody takes notice of a clock that has reminded people: its ladder climbs no further (C07). For who may change the
 * record, has a task of it, is the superior of who has, or manages
 * the app. Saying it twice changes nothing.
 */
export async function acknowledge(
  work: Work,
  command: Acknowledge,
  origin: Origin,
): Promise<Result<RecordRef, Rejection>> {
  const clock = await work.clock(command.clock)
  const row = clock && (await work.record(clock))
  if (!clock || !row || !(await isVisible(work, row))) return fail({ code: 'clock.notFound' })
  if (!(await mayAcknowledge(work, clock)) && !(await may(work, row, 'update'))) return fail({ code: 'access.denied' })
  if (clock.state === 'stopped' || clock.state === 'cancelled') return fail({ code: 'clock.over' })
  if (clock.acknowledged) return ok(refOf(row))
  if (clock.fired.length === 0 && clock.breachedAt === null) return fail({ code: 'clock.notWarned' })
  await noteAcknowledged(work, clock, command.note?.trim() || null, origin)
  return ok(refOf(row))
}

async function mayAcknowledge(work: Work, clock: ClockRow): Promise<boolean> {
  const person = work.actor
  if (person === null) return false
  const tasks = await work.openTasksOf(clock)
  const { directory } = work.world
  const isTheirs = (assignee: Id | null) =>
    assignee !== null && (assignee === person || directory.superiorOf(assignee, work.now) === person)
  return (
    tasks.some(({ assignee }) => isTheirs(assignee)) ||
    managersOf(work.world.app(clock.app), directory).includes(person)
  )
}
