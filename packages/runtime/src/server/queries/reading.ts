import type { AppModel, Facts, FormModel, Principal, ReadScope, RecordRight } from '@tenon/engine'
import { namedCalendarsOf, readScope } from '@tenon/engine'
import { type MetricDefinition, metricsIn, type ReadEnvironment } from '@tenon/reports'
import { type Database, dialects, type RawRow, type Sql } from '@tenon/reports/sql'
import type { Clock } from '../clock.ts'
import type { Apps, LoadedApp } from '../store/apps.ts'
import type { DatabaseKind, Db } from '../store/database.ts'
import type { LiveMemory, Memory } from '../store/live-memory.ts'
import { rowsOf } from '../store/statement.ts'
import type { Store } from '../store/store.ts'
import { notFound } from '../tenon-error.ts'

export type QueryPorts = { readonly store: Store; readonly memory: LiveMemory; readonly clock: Clock }

/** One reader at one moment: everything a query may look at goes through this. There is none without a principal. */
export type Reading = {
  readonly principal: Principal
  readonly app: LoadedApp
  readonly memory: Memory
  readonly env: ReadEnvironment
  readonly database: Database
  readonly db: Db
  readonly facts: Facts
  /** The right every row must give. */
  readonly right: RecordRight
  /** Whether what was made of the facts has looked at the moment. */
  readonly moment: { isAsked: boolean }
  run(statement: Sql): Promise<readonly RawRow[]>
}

/** Begins to read in an app for a principal. `right`: only rows in which this right is given too. Throws when there is no such app. */
export function readingFor(
  principal: Principal,
  ports: QueryPorts,
  appId: string,
  right: RecordRight = 'read',
): Reading {
  const memory = ports.memory.now
  const app = memory.apps.app(appId)
  if (!app) throw notFound()
  const moment = { isAsked: false }
  const facts = factsFor(principal, ports, app.model, moment)
  const scopes = new Map<FormModel, ReadScope>()
  const metrics = metricsOf(app)
  const db = ports.store.read
  return {
    principal,
    app,
    memory,
    db,
    facts,
    right,
    moment,
    env: {
      lookup: app.lookup,
      facts,
      metrics: (id) => metrics.get(id),
      scopes: (form) => scopes.get(form) ?? keep(scopes, form, readScope(form, principal, right)),
    },
    database: databaseOf(memory.apps, ports.store.kind),
    run: (statement) => rowsOf(db, statement),
  }
}

/** The form by its id in the app, if the reader may see any row of it; throws as if it were not there. */
export function formFor({ app, env }: Reading, id: string): FormModel {
  const form = app.model.forms.get(id)
  if (!form || env.scopes(form).rows === 'none') throw notFound()
  return form
}

export const zoneOf = (principal: Principal, app: AppModel): string =>
  (principal.kind === 'user' ? principal.user.zone : undefined) ?? app.definition.zone ?? 'Asia/Shanghai'

function factsFor(principal: Principal, { clock }: QueryPorts, app: AppModel, moment: Reading['moment']): Facts {
  const now = clock.now()
  return {
    get now() {
      moment.isAsked = true
      return now
    },
    zone: zoneOf(principal, app),
    calendars: namedCalendarsOf(app),
    ...(principal.kind === 'user' ? { user: principal.user } : {}),
  }
}

function keep<K, V>(map: Map<K, V>, key: K, value: V): V {
  map.set(key, value)
  return value
}

/** Names of tables and columns, from the store's own list. */
export function databaseOf(apps: Apps, kind: DatabaseKind): Database {
  return {
    dialect: dialects[kind],
    tables: (form) => {
      const storage = apps.storage(form.app, form.id)
      if (!storage) throw new Error(`there is no table for ${form.app}/${form.id}`)
      return {
        table: storage.table,
        column: (field) => (field.system ? field.id : storage.columns.get(field.id)?.column),
      }
    },
  }
}

const dictionaries = new WeakMap<LoadedApp['sources'], ReadonlyMap<string, MetricDefinition>>()

/** The metric dictionary of a version. */
export function metricsOf({ sources }: LoadedApp): ReadonlyMap<string, MetricDefinition> {
  const made = dictionaries.get(sources) ?? metricsIn(sources)
  dictionaries.set(sources, made)
  return made
}
