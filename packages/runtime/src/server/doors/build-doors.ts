import { join } from 'node:path'
import { ok } from '@tenon/engine'
import type { LiveEvent } from '@tenon/runtime/contract'
import type { Ports } from '../app.ts'
import type { UserPrincipal } from '../auth/identity.ts'
import type { Config } from '../config.ts'
import type { Doors, RecordDoors, SessionDoors } from '../doors.ts'
import { fileDoors } from '../files/file-doors.ts'
import { forgetPending } from '../files/forget-pending.ts'
import { createImportQueue, importDoors, recoverImports } from '../import/index.ts'
import { visibleEvents } from '../live/visible-events.ts'
import { openVault } from '../outbound/vault.ts'
import { handsOf } from '../outbox/effects/hands.ts'
import { startHousekeeping } from '../outbox/housekeeping.ts'
import { startTimers, type Timers } from '../outbox/timers.ts'
import { portalContacts } from '../portal/contacts.ts'
import { alertDetail, alertPage, alertRows } from '../queries/alerts.ts'
import { approvalOf } from '../queries/approval.ts'
import { assignmentCheck } from '../queries/assignment-check.ts'
import { shapedCondition } from '../queries/conditions.ts'
import { formContext, newFormContext } from '../queries/form-context.ts'
import { exportPages, findIds, listRecords } from '../queries/list-records.ts'
import { readRecordView } from '../queries/read-record.ts'
import { badgesOf, boardData, queryReport, searchEverything } from '../queries/reports.ts'
import { ruleList, ruleRunsOf, ruleRunsOfRecord } from '../queries/rule-runs.ts'
import { assignmentOf, readTaskView, worklist } from '../queries/tasks.ts'
import { latestComment, timelineOf } from '../queries/timeline.ts'
import { webhookCallsOf } from '../queries/webhook-calls.ts'
import { newId } from '../store/new-id.ts'
import { adminDoors } from './admin-doors.ts'
import { archiveDoors } from './archive-doors.ts'
import { boardsOf } from './boards.ts'
import { designDoors } from './design-doors.ts'
import { draftDoors } from './draft-doors.ts'
import { elementDoors } from './element-doors.ts'
import { instanceDoors, instanceMover } from './instance-doors.ts'
import { mineDoors } from './mine-doors.ts'
import { performing } from './performing.ts'
import { portalDoors } from './portal-doors.ts'
import { publicFormDoors } from './public-doors.ts'
import { publicLinkDoors } from './public-link-doors.ts'
import { sampleDoors } from './sample-doors.ts'

export type Wired = {
  readonly doors: Doors
  /** What of these changes the person may see. */
  visible(principal: UserPrincipal, events: readonly LiveEvent[]): Promise<readonly LiveEvent[]>
  runDue(): Promise<number>
  /** Begins the background work of this process's role; gives how to end it. */
  start(): Promise<() => Promise<void>>
}

const importSilenceMs = 10 * 60_000
const pendingFilesMs = 24 * 3_600_000

