import type { Facts, RecordFacts } from '../facts.ts'
import { sameValue } from '../fields/compare.ts'
import type { FieldProblem } from '../fields/contract.ts'
import { fieldLabelText, fieldOptions, normaliseField } from '../fields/field.ts'
import { nearestName } from '../kernel/nearest-name.ts'
import { pointer } from '../kernel/pointer.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import type { FieldValue } from '../kernel/value-kind.ts'
import type { FieldModel, FormModel } from '../model.ts'
import { type CompiledField, type CompiledForm, type CompiledFormula, compiledForm } from './compiled-form.ts'
import { isDemanded, levelOf } from './levels.ts'
import { readsOneOf } from './reads.ts'
import { type Draft, dataOf, recomputeDraft, systemValues } from './recompute.ts'
import type { FieldState, FormInput, FormState } from './types.ts'

/** One evaluation, while it goes on. */
type Run = {
  readonly form: FormModel
  readonly compiled: CompiledForm
  readonly input: FormInput
  readonly asksPerson: boolean
  /** Values before: stored ones, or for a new record what the system gives it. */
  readonly stored: Draft
  /** The record as it would become; `facts.record` is this very object. */
  readonly draft: Draft
  readonly facts: Facts
  /** Facts before the change, for what was already read-only. */
  readonly before: Facts
  /** Fields whose value in the draft comes from the submission or a default. */
  readonly pending: Set<string>
  /** Submitted values of fields that are not this person's to change. */
  readonly claimed: Map<string, FieldValue>
  readonly unknown: Problem[]
  readonly found: Map<string, Problem>
}

/**
 * What a submission makes of a record, for every door: page, bulk edit, import, API, portal, flow and rule. Gives each
 * field's state, the record after it, and all problems at once with the field as path. Never throws for bad input.
 *
 * A hidden field's submitted value is passed over and its stored one kept. Whether links exist, unique values are
 * unique and the record may be changed at all is asked elsewhere.
 */
export function evaluateForm(form: FormModel, input: FormInput): FormState {
  const run = begin(form, input)
  readSubmission(run)
  applyDefaults(run)
  settle(run)
  const fields = fieldStates(run)
  if (run.asksPerson) askPerson(run, fields)
  const changed = changedFields(run)
  return {
    fields,
    data: dataOf(form, run.draft, (id) => form.fields.get(id)?.stored !== false),
    computed: Object.fromEntries(run.compiled.formulas.map(({ id }) => [id, run.draft[id] ?? null])),
    changed,
    problems: [...run.unknown, ...inFieldOrder(run), ...failedChecks(run, changed)],
  }
}

function begin(form: FormModel, input: FormInput): Run {
  const record = input.facts.record
  const draft: Draft = { ...systemValues(form, record), ...dataOf(form, { ...record }) }
  const before: Facts = input.mode === 'edit' ? { ...input.facts, previous: record } : input.facts
  return {
    form,
    compiled: compiledForm(form, input.lookup),
    input,
    asksPerson: (input.authority ?? 'person') === 'person',
    stored: { ...draft },
    draft,
    facts: { ...before, record: draft as RecordFacts },
    before,
    pending: new Set(),
    claimed: new Map(),
    unknown: [],
    found: new Map(),
  }
}

function readSubmission(run: Run): void {
  for (const [id, raw] of Object.entries(run.input.data)) {
    if (raw === undefined) continue
    const field = run.form.fields.get(id)
    // A field hidden by right answers exactly like one that does not exist.
    if (field === undefined || isSecret(run, field)) run.unknown.push(unknownField(run, id))
    else readValue(run, field, raw)
  }
}

const isSecret = (run: Run, field: FieldModel): boolean => levelOf(field.id, run.input) === 'hidden'

function unknownField(run: Run, id: string): Problem {
  const known = [...run.form.fields.values()].filter((field) => !field.system && !isSecret(run, field))
  const suggestion = nearestName(
    id,
    known.map((field) => field.id),
  )
  return problem('field.unknown', pointer(id), { field: id.slice(0, 100), ...(suggestion ? { suggestion } : {}) })
}

function readValue(run: Run, field: FieldModel, raw: unknown): void {
  const level = levelOf(field.id, run.input)
  if (level === 'masked') return
  const value = normaliseField(raw, field, { form: run.form, zone: run.facts.zone })
  if (!value.ok) {
    run.found.set(field.id, at(field.id, value.error))
  } else if (level === 'read' || !isSettable(run, field)) {
    run.claimed.set(field.id, value.value)
  } else {
    run.pending.add(field.id)
    run.draft[field.id] = value.value
  }
}

/** People enter what is entered; rules, flows and imports also set stage and serial number; nobody sets a formula. */
function isSettable(run: Run, field: FieldModel): boolean {
  const traits = run.compiled.byId.get(field.id)?.behaviour.traits
  if (traits === undefined || traits.computed) return false
  return traits.entered || !run.asksPerson
}

const at = (field: string, { code, details }: FieldProblem): Problem => problem(code, pointer(field), details)
const isBlank = (value: FieldValue | undefined): boolean => value === null || value === undefined

