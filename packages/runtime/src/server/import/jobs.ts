import { readFile, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { Id, Locale, Rejection } from '@tenon/engine'
import { isLocale, renderProblem } from '@tenon/engine'
import { validateJson } from '@tenon/engine/validate'
import type { ImportResult, JobView } from '@tenon/runtime/contract'
import { Value } from 'typebox/value'
import type { Caller } from '../auth/identity.ts'
import type { ImportDoors, ImportOptions } from '../doors.ts'
import { newId } from '../store/new-id.ts'
import type { Tables } from '../store/tables.ts'
import { notFound, TenonError } from '../tenon-error.ts'
import type { RowError } from './check-rows.ts'
import { errorFile, messageOf } from './error-file.ts'
import type { ImportPorts } from './import-ports.ts'
import { ImportMapping } from './mapping.ts'
import { readTable } from './read-table.ts'
import { type ImportOutcome, type ImportRequest, requireImportRight, runImport } from './run-import.ts'
import { suggestMapping } from './suggest-mapping.ts'
import { undoBatch } from './undo-batch.ts'

const mostErrorsKept = 10_000
const mostColumnsNamed = 10

/** One import runs at a time; the others wait their turn. */
export type ImportQueue = {
  /** Resolves when the work is a job that can be watched; it is carried out when its turn comes. */
  begin(job: NewJob, work: Omit<Work, 'app' | 'form' | 'batch' | 'mode'>, by: Caller): Promise<void>
  /**
   * Work that writes records under a batch and is no import: watched, taken back and recovered as one. What it throws
   * is its problem, and all that it wrote is taken back.
   */
  beginWork(job: NewJob, work: (onProgress: OnProgress) => Promise<number>): Promise<void>
  /** Takes the next turn for something else. */
  wait(work: () => Promise<void>): void
  /** What the person is told who waits for a job that has failed; a fault goes to the log under the number they get. */
  problemOf(batch: Id, error: unknown): Rejection
}

type OnProgress = (done: number, total: number) => Promise<void>
type Report = (error: unknown, about: { readonly request: Id }) => void

export function createImportQueue(ports: ImportPorts, report: Report): ImportQueue {
  const problemOf = (batch: Id, error: unknown): Rejection => {
    if (error instanceof TenonError) return { code: error.code, details: error.details ?? {}, problems: error.problems }
    report(error, { request: batch })
    return { code: 'server.fault', details: { request: batch } }
  }
  let turn: Promise<void> = Promise.resolve()
  return {
    async begin(job, request, by) {
      await insertJob(ports, job)
      const { app, form, batch, mode } = job
      turn = turn.then(() => work(ports, by, { ...request, app, form, batch, mode }, problemOf))
    },
    async beginWork(job, request) {
      await insertJob(ports, job)
      turn = turn.then(() => otherWork(ports, job, request, problemOf))
    },
    wait(next) {
      turn = turn.then(next)
    },
    problemOf,
  }
}

/** Imports as jobs: started, watched, left and come back to. */
export function importDoors(ports: ImportPorts, queue: ImportQueue): ImportDoors {
  return {
    async inspect(principal, app, form, path) {
      const model = requireImportRight(ports, principal, app, form)
      const table = await readTable(await readFile(path))
      if (table.rows.length === 0) throw new TenonError('import.empty')
      return {
        rows: table.rows.length,
        columns: table.columns.map((name, i) => ({
          name,
          samples: [
            ...new Set(
              table.rows
                .slice(0, 50)
                .map((row) => row[i] ?? '')
                .filter((text) => text !== ''),
            ),
          ].slice(0, 5),
        })),
        suggested: suggestMapping(table, model),
      }
    },
    async start(principal, app, form, path, name, options) {
      requireImportRight(ports, principal, app, form)
      const known = options.batch !== undefined && (await isJob(ports, options.batch))
      if (known && options.batch !== undefined) return jobView(ports, principal, options.batch)
      const mapping = await mappingOf(options, () => suggestFrom(ports, principal, app, form, path))
      const request = {
        bytes: await readFile(path),
        mapping,
        ...(options.entries ? { entries: await readFile(options.entries.path) } : {}),
      }
      await Promise.all([path, options.entries?.path].map((file) => file !== undefined && rm(file, { force: true })))
      const batch = options.batch ?? newId(ports.clock.now())
      const job = { batch, app, form, name, mode: options.mode, by: userOf(principal) }
      await queue.begin(job, { ...request, dryRun: options.dryRun }, principal)
      return jobView(ports, principal, batch)
    },
    job: (principal, id, locale) => jobView(ports, principal, id, locale),
    async undo(principal, id) {
      const { app, form, state, phase, created } = await ownJob(ports, principal, id)
      requireImportRight(ports, principal, app, form)
      if (phase === 'undoing' || phase === 'undone') return jobView(ports, principal, id)
      if (state !== 'done' || phase !== 'done' || created === 0) throw new TenonError('import.nothingToUndo')
      await update(ports, id, { state: 'running', phase: 'undoing', finished_at: null, rows_done: 0 })
      queue.wait(() => takeBack(ports, app, id, queue))
      return jobView(ports, principal, id)
    },
    async jobs(principal, locale) {
      const user = userOf(principal)
      const rows = await ports.store.read
        .selectFrom('import_batches')
        .select('id')
        .where('started_by', user === null ? 'is' : '=', user)
        .orderBy('started_at', 'desc')
        .limit(20)
        .execute()
      return Promise.all(rows.map((row) => jobView(ports, principal, row.id, locale)))
    },
    async errorFile(principal, id) {
      await ownJob(ports, principal, id)
      return Readable.from([errorFile(await errorsOf(ports, id, mostErrorsKept), localeOf(principal))])
    },
  }
}

async function isJob({ store }: ImportPorts, id: Id): Promise<boolean> {
  return (
    (await store.read.selectFrom('import_batches').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
  )
}

const userOf = (principal: Caller): Id | null => (principal.kind === 'user' ? principal.user.id : null)
const localeOf = (principal: Caller) =>
  principal.kind === 'user' && isLocale(principal.user.locale) ? principal.user.locale : 'zh-CN'

async function mappingOf(options: ImportOptions, suggest: () => Promise<ImportMapping>): Promise<ImportMapping> {
  if (options.mapping === undefined) return suggest()
  if (Value.Check(ImportMapping, options.mapping)) return options.mapping
  throw new TenonError('import.mapping', undefined, validateJson(options.mapping, ImportMapping).slice(0, 20))
}

async function suggestFrom(
  ports: ImportPorts,
  principal: Caller,
  app: string,
  form: string,
  path: string,
): Promise<ImportMapping> {
  const table = await readTable(await readFile(path))
  const mapping = suggestMapping(table, requireImportRight(ports, principal, app, form))
  if (mapping.fields.length > 0) return mapping
  throw new TenonError('import.noColumnFits', { columns: table.columns.slice(0, mostColumnsNamed) })
}

type NewJob = {
  readonly batch: Id
  readonly app: string
  readonly form: string
  readonly name: string
  readonly mode: 'all' | 'partial'
  readonly by: Id | null
}

async function insertJob({ store, clock }: ImportPorts, { batch, app, form, name, mode, by }: NewJob): Promise<void> {
  const now = clock.now()
  await store.transact(async (tx) => {
    await tx
      .insertInto('import_batches')
      .values({
        id: batch,
        app,
        form,
        file_name: name,
        state: 'waiting',
        mode,
        started_by: by,
        started_at: now,
        finished_at: null,
        seen_at: now,
        rows_total: 0,
        rows_done: 0,
        created: 0,
        updated: 0,
        skipped: 0,
        failed: 0,
        problem: null,
        phase: 'waiting',
      })
      .execute()
    return { ok: true, value: undefined }
  })
}

/** Says of an import that ran outside the queue what a job says of itself when it is done. */
export async function keepDone(ports: ImportPorts, job: NewJob, outcome: ImportOutcome): Promise<void> {
  await insertJob(ports, job)
  await finish(ports, job.batch, { dryRun: false }, outcome, undefined)
}

type Work = {
  readonly app: string
  readonly form: string
  readonly batch: Id
  readonly bytes: Uint8Array
  readonly entries?: Uint8Array
  readonly mapping: ImportMapping
  readonly mode: 'all' | 'partial'
  readonly dryRun: boolean
} & Pick<ImportRequest, 'shiftMs' | 'withoutPeople' | 'players' | 'promised'>

async function work(
  ports: ImportPorts,
  principal: Caller,
  { batch, ...request }: Work,
  problemOf: ImportQueue['problemOf'],
): Promise<void> {
  try {
    await update(ports, batch, { state: 'running', phase: 'checking' })
    const done = await runImport(ports, {
      principal,
      batch,
      ...request,
      onProgress: (phase, rows_done, rows_total) => update(ports, batch, { phase, rows_done, rows_total }),
    })
    await finish(ports, batch, request, done.ok ? done.value : undefined, done.ok ? undefined : done.error)
  } catch (error) {
    // Whatever went wrong is the job's result: there is nobody left to throw to.
    await finish(ports, batch, request, undefined, problemOf(batch, error))
  }
}

async function otherWork(
  ports: ImportPorts,
  { app, batch }: NewJob,
  request: (onProgress: OnProgress) => Promise<number>,
  problemOf: ImportQueue['problemOf'],
): Promise<void> {
  let written = 0
  try {
    await update(ports, batch, { state: 'running', phase: 'writing' })
    const created = await request((rows_done, rows_total) => {
      written = rows_done
      return update(ports, batch, { rows_done, rows_total })
    })
    await update(ports, batch, { state: 'done', phase: 'done', created, finished_at: ports.clock.now() })
  } catch (error) {
    const problem = problemOf(batch, error)
    const undone = await undoBatch(ports, app, batch, 'everything').catch((second) => {
      problemOf(batch, second)
      return { kept: written }
    })
    await update(ports, batch, {
      state: 'failed',
      phase: 'done',
      // What could not be taken back is still there, and is told.
      created: undone.kept,
      problem: JSON.stringify(problem),
      finished_at: ports.clock.now(),
    })
  }
}

type Columns = Partial<{
  state: string
  phase: string
  rows_done: number
  rows_total: number
  created: number
  updated: number
  skipped: number
  failed: number
  problem: string | null
  finished_at: number | null
}>

async function update({ store, clock }: ImportPorts, batch: Id, columns: Columns): Promise<void> {
  await store.transact(async (tx) => {
    await tx
      .updateTable('import_batches')
      .set({ ...columns, seen_at: clock.now() })
      .where('id', '=', batch)
      .execute()
    return { ok: true, value: undefined }
  })
}

async function finish(
  ports: ImportPorts,
  batch: Id,
  { dryRun }: { readonly dryRun: boolean },
  outcome: ImportOutcome | undefined,
  problem: Rejection | undefined,
): Promise<void> {
  if (outcome) await keepErrors(ports, batch, outcome.errors)
  const refused = outcome !== undefined && !outcome.written && !dryRun
  const rejection: Rejection | undefined =
    problem ?? (refused ? { code: 'import.rowsWrong', details: { failed: outcome.failed } } : undefined)
  await update(ports, batch, {
    state: rejection ? 'failed' : 'done',
    phase: dryRun ? 'checked' : 'done',
    finished_at: ports.clock.now(),
    problem: rejection ? JSON.stringify(rejection) : null,
    ...(outcome
      ? {
          created: refused ? 0 : outcome.created,
          updated: refused ? 0 : outcome.updated,
          skipped: outcome.skipped,
          failed: outcome.failed,
          rows_total: outcome.rows,
          rows_done: outcome.rows,
        }
      : {}),
  })
}

/** Takes a finished import back; what somebody has worked on since stays and is counted. */
async function takeBack(
  ports: ImportPorts,
  app: string,
  batch: Id,
  { problemOf }: Pick<ImportQueue, 'problemOf'>,
): Promise<void> {
  try {
    const { deleted, kept } = await undoBatch(ports, app, batch, 'untouched', (rows_done, rows_total) =>
      update(ports, batch, { rows_done, rows_total }),
    )
    await update(ports, batch, {
      state: 'done',
      phase: 'undone',
      finished_at: ports.clock.now(),
      rows_done: deleted,
      rows_total: deleted + kept,
    })
  } catch (error) {
    await update(ports, batch, {
      state: 'failed',
      phase: 'undone',
      finished_at: ports.clock.now(),
      problem: JSON.stringify(problemOf(batch, error)),
    })
  }
}

async function keepErrors({ store }: ImportPorts, batch: Id, errors: readonly RowError[]): Promise<void> {
  const rows = errors.slice(0, mostErrorsKept).map((error, position) => ({
    batch,
    position,
    row: error.line,
    column_name: error.column,
    value: error.value.slice(0, 2000),
    code: error.code,
    details: JSON.stringify(error.details ?? {}),
  }))
  await store.transact(async (tx) => {
    for (let start = 0; start < rows.length; start += 100)
      await tx
        .insertInto('import_row_errors')
        .values(rows.slice(start, start + 100))
        .execute()
    return { ok: true, value: undefined }
  })
}

async function errorsOf({ store }: ImportPorts, batch: Id, limit: number): Promise<readonly RowError[]> {
  const rows = await store.read
    .selectFrom('import_row_errors')
    .selectAll()
    .where('batch', '=', batch)
    .orderBy('position')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    line: row.row,
    column: row.column_name,
    value: row.value,
    code: row.code,
    details: JSON.parse(row.details) as RowError['details'],
  }))
}

