import {
  type AppModel,
  evaluateForm,
  type FieldModel,
  type FormLookup,
  type FormModel,
  fieldRights,
  formModel,
  type History,
  type Id,
  type Instant,
  type Json,
  namedCalendarsOf,
  type Principal,
  type Problem,
  withLookups,
} from '@tenon/engine'
import { IANAZone } from 'luxon'
import { TenonError } from '../tenon-error.ts'
import { CellReader, rawValue } from './convert.ts'
import { type Group, groupRows } from './group-rows.ts'
import type { ColumnMapping, ImportMapping } from './mapping.ts'
import type { Table } from './read-table.ts'
import { type Creations, noCreations, type ReferencePorts, type Resolver, resolverFor } from './references.ts'

/** A record to be: where it stands in the file, its values, and its history where it has one. */
export type PlannedRow = {
  readonly line: number
  readonly key: string | null
  /** The record that is there already. */
  readonly existing: Id | undefined
  readonly values: { readonly [field: string]: Json }
  readonly history?: History
}
export type RowError = {
  readonly line: number
  readonly column: string | null
  readonly value: string
  readonly code: string
  readonly details: Problem['details']
}
export type CheckedFile = {
  readonly rows: readonly PlannedRow[]
  readonly errors: readonly RowError[]
  readonly creations: Creations
  readonly failedLines: number
}

export type CheckInput = {
  readonly app: AppModel
  readonly form: FormModel
  readonly lookup: FormLookup
  readonly table: Table
  readonly entries?: Table | undefined
  readonly mapping: ImportMapping
  readonly principal: Principal
  readonly now: Instant
  /** Moves every day and moment of the file. */
  readonly shiftMs?: number
  /** People and departments that are not there stay blank instead of being a problem. Absent: they are one. */
  readonly withoutPeople?: boolean
  readonly ports: ReferencePorts
  readonly onProgress?: (done: number, total: number) => void | Promise<void>
}

/** How many rows are checked between two looks at anything else. */
const breath = 200

/** Checks every row before the first is written: what each would become, and everything that is wrong, by line. */
export async function checkRows(input: CheckInput): Promise<CheckedFile> {
  checkMapping(input)
  const { table, mapping, app } = input
  const zone = app.definition.zone ?? 'Asia/Shanghai'
  const reader = new CellReader(table, mapping, zone, input.shiftMs)
  const groups = groupRows(table, mapping)
  const creations = noCreations()
  const resolvers = await resolversOf(input, reader, groups, creations)
  const entries = entriesOf(input, reader, zone)
  const drafts = groups.map((group) => draft(input, reader, group, resolvers, entries(group)))
  const existing = await findExisting(input, drafts)
  const form = withOptions(input, creations)
  const rows: PlannedRow[] = []
  const errors: RowError[] = []
  const seen = new Set<string>()
  for (const [index, one] of drafts.entries()) {
    const row = { ...one.row, existing: one.row.key === null ? undefined : existing.get(one.row.key) }
    const found = [
      ...one.errors,
      ...duplicateErrors(row, seen, mapping),
      ...matchErrors(row, mapping),
      ...(one.errors.length > 0 ? [] : valueErrors(input, form, row)),
    ]
    if (found.length > 0) errors.push(...found)
    else rows.push(row)
    if (index % breath === 0) {
      await input.onProgress?.(index, drafts.length)
      await new Promise((resume) => setImmediate(resume))
    }
  }
  await input.onProgress?.(drafts.length, drafts.length)
  return { rows, errors, creations, failedLines: drafts.length - rows.length }
}

/** The mapping must fit the file and the form before a single row is looked at. */
function checkMapping({ mapping, table, form, entries }: CheckInput): void {
  const problems: Problem[] = []
  const columns = new Set(table.columns)
  const missing = (column: string | undefined, path: string, among: ReadonlySet<string> = columns) => {
    if (column !== undefined && !among.has(column))
      problems.push({ code: 'import.noColumn', path, details: { column } })
  }
  if (mapping.form !== undefined && mapping.form !== form.id)
    problems.push({ code: 'import.otherForm', path: '/form', details: { form: mapping.form } })
  missing(mapping.group, '/group')
  for (const [i, source] of mapping.fields.entries()) {
    missing(source.column, `/fields/${i}/column`)
    missing(source.where?.column, `/fields/${i}/where/column`)
    if (form.fields.get(source.field)?.rows)
      problems.push({ code: 'import.table', path: `/fields/${i}/field`, details: { field: source.field } })
    if (!form.fields.has(source.field) || form.fields.get(source.field)?.system)
      problems.push({ code: 'field.unknown', path: `/fields/${i}/field`, details: { field: source.field } })
    if (source.column === undefined && source.value === undefined)
      problems.push({ code: 'import.noSource', path: `/fields/${i}`, details: { field: source.field } })
  }
  if (mapping.zone !== undefined && !IANAZone.isValidZone(mapping.zone))
    problems.push({ code: 'import.zoneUnknown', path: '/zone', details: { zone: mapping.zone } })
  if (mapping.key !== undefined && !mapping.fields.some((source) => source.field === mapping.key))
    problems.push({ code: 'import.keyNotMapped', path: '/key', details: { field: mapping.key } })
  const history = mapping.history
  if (history?.entries) {
    const among = entries ? new Set(entries.columns) : columns
    for (const name of ['at', 'by', 'text', 'key'] as const)
      missing(history.entries[name], `/history/entries/${name}`, among)
  }
  for (const name of ['createdAt', 'updatedAt'] as const) {
    const field = history?.[name]
    if (field !== undefined && !mapping.fields.some((source) => source.field === field))
      problems.push({ code: 'field.unknown', path: `/history/${name}`, details: { field } })
  }
  if (problems.length > 0) throw new TenonError('import.mapping', undefined, problems)
}