/** Defaults of a new record, in field order, each seeing the values before it. Imported history gets none. */
function applyDefaults(run: Run): void {
  if (run.input.mode !== 'create' || run.input.authority === 'history') return
  for (const { model, definition, behaviour, defaultValue } of run.compiled.fields) {
    if (Object.hasOwn(run.input.data, model.id) && !run.claimed.has(model.id) && run.input.data[model.id] !== undefined)
      continue
    if (!isBlank(run.draft[model.id])) continue
    const raw = defaultValue ? defaultValue(run.facts) : behaviour.initial?.(definition, run.form)
    const value = normaliseField(raw, model, { form: run.form, zone: run.facts.zone })
    if (!value.ok || value.value === null) continue
    run.draft[model.id] = value.value
    run.pending.add(model.id)
  }
}

/**
 * Computes formulas and takes back what was entered into fields that are not visible, until nothing moves: taking one
 * value back may hide or show the next field. A value taken back stays back, so this ends.
 */
function settle(run: Run): void {
  refresh(run, [...run.pending], true)
  if (!run.asksPerson) return
  for (let moved = true; moved; ) {
    moved = false
    for (const { model, isVisible } of run.compiled.fields) {
      if (!run.pending.has(model.id) || isVisible(run.facts)) continue
      run.pending.delete(model.id)
      run.found.delete(model.id)
      run.draft[model.id] = run.stored[model.id] ?? null
      refresh(run, [model.id], false)
      moved = true
    }
  }
}

/** Brings formulas up to date; the first time all of them, so that a formula published later fills itself. */
function refresh(run: Run, changed: readonly string[], isFirst: boolean): void {
  const isDue = (formula: CompiledFormula, ids: ReadonlySet<string>) =>
    !isBeyond(run, formula) && (isFirst || readsOneOf(formula.reads, ids))
  recomputeDraft(run.compiled.formulas, run.draft, run.facts, isDue, changed)
}

/** In a browser: whether the formula reads something that was not sent, itself or through another formula. */
function isBeyond(run: Run, formula: CompiledFormula): boolean {
  if (!run.input.partial) return false
  if (formula.followsLinks && run.facts.linked === undefined) return true
  return formula.reads.some((id) => {
    const field = run.form.fields.get(id)
    const other = run.compiled.formulas.find((candidate) => candidate.id === id)
    return (field !== undefined && isSecret(run, field)) || (other !== undefined && isBeyond(run, other))
  })
}

function fieldStates(run: Run): ReadonlyMap<string, FieldState> {
  const states = new Map<string, FieldState>()
  for (const field of run.compiled.fields) {
    const level = levelOf(field.model.id, run.input)
    if (level !== 'hidden' && level !== 'masked') states.set(field.model.id, stateOf(run, field, level === 'edit'))
  }
  return states
}

function stateOf(
  run: Run,
  { model, behaviour, isVisible, isRequired, isReadOnly }: CompiledField,
  mayEdit: boolean,
): FieldState {
  if (!isVisible(run.facts)) return { visible: false, editable: false, required: false, value: null }
  const editable = mayEdit && behaviour.traits.entered && !isReadOnly?.(run.facts)
  const required = editable && (isDemanded(model.id, run.input) || (isRequired?.(run.facts) ?? false))
  return { visible: true, editable, required, value: run.draft[model.id] ?? null }
}

/** What is asked of people only: no changes where there may be none, nothing retired, nothing missing. */
function askPerson(run: Run, states: ReadonlyMap<string, FieldState>): void {
  for (const [id, value] of run.claimed) if (!sameValue(value, run.draft[id])) refuse(run, id, 'field.readOnly')
  for (const field of run.compiled.fields) {
    const { id } = field.model
    const state = states.get(id)
    if (!state?.visible) run.found.delete(id)
    else if (isLocked(run, field)) refuse(run, id, 'field.readOnly')
    else if (state.required && isBlank(state.value)) refuse(run, id, 'field.required')
    else refuseRetired(run, field)
  }
}

/** Read-only before and after: whoever closes a record may write the closing note with the same click. */
function isLocked(run: Run, { model: { id }, isReadOnly }: CompiledField): boolean {
  if (
    !isReadOnly ||
    !run.pending.has(id) ||
    !Object.hasOwn(run.input.data, id) ||
    sameValue(run.draft[id], run.stored[id])
  )
    return false
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

const idsIn = (value: FieldValue | undefined): readonly string[] =>
  typeof value === 'string' ? [value] : Array.isArray(value) ? value : []

/** A value that could not be read keeps that as its problem. */
function refuse(run: Run, id: string, code: string, details: Problem['details'] = {}): void {
  const field = run.form.fields.get(id)
  if (field && !run.found.has(id))
    run.found.set(id, problem(code, pointer(id), { label: fieldLabelText(field), ...details }))
}

const inFieldOrder = (run: Run): readonly Problem[] =>
  [...run.form.fields.keys()].flatMap((id) => run.found.get(id) ?? [])

const changedFields = (run: Run): readonly string[] =>
  [...run.form.fields.values()]
    .filter(({ id, system, stored }) => !system && stored && !sameValue(run.stored[id], run.draft[id]))
    .map(({ id }) => id)

/**
 * Checks that read something that changed, or, of a new record, all. An old record that breaks a later check, or one
 * that says "in the future", can still be worked on.
 */
function failedChecks(run: Run, changed: readonly string[]): readonly Problem[] {
  if (run.input.authority === 'history') return []
  const isDue = (reads: readonly string[]) =>
    run.input.mode === 'create' || reads.length === 0 || readsOneOf(reads, new Set(changed))
  return run.compiled.checks
    .filter(({ reads, holds }) => isDue(reads) && !reads.some((id) => run.found.has(id)) && !holds(run.facts))
    .map(({ id, at: field, message }) => problem('check.failed', pointer(field), { check: id, message }))
}
