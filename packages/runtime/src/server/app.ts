import { fileURLToPath } from 'node:url'
import type { Id } from '@tenon/engine'
import { operatorKey, operatorPrincipal } from './auth/operator.ts'
import { sameText } from './auth/secrets.ts'
import { sessionDoors } from './auth/session-doors.ts'
import { stillOpen } from './auth/sessions.ts'
import { type Clock, createTestClock, systemClock, type TestClock } from './clock.ts'
import { type Committed, summaryOf } from './commands/committed.ts'
import { createExecutor, type Executor } from './commands/execute.ts'
import type { Config } from './config.ts'
import { buildDoors } from './doors/build-doors.ts'
import type { Doors } from './doors.ts'
import { injectingFetch } from './http/inject-fetch.ts'
import { measureRequests } from './http/plugins/metrics.ts'
import { describeApi } from './http/plugins/openapi.ts'
import { servePages } from './http/plugins/pages.ts'
import { descriptionRoute, healthRoutes, schemaRoute, testClockRoute } from './http/routes/health/health.ts'
import { addRoutes } from './http/routes/index.ts'
import { createHttp, type Http } from './http/server.ts'
import { announceTo } from './live/announce.ts'
import { createHub } from './live/hub.ts'
import { type OpenOutbox, openOutbox } from './outbox/open.ts'
import { connect } from './store/connect.ts'
import { LiveMemory } from './store/live-memory.ts'
import { newId } from './store/new-id.ts'
import { openBroadcast } from './store/postgres/broadcast.ts'
import type { Store } from './store/store.ts'
import { version } from './version.ts'

/** What the application stands on; a test brings its own. */
export type Ports = {
  readonly store: Store
  readonly memory: LiveMemory
  readonly clock: Clock
  readonly outbox: OpenOutbox
  readonly executor: Executor
  readonly newId: () => Id
}

export type App = {
  readonly http: Http
  readonly doors: Doors
  readonly ports: Ports
  /** The application as a fetch: what the command line speaks to when no server runs. */
  readonly fetch: typeof fetch
  /** Lets every timer that is due happen; gives how many did. */
  runDue(): Promise<number>
  close(): Promise<void>
}

/** Opens database, clock and outbox as the configuration says. */
export async function openPorts(
  config: Config,
  clock: Clock = config.testClock ? createTestClock() : systemClock,
): Promise<Ports> {
  const store = await connect(config.databaseUrl, { takeoverMs: config.takeoverMs })
  const memory = new LiveMemory(store)
  await memory.fresh()
  const outbox = await openOutbox(store, config.databaseUrl, clock, config.takeoverMs)
  return {
    store,
    memory,
    clock,
    outbox,
    executor: createExecutor({ store, memory, clock, outbox }),
    newId: () => newId(clock.now()),
  }
}

const pagesOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The application over its ports: sign-in, routes, pages, live updates. Listens to nothing yet. */
export async function buildApp(config: Config, ports: Ports): Promise<App> {
  const { store, memory, clock, executor } = ports
  const report = (error: unknown, about: object = {}) =>
    http.log.error({ err: error, ...about }, 'background work failed')
  const key = operatorKey(config.dataFolder)
  const sessions = sessionDoors({
    ...ports,
    operatorKey: key,
    sessionHours: config.sessionHours,
    directory: () => memory.now.organisation,
    report,
  })
  const { http, limits } = await createHttp(config, {
    bySession: sessions.bySession,
    byToken: sessions.byToken,
    byOperatorKey: (secret, as) => (sameText(secret, key) ? operatorPrincipal(memory.now.organisation, as) : undefined),
    refresh: async () => void (await memory.fresh()),
  })
  const { doors, visible, runDue, start } = buildDoors(config, ports, sessions, key, report)
  const hub = createHub({
    visible,
    stillOpen: async (keys) => stillOpen(store.read, (await memory.fresh()).organisation, keys, clock.now()),
    report,
  })
  const announce = announceTo(hub)
  const broadcast = openBroadcast(store, config.databaseUrl, (all) => summaryOf(all as Committed[]), report)
  broadcast.onHeard((committed) => announce(committed as Committed))
  const stopAnnouncing = executor.onCommitted((committed) => {
    announce(committed)
    broadcast.say(committed)
  })

  const registry = measureRequests(http)
  await describeApi(http, version)
  addRoutes(http, doors, config, limits, hub)
  healthRoutes(http, registry, () => store.ping())
  descriptionRoute(http)
  schemaRoute(http)
  if (config.testClock) testClockRoute(http, clock as TestClock, runDue)
  await servePages(
    http,
    [
      { prefix: '/design/', folder: pagesOf('../../../designer/dist/app') },
      { prefix: '/', folder: pagesOf('../../dist/web') },
    ],
    config.mapTiles,
  )
  const stop = await start()
  return {
    http,
    doors,
    ports,
    runDue,
    fetch: injectingFetch(http),
    async close() {
      hub.close()
      stopAnnouncing()
      await broadcast.close()
      await http.close()
      await stop()
      await ports.outbox.close()
      await store.close()
    },
  }
}
