import {
  type AppModel,
  canonicalText,
  FormDefinition,
  type FormModel,
  fail,
  type Id,
  type Json,
  ok,
  type Principal,
  type Rejection,
  type Result,
  rightsOn,
} from '@tenon/engine'
import { publishApp } from '../commands/app/publish.ts'
import type { Executor } from '../commands/execute.ts'
import { saveDepartment } from '../people/save-department.ts'
import { readFiles } from '../store/apps.ts'
import { newId } from '../store/new-id.ts'
import { denied, notFound, TenonError } from '../tenon-error.ts'
import { type CheckedFile, checkRows, type RowError } from './check-rows.ts'
import { findRecords } from './find-records.ts'
import type { ImportPorts } from './import-ports.ts'
import type { ImportMapping } from './mapping.ts'
import { readTable, type Table } from './read-table.ts'
import { optionId } from './references.ts'
import { undoBatch } from './undo-batch.ts'
import { type Counts, writeRows } from './write-rows.ts'

export type ImportRequest = {
  readonly principal: Principal
  readonly app: string
  readonly form: string
  readonly bytes: Uint8Array
  readonly entries?: Uint8Array | undefined
  readonly mapping: ImportMapping
  readonly mode: 'all' | 'partial'
  readonly dryRun: boolean
  readonly batch: Id
  /** Moves every day and moment of the file; whole days. For sample data that must end today. */
  readonly shiftMs?: number
  /** People and departments that are not there stay blank. Absent: they are a problem. */
  readonly withoutPeople?: boolean
  /** Whom and which departments the names of the file mean; whoever else bears one is not meant. Absent: those there are. */
  readonly players?: { readonly people: ReadonlyMap<string, Id>; readonly departments: ReadonlyMap<string, Id> }
  /** Of a trial run: texts by which records will be found once the files before this one are in. Absent: none. */
  readonly promised?: ReadonlyMap<string, ReadonlySet<string>>
  readonly note?: Parameters<Executor['executeBatch']>[2]
  readonly onProgress?: (phase: 'checking' | 'writing', done: number, total: number) => void | Promise<void>
}
export type ImportOutcome = Counts & {
  readonly rows: number
  readonly failed: number
  readonly errors: readonly RowError[]
  readonly written: boolean
}

/**
 * Imports a file: reads it, checks every row, and only then writes, in portions under one batch id. With `mode` all a
 * single wrong row means that nothing is written. A failure while writing takes the whole batch back.
 */
export async function runImport(ports: ImportPorts, request: ImportRequest): Promise<Result<ImportOutcome, Rejection>> {
  const { mapping } = request
  const table = await readTable(request.bytes, { encoding: mapping.encoding, delimiter: mapping.delimiter })
  const entries = request.entries && (await readTable(request.entries))
  const checked = await check(ports, request, table, entries)
  const failed = checked.failedLines
  const outcome = { rows: checked.rows.length + failed, failed, errors: checked.errors }
  if (request.dryRun || (failed > 0 && request.mode === 'all')) {
    const updated = checked.rows.filter((row) => row.existing !== undefined).length
    return ok({
      ...outcome,
      created: checked.rows.length - updated,
      updated: mapping.onMatch === 'update' ? updated : 0,
      skipped: mapping.onMatch === 'update' ? 0 : updated,
      written: false,
    })
  }
  const prepared = await prepare(ports, request, checked)
  const written = await writeRows({
    executor: ports.executor,
    principal: request.principal,
    app: request.app,
    form: request.form,
    batch: request.batch,
    mapping,
    checked: prepared,
    now: () => ports.clock.now(),
    ...(request.note ? { note: request.note } : {}),
    onProgress: (done, total) => request.onProgress?.('writing', done, total),
  })
  if (written.ok) return ok({ ...outcome, ...written.value, written: true })
  await undoBatch(ports, request.app, request.batch, 'everything')
  return fail(
    written.error.line === undefined
      ? written.error
      : {
          code: 'import.writeFailed',
          details: { line: written.error.line, code: written.error.code },
          problems: written.error.problems ?? [],
        },
  )
}

function formOf(ports: ImportPorts, app: string, form: string): { readonly app: AppModel; readonly form: FormModel } {
  const model = ports.memory.now.apps.app(app)?.model
  const found = model?.forms.get(form)
  if (!model || !found) throw notFound()
  return { app: model, form: found }
}