async function resolversOf(
  input: CheckInput,
  reader: CellReader,
  groups: readonly Group[],
  creations: Creations,
): Promise<ReadonlyMap<string, Resolver>> {
  const resolvers = new Map<string, Resolver>()
  for (const source of input.mapping.fields) {
    const field = input.form.fields.get(source.field)
    if (!field) continue
    const texts = new Set<string>()
    if (field.target?.kind === 'record') for (const group of groups) addText(texts, mappedText(reader, group, source))
    const resolver = await resolverFor(input.form, field, source, texts, input.ports, creations)
    if (resolver) resolvers.set(source.field, resolver)
  }
  return resolvers
}

const addText = (texts: Set<string>, text: string | null): void => {
  if (text !== null) texts.add(text)
}

function mappedText(reader: CellReader, group: Group, source: ColumnMapping): string | null {
  const { text } = reader.cell(group, source)
  if (text === null) return null
  return source.map && Object.hasOwn(source.map, text) ? (source.map[text] ?? null) : text
}

type Draft = { readonly row: Omit<PlannedRow, 'existing'>; readonly errors: readonly RowError[] }

function draft(
  { form, mapping, table, withoutPeople }: CheckInput,
  reader: CellReader,
  group: Group,
  resolvers: ReadonlyMap<string, Resolver>,
  entries: Entries,
): Draft {
  const values: Record<string, Json> = {}
  const lineOf = (row: number) => table.lines[row] ?? 1
  const line = lineOf(group.rows[0] ?? 0)
  const errors: RowError[] = [...cellErrors(table, group), ...entryErrors(mapping, entries, line)]
  for (const source of mapping.fields) {
    const field = form.fields.get(source.field)
    const cell = reader.cell(group, source)
    const raw = cell.text === null || !field ? null : rawValue(reader, cell.text, source, field)
    const value = raw === null ? null : resolved(raw, resolvers.get(source.field))
    if (value === undefined && withoutPeople && isOfPeople(field)) continue
    if (value === undefined)
      errors.push({
        line: lineOf(cell.row),
        column: source.column ?? source.field,
        value: raw ?? '',
        code: 'import.notFound',
        details: { value: raw ?? '' },
      })
    else if (value !== null) values[source.field] = value
  }
  const key =
    mapping.key === undefined ? null : typeof values[mapping.key] === 'string' ? (values[mapping.key] as string) : null
  if (mapping.key !== undefined && key === null)
    errors.push({ line, column: mapping.key, value: '', code: 'import.keyBlank', details: {} })
  const history = mapping.history && historyOf(mapping.history, values, entries.read)
  if (history && history.createdAt === undefined)
    errors.push({ line, column: mapping.history?.createdAt ?? null, value: '', code: 'import.noCreation', details: {} })
  const { createdAt } = history ?? {}
  return {
    row: { line, key, values, ...(history && createdAt !== undefined && { history: { ...history, createdAt } }) },
    errors,
  }
}

/** A row with more cells than there are columns: a text with a comma and without quotes has moved all behind it. */
const cellErrors = ({ columns, rows, lines }: Table, group: Group): readonly RowError[] =>
  group.rows.flatMap((row) => {
    const beyond = (rows[row] ?? []).slice(columns.length).filter((cell) => cell.trim() !== '')
    if (beyond.length === 0) return []
    const details = { cells: rows[row]?.length ?? 0, columns: columns.length }
    return [{ line: lines[row] ?? 1, column: null, value: beyond.join(' '), code: 'import.tooManyCells', details }]
  })

const entryErrors = ({ history }: ImportMapping, { unread }: Entries, line: number): readonly RowError[] =>
  unread.map((value) => {
    const column = history?.entries?.at ?? null
    return { line, column, value: value ?? '', code: 'import.noMoment', details: { value: value ?? '' } }
  })

const isOfPeople = (field: FieldModel | undefined): boolean =>
  field?.target?.kind === 'user' || field?.target?.kind === 'department'

const resolved = (raw: string, resolver: Resolver | undefined): Json | undefined =>
  resolver ? (resolver(raw) as Json | undefined) : raw