async function ownJob({ store }: ImportPorts, principal: Caller, id: Id) {
  const row = await store.read.selectFrom('import_batches').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row || (principal.kind === 'user' && row.started_by !== principal.user.id)) throw notFound()
  return row
}

const moment = (ms: number): string => new Date(ms).toISOString()

async function jobView(ports: ImportPorts, principal: Caller, id: Id, locale?: Locale): Promise<JobView> {
  return viewOf(ports, await ownJob(ports, principal, id), locale ?? localeOf(principal))
}

/** A job as it is told, to whoever may see it. */
export async function viewOf(ports: ImportPorts, row: Tables['import_batches'], locale: Locale): Promise<JobView> {
  const { id } = row
  const errors = await errorsOf(ports, id, 100)
  const problem = row.problem === null ? null : (JSON.parse(row.problem) as Rejection)
  const isDry = row.phase === 'checked'
  const result: ImportResult = {
    // Being taken back, the row counts records that go, not rows of the file.
    rows: row.phase.startsWith('und') ? row.created + row.updated + row.skipped + row.failed : row.rows_total,
    created: row.created,
    updated: row.updated,
    skipped: row.skipped,
    failed: row.failed,
    dryRun: isDry,
    batch: isDry ? null : id,
    errors: errors.map((error) => ({
      row: error.line,
      column: error.column,
      code: error.code,
      message: messageOf(error, locale),
    })),
  }
  return {
    id,
    kind: 'import',
    state: row.state as JobView['state'],
    title: row.file_name,
    done: row.rows_done,
    total: row.rows_total === 0 ? null : row.rows_total,
    phase: row.phase,
    createdAt: moment(row.started_at),
    finishedAt: row.finished_at === null ? null : moment(row.finished_at),
    result: row.finished_at === null ? null : { ...result },
    problem: problem && { code: problem.code, message: problemText(problem, locale) },
    errorFile: errors.length > 0 ? `/api/jobs/${id}/errors` : null,
  }
}

