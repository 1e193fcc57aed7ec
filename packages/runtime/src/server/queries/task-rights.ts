import type { AppModel, Id, TaskRow } from '@tenon/engine'
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

/** Whether the person may hand the task to somebody else: theirs, their team's, or any as a manager of the app. */
export function mayTransfer(
  task: TaskRow,
  principal: UserPrincipal,
  app: AppModel,
  organisation: Organisation,
): boolean {
  const me: Id = principal.user.id
  if (task.assignee === me) return true
  const roles = app.definition.roles.filter((role) => role.can?.includes('manage')).map((role) => role.id)
  const manages = roles.some((role) => principal.grants.some((grant) => grant.app === app.id && grant.role === role))
  if (task.assignee === null) return manages || mayTake(task, principal, organisation)
  return manages || organisation.superiorOf(task.assignee) === me
}