/** Connects the routes with commands and queries. */
export function buildDoors(
  config: Config,
  ports: Ports,
  sessions: SessionDoors,
  key: string,
  report: (error: unknown, about: object) => void,
): Wired {
  const { store, memory, executor, outbox, clock } = ports
  let timers: Timers | undefined
  const filesFolder = join(config.dataFolder, 'files')
  const vault = openVault(config.dataFolder)
  const perform = performing(executor, store, memory)
  const contacts = portalContacts(ports)
  const queue = createImportQueue(ports, report)
  const records: RecordDoors = {
    list: (principal, app, form, parameters) => listRecords(principal, ports, app, form, parameters),
    get: (principal, app, form, id, known) => readRecordView(principal, ports, app, form, id, known),
    timeline: (principal, app, form, id, before) => timelineOf(principal, ports, app, form, id, before),
    comment: (principal, app, form, id) => latestComment(principal, ports, app, form, id),
    form: (principal, app, form, id, task) => formContext(principal, ports, app, form, id, task),
    newForm: (principal, app, form) => newFormContext(principal, ports, app, form),
    pages: (principal, app, form, parameters) => exportPages(principal, ports, app, form, parameters),
    find: (principal, app, form, { where, q }, limit) =>
      findIds(
        principal,
        ports,
        app,
        form,
        { where: where === undefined ? undefined : shapedCondition(where), q },
        limit,
      ),
  }
  const mover = instanceMover(ports, (error) => report(error, { work: 'instance moves' }))
  const designing = { store, memory, executor, clock, records, perform, mover }
  const design = designDoors(designing)
  const drafts = draftDoors({ store, memory, clock, perform, design })
  const doors: Doors = {
    directory: () => memory.now.organisation,
    departmentName: (id) => memory.now.organisation.department(id)?.name ?? null,
    app: (id) => memory.now.apps.app(id)?.model,
    apps: () => memory.now.apps.all().map((app) => app.model),
    commands: {
      reserve: (principal, intention) => perform(principal, async (unit) => ok(unit.newId()), intention),
      execute: (principal, body, { source, intention }) =>
        executor.execute({ command: newId(clock.now()), principal, source, ...body }, intention),
    },
    records,
    tasks: {
      list: (principal, parameters) => worklist(principal, ports, parameters),
      get: (principal, id, known) => readTaskView(principal, ports, id, known),
      assignment: (principal, id, whyNot) => assignmentOf(principal, ports, id, whyNot),
      approval: (principal, id) => approvalOf(principal, ports, id),
      assignmentCheck: (principal, app) => assignmentCheck(principal, ports, app),
    },
    alerts: {
      list: (principal, parameters) => alertPage(principal, ports, parameters),
      get: (principal, id) => alertDetail(principal, ports, id),
      rows: (principal, id, metric) => alertRows(principal, ports, id, metric),
      rules: (principal, app) => ruleList(principal, ports, app),
      runs: (principal, app, parameters) => ruleRunsOf(principal, ports, app, parameters),
      runsOfRecord: (principal, app, form, id, before) => ruleRunsOfRecord(principal, ports, app, form, id, before),
    },
    webhookCalls: (principal, app, before) => webhookCallsOf(principal, ports, app, before),
    reports: {
      query: (principal, app, query) => queryReport(principal, ports, app, query),
      board: (principal, app, board, filters) => boardData(principal, ports, app, board, filters),
      boards: (principal, app) => boardsOf(memory, principal, app),
      badges: (principal, app) => badgesOf(principal, ports, app),
      search: (principal, q) => searchEverything(principal, ports, q),
    },
    files: fileDoors({
      store,
      executor,
      records,
      clock,
      folder: filesFolder,
      maxBytes: config.uploadMaxBytes,
    }),
    publicForms: publicFormDoors({ ...ports, folder: filesFolder, uploadMaxBytes: config.uploadMaxBytes }),
    portal: portalDoors({ ...ports, perform, contacts, operatorKey: key }),
    publicLinks: publicLinkDoors({ store, memory, perform, origin: config.namedUrl }),
    imports: importDoors(ports, queue),
    sample: sampleDoors({ ...ports, queue, perform }),
    mine: mineDoors(store, memory, perform),
    admin: adminDoors(ports, vault, perform),
    design,
    drafts,
    archive: archiveDoors({ store, memory, clock, perform, drafts }),
    elements: elementDoors({ store, memory, drafts }),
    instances: instanceDoors(designing),
    sessions,
  }
  return {
    doors,
    visible: (principal, events) => visibleEvents(ports, principal, events),
    runDue: () => timers?.fireDue() ?? Promise.resolve(0),
    async start() {
      if (config.role === 'web') return () => mover.idle()
      mover.kick()
      timers = startTimers({ store, executor, clock, report: (error, timer) => report(error, { timer: timer.key }) })
      await outbox.start(
        handsOf({
          store,
          clock,
          vault,
          allowed: config.outboundAllowed,
          mail: config.mail,
          contacts,
          operatorKey: key,
        }),
      )
      // One process finds its own imports at its start; of several another one may be at it.
      const silentMs = store.kind === 'sqlite' ? 0 : importSilenceMs
      await recoverImports(ports, silentMs, queue)
      const housekeeping = startHousekeeping(store, clock, (error) => report(error, {}), [
        () => (store.kind === 'sqlite' ? Promise.resolve() : recoverImports(ports, importSilenceMs, queue)),
        async () => mover.kick(),
        () => forgetPending(store, executor, filesFolder, clock.now() - pendingFilesMs),
      ])
      return async () => {
        await timers?.stop()
        await housekeeping.stop()
        await mover.idle()
      }
    },
  }
}