/** The refusal with the problems behind it: a mapping's mistakes are of no use without their places. */
function problemText(problem: Rejection, locale: Locale): string {
  const parts = (problem.problems ?? []).slice(0, 5).map((one) => renderProblem(one, locale))
  return [renderProblem({ code: problem.code, details: problem.details ?? {} }, locale), ...parts].join(
    locale === 'en' ? '; ' : '；',
  )
}

/**
 * Takes back imports that a stopped process left half done: those of which nobody has heard for `silentMs`. With one
 * process that is every one it finds at its start; with several another one may still be at it.
 */
export async function recoverImports(
  ports: ImportPorts,
  silentMs: number,
  queue: Pick<ImportQueue, 'problemOf'>,
): Promise<void> {
  const open = await ports.store.read
    .selectFrom('import_batches')
    .select(['id', 'app', 'phase'])
    .where('state', 'in', ['waiting', 'running'])
    .where('seen_at', '<=', ports.clock.now() - silentMs)
    .execute()
  for (const { id, app, phase } of open) {
    if (phase === 'undoing') {
      await takeBack(ports, app, id, queue)
      continue
    }
    await undoBatch(ports, app, id, 'everything')
    await update(ports, id, {
      state: 'failed',
      phase: 'done',
      finished_at: ports.clock.now(),
      problem: JSON.stringify({ code: 'import.interrupted' }),
    })
  }
}
