import type { LiveEvent } from '@tenon/runtime/contract'
import type { CommitListener } from '../commands/committed.ts'
import type { Hub } from './hub.ts'

const nothing: LiveEvent = { kind: 'app', app: null, form: null, id: null, record: null, version: null }

/** Turns what a commit changed into what open pages are told. */
export const announceTo =
  (hub: Hub): CommitListener =>
  ({ records, tasks, alerts, users, apps, jobs, drafts }) => {
    for (const { app, form, id, version } of records)
      hub.publish({ ...nothing, kind: 'record', app, form, id, record: id, version })
    for (const { app, form, id, task } of tasks)
      hub.publish({ ...nothing, kind: 'task', app, form, id: task, record: id })
    for (const { alert, app, people } of alerts)
      for (const person of people) hub.publish({ ...nothing, kind: 'alert', app, id: alert }, person)
    for (const user of users) hub.publish({ ...nothing, kind: 'notification' }, user)
    for (const app of apps) hub.publish({ ...nothing, app })
    for (const { app, id, revision } of drafts) hub.publish({ ...nothing, kind: 'draft', app, id, version: revision })
    for (const { id, user } of jobs) hub.publish({ ...nothing, kind: 'job', id }, user ?? undefined)
  }
