import type { Facts, RecordFacts } from '../facts.ts'
import { sameValue } from '../fields/compare.ts'
import { fieldOptions } from '../fields/field.ts'
import { pointer } from '../kernel/pointer.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { type FieldValue, isTable, isTextList, type TableRow } from '../kernel/value-kind.ts'
import type { FieldModel, FormModel } from '../model.ts'
import { type CompiledField, compiledForm } from './compiled-form.ts'
import { readsOneOf } from './reads.ts'
import { isBlank, type Run, refuse } from './run.ts'
import type { FieldState } from './types.ts'

/** What is asked of people only: no changes where there may be none, nothing retired, nothing missing. */
export function askPerson(run: Run, states: ReadonlyMap<string, FieldState>): void {
  for (const [id, value] of run.claimed) if (!sameValue(value, run.draft[id])) refuse(run, id, 'field.readOnly')
  for (const field of run.compiled.fields) {
    const { id } = field.model
    const state = states.get(id)
    if (!state?.visible) run.found.delete(id)
    else if (isLocked(run, field)) refuse(run, id, 'field.readOnly')
    else if (state.required && isBlank(state.value)) refuse(run, id, 'field.required')
    else {
      refuseRetired(run, field)
      askRows(run, field.model, state)
    }
  }
}

/** Read-only before and after: whoever closes a record may write the closing note with the same click. */
function isLocked(run: Run, { model: { id }, isReadOnly }: CompiledField): boolean {
  const isSubmitted = run.pending.has(id) && Object.hasOwn(run.input.data, id)
  if (!isReadOnly || !isSubmitted || sameValue(run.draft[id], run.stored[id])) return false
  return isReadOnly(run.facts) && (run.input.mode === 'create' || isReadOnly(run.before))
}

function refuseRetired(run: Run, { model }: CompiledField): void {
  const value = run.draft[model.id]
  if (!run.pending.has(model.id) || sameValue(value, run.stored[model.id])) return
  const chosen = idsIn(value)
  const kept = idsIn(run.stored[model.id])
  const retired = fieldOptions(model, run.form).find(
    ({ id, retired }) => retired && chosen.includes(id) && !kept.includes(id),
  )
  if (retired) refuse(run, model.id, 'field.retiredChoice', { value: retired.label })
}

/** Of the rows of a sub-table: as many as are asked for, their required cells, and nothing retired that is new. */
function askRows(run: Run, { id, definition, rows }: FieldModel, { editable, value }: FieldState): void {
  if (!rows || !editable || run.found.has(id)) return
  const table = isTable(value) ? value : []
  const least = definition && 'minRows' in definition ? definition.minRows : undefined
  if (least !== undefined && table.length > 0 && table.length < least) {
    refuse(run, id, 'table.tooFewRows', { min: least })
    return
  }
  const stored = run.stored[id]
  const before = new Map(isTable(stored) ? stored.map((row) => [row.id, row]) : [])
  const found = table.flatMap((row, at) =>
    compiledForm(rows, undefined).fields.flatMap((column) =>
      cellProblems(column, row, before.get(row.id), rows, run.facts).map(({ code, details }) =>
        problem(code, pointer(id, at, column.model.id), { label: column.definition.label, ...details }),
      ),
    ),
  )
  if (found.length > 0) run.found.set(id, found)
}

function cellProblems(
  { model, isRequired, isVisible }: CompiledField,
  row: TableRow,
  before: TableRow | undefined,
  rows: FormModel,
  facts: Facts,
): readonly Pick<Problem, 'code' | 'details'>[] {
  const value = row[model.id] ?? null
  if (value === null)
    return isRequired && isVisible({ ...facts, record: row as RecordFacts }) ? [{ code: 'field.required' }] : []
  const retired = fieldOptions(model, rows).find((option) => option.retired && option.id === value)
  if (!retired || before?.[model.id] === value) return []
  return [{ code: 'field.retiredChoice', details: { value: retired.label } }]
}

const idsIn = (value: FieldValue | undefined): readonly string[] =>
  typeof value === 'string' ? [value] : isTextList(value) ? value : []

/**
 * Checks that read something that changed, or, of a new record, all. An old record that breaks a later check, or one
 * that says "in the future", can still be worked on.
 */
export function failedChecks(run: Run, changed: readonly string[]): readonly Problem[] {
  if (run.input.authority === 'history') return []
  const isDue = (reads: readonly string[]) =>
    run.input.mode === 'create' || reads.length === 0 || readsOneOf(reads, new Set(changed))
  return run.compiled.checks
    .filter(({ reads, holds }) => isDue(reads) && !reads.some((id) => run.found.has(id)) && !holds(run.facts))
    .map(({ id, at: field, message }) => problem('check.failed', pointer(field), { check: id, message }))
}
