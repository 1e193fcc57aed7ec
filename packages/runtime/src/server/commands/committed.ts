import { type Changes, type Id, type RecordRef, systemApp } from '@tenon/engine'

/** What a commit changed, for those who show it: addresses only, no values. */
export type Committed = {
  readonly records: readonly (RecordRef & { readonly version: number | null })[]
  readonly tasks: readonly (RecordRef & { readonly task: Id })[]
  readonly alerts: readonly { readonly alert: Id; readonly app: string; readonly people: readonly Id[] }[]
  /** People whose bell or task list it concerns. */
  readonly users: readonly Id[]
  /** Apps that were published. */
  readonly apps: readonly string[]
  /** Imports and other long work that moved on. */
  readonly jobs: readonly { readonly id: Id; readonly user: Id | null }[]
  /** Drafts that were edited, or that somebody came to or commented on. */
  readonly drafts: readonly { readonly app: string; readonly id: Id; readonly revision: number }[]
}
export const nothingCommitted: Committed = {
  records: [],
  tasks: [],
  alerts: [],
  users: [],
  apps: [],
  jobs: [],
  drafts: [],
}

export function committedOf(changes: Changes): Committed {
  const records = new Map<string, Committed['records'][number]>()
  for (const { app, form, id } of changes.events)
    if (app !== systemApp) records.set(id, { app, form, id, version: null })
  for (const change of changes.records) {
    const { app, form, id, version } = change.kind === 'delete' ? change.before : change.row
    records.set(id, { app, form, id, version })
  }
  const users = [
    ...changes.notifications.map((one) => one.user),
    ...changes.tasks.flatMap((task) => task.assignee ?? []),
  ]
  return {
    ...nothingCommitted,
    records: [...records.values()],
    tasks: changes.tasks.map(({ app, form, id, task }) => ({ app, form, id, task })),
    alerts: changes.alerts.map(({ alert, app, people }) => ({ alert, app, people })),
    users: [...new Set(users)],
  }
}

export type CommitListener = (committed: Committed) => void

/** Many commits in few words: which apps have changed, and whose bell rang. */
export function summaryOf(all: readonly Committed[]): Committed {
  const apps = all.flatMap((one) => [
    ...one.apps,
    ...one.records.map(({ app }) => app),
    ...one.tasks.map(({ app }) => app),
    ...one.alerts.map(({ app }) => app),
  ])
  return {
    ...nothingCommitted,
    apps: [...new Set(apps)],
    users: [...new Set(all.flatMap((one) => one.users))].slice(0, 100),
  }
}
