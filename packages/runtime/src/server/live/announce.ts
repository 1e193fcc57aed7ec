import type { CommitListener } from '../commands/committed.ts'
import type { Hub } from './hub.ts'

/** Turns what a commit changed into what open pages are told. */
export const announceTo = (hub: Hub): CommitListener => ({ records, tasks, users, apps, jobs }) => {
  for (const { app, form, id, version } of records) hub.publish({ kind: 'record', app, form, id, version })
  for (const { app, form, task } of tasks) hub.publish({ kind: 'task', app, form, id: task, version: null })
  for (const user of users) hub.publish({ kind: 'notification', app: null, form: null, id: null, version: null }, user)
  for (const app of apps) hub.publish({ kind: 'app', app, form: null, id: null, version: null })
  for (const { id, user } of jobs) hub.publish({ kind: 'job', app: null, form: null, id, version: null }, user ?? undefined)
}