/** Whether the one who asks may import into the form at all; every row is asked again when it is written. */
export function requireImportRight(ports: ImportPorts, principal: Principal, app: string, form: string): FormModel {
  const found = formOf(ports, app, form).form
  const rights = rightsOn(found, principal)
  if (!rights.has('read')) throw notFound()
  if (!rights.has('import')) throw denied()
  return found
}

async function check(
  ports: ImportPorts,
  request: ImportRequest,
  table: Table,
  entries: Table | undefined,
): Promise<CheckedFile> {
  const { app, form } = formOf(ports, request.app, request.form)
  const loaded = ports.memory.now.apps.app(request.app)
  const organisation = ports.memory.now.organisation
  const { players } = request
  const byName = new Map(
    organisation.departments().flatMap(
      (one) =>
        [
          [one.name, one.id],
          [one.code, one.id],
        ] as const,
    ),
  )
  return checkRows({
    app,
    form,
    lookup: loaded?.lookup ?? (() => undefined),
    table,
    entries,
    mapping: request.mapping,
    principal: request.principal,
    now: ports.clock.now(),
    shiftMs: request.shiftMs ?? 0,
    withoutPeople: request.withoutPeople ?? false,
    ports: {
      newId: () => newId(ports.clock.now()),
      findRecords: (...asked) => foundOrPromised(ports, request, ...asked),
      userByName: (name) =>
        players
          ? players.people.get(name)
          : (organisation.byUsername(name)?.id ?? organisation.everybody().find((person) => person.name === name)?.id),
      departmentByName: (name) => (players ? players.departments.get(name) : byName.get(name)),
    },
    onProgress: (done, total) => request.onProgress?.('checking', done, total),
  })
}

/** Records that are there; in a trial run also those that the files before this one would bring. */
async function foundOrPromised(
  ports: ImportPorts,
  { dryRun, promised, app: own }: ImportRequest,
  ...[app, form, field, values]: [app: string, form: string, field: string, values: readonly string[]]
): Promise<ReadonlyMap<string, Id>> {
  const found = await findRecords(ports, app, form, field, values)
  const coming = dryRun && app === own ? promised?.get(`${form}/${field}`) : undefined
  if (!coming) return found
  const absent = values.filter((value) => coming.has(value) && !found.has(value))
  return new Map([...found, ...absent.map((value) => [value, newId(ports.clock.now())] as const)])
}

/** Makes what the rows point to and is not there yet: options by a publish, departments by their command. */
async function prepare(ports: ImportPorts, request: ImportRequest, checked: CheckedFile): Promise<CheckedFile> {
  if (checked.creations.options.size > 0) await publishOptions(ports, request, checked.creations.options)
  const real = new Map<string, Id>()
  for (const [name, planned] of checked.creations.departments)
    real.set(planned, await makeDepartment(ports, request, name))
  return real.size === 0
    ? checked
    : { ...checked, rows: checked.rows.map((row) => ({ ...row, values: substituted(row.values, real) })) }
}

const substituted = (
  values: { readonly [field: string]: Json },
  real: ReadonlyMap<string, Id>,
): { readonly [field: string]: Json } =>
  Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      field,
      typeof value === 'string' ? (real.get(value) ?? value) : value,
    ]),
  )

async function makeDepartment(ports: ImportPorts, request: ImportRequest, name: string): Promise<Id> {
  const taken = new Set(ports.memory.now.organisation.departments().map((one) => one.code))
  const code = optionId(name, taken)
  const made = await ports.executor.perform(request.principal, (unit) => saveDepartment(unit, { code, name }))
  if (!made.ok) throw new TenonError(made.error.code, made.error.details, made.error.problems ?? [])
  await ports.memory.fresh()
  return made.value
}

async function publishOptions(
  ports: ImportPorts,
  request: ImportRequest,
  options: CheckedFile['creations']['options'],
): Promise<void> {
  const { app, form } = formOf(ports, request.app, request.form)
  const fields = form.definition.fields.map((field) => {
    const made = options.get(field.id)
    return made && 'options' in field
      ? { ...field, options: [...field.options, ...[...made].map(([id, label]) => ({ id, label }))] }
      : field
  })
  const path = `forms/${form.id}.json`
  const text = canonicalText({ ...form.definition, fields }, FormDefinition)
  const files = (await readFiles(ports.store.read, app.id, app.version)).map((file) =>
    file.path === path ? { path, text } : file,
  )
  const published = await publishApp(
    ports,
    { kind: 'system', reason: 'import' },
    { app: app.id, files, baseVersion: app.version, confirm: [], note: request.batch },
  )
  if (!published.ok) throw new TenonError(published.error.code, published.error.details, published.error.problems ?? [])
  await ports.memory.fresh()
}
