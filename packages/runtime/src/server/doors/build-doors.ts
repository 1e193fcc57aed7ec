import { join } from 'node:path'
import type { LiveEvent } from '@tenon/runtime/contract'
import type { Ports } from '../app.ts'
import type { UserPrincipal } from '../auth/identity.ts'
import type { Config } from '../config.ts'
import { fileDoors } from '../files/file-doors.ts'
import type { Doors, RecordDoors, SessionDoors } from '../doors.ts'
import { newId } from '../store/new-id.ts'
import { adminDoors } from './admin-doors.ts'
import { designDoors } from './design-doors.ts'
import { mineDoors } from './mine-doors.ts'
import { performing } from './performing.ts'

export type Wired = {
  readonly doors: Doors
  /** What of these changes the person may see. */
  visible(principal: UserPrincipal, events: readonly LiveEvent[]): Promise<readonly LiveEvent[]>
  runDue(): Promise<number>
  /** Begins the background work of this process's role; gives how to end it. */
  start(): Promise<() => Promise<void>>
}

const notYet = <T extends object>(): T => new Proxy({}, { get: (_, name) => () => { throw new Error(`not wired: ${String(name)}`) } }) as T

/** Connects the routes with commands and queries. */
export function buildDoors(config: Config, ports: Ports, sessions: SessionDoors): Wired {
  const { store, memory, executor, outbox, clock } = ports
  const perform = performing(executor, store, memory)
  const records: RecordDoors = notYet()
  const doors: Doors = {
    directory: () => memory.now.organisation,
    departmentName: (id) => memory.now.organisation.department(id)?.name ?? null,
    app: (id) => memory.now.apps.app(id)?.model,
    apps: () => memory.now.apps.all().map((app) => app.model),
    commands: {
      execute: (principal, body, { source, intention }) => executor.execute({ command: newId(clock.now()), principal, source, ...body }, intention),
    },
    records,
    tasks: notYet(),
    reports: notYet(),
    files: fileDoors({ store, executor, records, clock, folder: join(config.dataFolder, 'files') }),
    imports: notYet(),
    mine: mineDoors(store, memory, perform),
    admin: adminDoors(store, memory, outbox, perform),
    design: designDoors({ store, memory, executor }),
    sessions,
  }
  return {
    doors,
    visible: async (_principal, events) => events,
    runDue: async () => 0,
    start: async () => async () => {},
  }
}
