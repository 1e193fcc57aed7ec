import type { AppModel, Id, Instant, TaskRow } from '@tenon/engine'
import type { UserPrincipal } from '../auth/identity.ts'
import type { Organisation } from '../store/directory.ts'

/** Whether the person is among those who may take a task of the pool. */
export function mayTake({ candidates, app }: TaskRow, { user }: UserPrincipal, organisation: Organisation): boolean {
  return candidates.some(({ kind, ref }) =>
    kind === 'user'
      ? ref === user.id
      : kind === 'role'
        ? organisation.withRole(app, ref).includes(user.id)
        : organisation.inDepartment(ref).includes(user.id),
  )
}

export function managesApp({ grants }: UserPrincipal, app: AppModel): boolean {
  const roles = app.definition.roles.filter((role) => role.can?.includes('manage')).map((role) => role.id)
  return roles.some((role) => grants.some((grant) => grant.app === app.id && grant.role === role))
}

/** Whether the person may hand the task to somebody else: theirs, their team's, or any as a manager of the app. */
export function mayTransfer(
  task: TaskRow,
  principal: UserPrincipal,
  app: AppModel,
  organisation: Organisation,
  at: Instant,
): boolean {
  const me: Id = principal.user.id
  if (task.assignee === me) return true
  const manages = managesApp(principal, app)
  if (task.assignee === null) return manages || mayTake(task, principal, organisation)
  return manages || organisation.superiorOf(task.assignee, at) === me
}
