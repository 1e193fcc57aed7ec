import type { FieldProblem } from '../fields/contract.ts'
import { normaliseField } from '../fields/field.ts'
import { isBlankInput } from '../fields/spelling.ts'
import { isObject } from '../kernel/json.ts'
import { nearestName } from '../kernel/nearest-name.ts'
import { pointer } from '../kernel/pointer.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { type FieldValue, isTable } from '../kernel/value-kind.ts'
import type { FieldModel, FormModel } from '../model.ts'
import { levelOf } from './levels.ts'
import { visibleRow, withDefaults } from './rows.ts'
import { isBlank, isSecret, type Run } from './run.ts'

/** Puts submitted values into the draft where they may go; notes what is unknown, unreadable or not this person's. */
export function readSubmission(run: Run): void {
  for (const [id, raw] of Object.entries(run.input.data)) {
    if (raw === undefined) continue
    const field = run.form.fields.get(id)
    // A field hidden by right answers exactly like one that does not exist.
    if (field === undefined || isSecret(run, id)) run.unknown.push(unknownField(run, id))
    else readValue(run, field, raw)
  }
}

function unknownField(run: Run, id: string): Problem {
  const known = [...run.form.fields.values()].filter((field) => !field.system && !isSecret(run, field.id))
  const suggestion = nearestName(
    id,
    known.map((field) => field.id),
  )
  return problem('field.unknown', pointer(id), { field: id.slice(0, 100), ...(suggestion ? { suggestion } : {}) })
}

function readValue(run: Run, field: FieldModel, raw: unknown): void {
  const level = levelOf(field.id, run.input)
  if (level === 'masked') return
  const value = normaliseField(raw, field, { form: run.form, zone: run.facts.zone, revision: revisionOf(run) })
  if (!value.ok) {
    run.found.set(field.id, at(field.id, value.error))
  } else if (level === 'read' || !isSettable(run, field)) {
    run.claimed.set(field.id, value.value)
  } else {
    run.pending.add(field.id)
    run.draft[field.id] = field.rows ? rowsWritten(value.value, raw, field.rows, run) : value.value
  }
}

/** Rows that came without an id are new: they get defaults. Cells of columns that their row does not show are blank. */
function rowsWritten(value: FieldValue, raw: unknown, rows: FormModel, run: Run): FieldValue {
  if (!isTable(value)) return value
  const sent = Array.isArray(raw) ? raw : []
  return value.map((row, at) => {
    const given: unknown = sent[at]
    const isNew = isObject(given) && isBlankInput(given.id) && run.input.authority !== 'history'
    const isOpen = (column: string) => isObject(given) && given[column] === undefined
    return visibleRow(isNew ? withDefaults(row, rows, run.facts, isOpen) : row, rows, run.facts)
  })
}

/** People enter what is entered; rules, flows and imports also set stage and serial number; nobody sets a formula. */
function isSettable(run: Run, field: FieldModel): boolean {
  const traits = run.compiled.byId.get(field.id)?.behaviour.traits
  if (traits === undefined || traits.computed) return false
  return traits.entered || !run.asksPerson
}

const at = (field: string, { code, details, path = '', further = [] }: FieldProblem): readonly Problem[] => [
  problem(code, pointer(field) + path, details),
  ...further.flatMap((other) => at(field, other)),
]

/** The version the record has before this change; a new one has none. */
const revisionOf = ({ facts }: Run): number => (typeof facts.record?.version === 'number' ? facts.record.version : 0)

/** Defaults of a new record, in field order, each seeing the values before it. Imported history gets none. */
export function applyDefaults(run: Run): void {
  if (run.input.mode !== 'create' || run.input.authority === 'history') return
  for (const { model, definition, behaviour, defaultValue: usual, publicValue } of run.compiled.fields) {
    if (isAnswered(run, model.id) || !isBlank(run.draft[model.id])) continue
    const defaultValue = (run.input.isPublic ? publicValue : undefined) ?? usual
    const raw = defaultValue ? defaultValue(run.facts) : behaviour.initial?.(definition, run.form)
    if (raw === undefined || raw === null) continue
    const value = normaliseField(raw, model, { form: run.form, zone: run.facts.zone })
    if (!value.ok || value.value === null) continue
    run.draft[model.id] = value.value
    run.pending.add(model.id)
  }
}

/** Something was sent for it, if only a blank, by somebody who may. What is hidden begins as if nobody had named it. */
const isAnswered = (run: Run, id: string): boolean =>
  Object.hasOwn(run.input.data, id) && run.input.data[id] !== undefined && !run.claimed.has(id) && !isSecret(run, id)