function historyOf(
  history: NonNullable<ImportMapping['history']>,
  values: { readonly [field: string]: Json },
  entries: History['entries'],
): Omit<History, 'createdAt'> & { readonly createdAt: Instant | undefined } {
  const moment = (field: string | undefined) =>
    field !== undefined && typeof values[field] === 'string' ? Date.parse(values[field] as string) : Number.NaN
  const created = moment(history.createdAt)
  const createdAt = Number.isNaN(created) ? entries[0]?.at : created
  const updated = moment(history.updatedAt)
  return {
    createdAt,
    updatedAt: Number.isNaN(updated) ? (entries.at(-1)?.at ?? createdAt ?? 0) : updated,
    createdBy: null,
    entries,
  }
}

/** The entries of a record, and the texts that should have said when one was and say no moment. */
type Entries = { readonly read: History['entries']; readonly unread: readonly (string | null)[] }

/** Finds the entries of a record: the rows of its own group, or those of the second file with its key. */
function entriesOf(
  { mapping, entries, shiftMs }: CheckInput,
  reader: CellReader,
  zone: string,
): (group: Group) => Entries {
  const source = mapping.history?.entries
  if (!source) return () => ({ read: [], unread: [] })
  const from = entries ? new CellReader(entries, mapping, zone, shiftMs) : reader
  const entry = (row: number, at: Instant): History['entries'][number] => ({
    at,
    by: source.by === undefined ? null : from.text(row, source.by),
    text: source.text === undefined ? '' : (from.text(row, source.text) ?? ''),
    values: Object.fromEntries(
      (source.values ?? []).flatMap((column) =>
        from.text(row, column) === null ? [] : [[column, from.text(row, column)]],
      ),
    ),
  })
  const read = (rows: readonly number[]): Entries => {
    const timed = rows.map((row) => ({ row, at: from.instant(from.text(row, source.at), source.date) }))
    return {
      read: timed.flatMap(({ row, at }) => (at === undefined ? [] : [entry(row, at)])),
      unread: timed.flatMap(({ row, at }) => (at === undefined ? [from.text(row, source.at)] : [])),
    }
  }
  if (!entries || source.key === undefined) return (group) => read(group.rows)
  const keyColumn = source.key
  const byKey = new Map<string, number[]>()
  for (const row of entries.rows.keys()) {
    const key = from.text(row, keyColumn)
    if (key !== null) byKey.set(key, [...(byKey.get(key) ?? []), row])
  }
  const own = mapping.fields.find((one) => one.field === mapping.key)
  return (group) => read(own ? (byKey.get(reader.cell(group, own).text ?? '') ?? []) : [])
}

async function findExisting(
  { mapping, form, ports }: CheckInput,
  drafts: readonly Draft[],
): Promise<ReadonlyMap<string, Id>> {
  if (mapping.key === undefined) return new Map()
  const keys = drafts.flatMap(({ row }) => row.key ?? [])
  return ports.findRecords(form.app, form.id, mapping.key, [...new Set(keys)])
}

function duplicateErrors(row: PlannedRow, seen: Set<string>, mapping: ImportMapping): readonly RowError[] {
  if (row.key === null) return []
  if (seen.has(row.key))
    return [
      {
        line: row.line,
        column: mapping.key ?? null,
        value: row.key,
        code: 'import.keyTwice',
        details: { value: row.key },
      },
    ]
  seen.add(row.key)
  return []
}

const matchErrors = (row: PlannedRow, mapping: ImportMapping): readonly RowError[] =>
  row.existing !== undefined && mapping.onMatch === 'problem'
    ? [
        {
          line: row.line,
          column: mapping.key ?? null,
          value: row.key ?? '',
          code: 'import.exists',
          details: { value: row.key ?? '' },
        },
      ]
    : []

/** The form as it will be when the options that the file brings have been added. */
function withOptions({ app, form, lookup }: CheckInput, creations: Creations): FormModel {
  if (creations.options.size === 0) return form
  const fields = form.definition.fields.map((field) => {
    const made = creations.options.get(field.id)
    return made && 'options' in field
      ? { ...field, options: [...field.options, ...[...made].map(([id, label]) => ({ id, label }))] }
      : field
  })
  const home = { id: app.id, currency: app.definition.currency ?? 'CNY' }
  return withLookups(formModel({ ...form.definition, fields }, home), lookup)
}

/** What the one evaluator says about the row, without writing anything. */
function valueErrors(input: CheckInput, form: FormModel, row: PlannedRow): readonly RowError[] {
  const { app, now } = input
  const zone = app.definition.zone ?? 'Asia/Shanghai'
  const facts = { now, zone, calendars: namedCalendarsOf(app), linked: () => undefined }
  const state = evaluateForm(form, {
    mode: row.existing === undefined ? 'create' : 'edit',
    data: row.values,
    facts,
    rights: fieldRights(form, input.principal, facts, input.lookup, 'create'),
    lookup: input.lookup,
    authority: row.history ? 'history' : 'person',
  })
  return state.problems.map((problem) => {
    const field = problem.path.slice(1)
    const source = input.mapping.fields.find((one) => one.field === field)
    return {
      line: row.line,
      column: source?.column ?? field,
      value: String(row.values[field] ?? ''),
      code: problem.code,
      details: problem.details,
    }
  })
}
