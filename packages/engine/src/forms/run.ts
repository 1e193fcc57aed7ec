import type { Facts, RecordFacts } from '../facts.ts'
import { fieldLabelText } from '../fields/field.ts'
import { pointer } from '../kernel/pointer.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import type { FieldValue } from '../kernel/value-kind.ts'
import type { FormModel } from '../model.ts'
import { type CompiledForm, compiledForm } from './compiled-form.ts'
import { levelOf } from './levels.ts'
import { type Draft, dataOf, systemValues } from './recompute.ts'
import type { FormInput } from './types.ts'

/** One evaluation, while it goes on. */
export type Run = {
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
  readonly found: Map<string, readonly Problem[]>
}

export function begin(form: FormModel, input: FormInput): Run {
  const record = input.facts.record
  const draft: Draft = Object.assign(systemValues(form, record), dataOf(form, record ?? {}))
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

/** Hidden by right: for this person it does not exist. */
export const isSecret = (run: Run, field: string): boolean => levelOf(field, run.input) === 'hidden'

export const isBlank = (value: FieldValue | undefined): boolean => value === null || value === undefined

/** A value that could not be read keeps that as its problem. */
export function refuse(run: Run, id: string, code: string, details: Problem['details'] = {}): void {
  const field = run.form.fields.get(id)
  if (field && !run.found.has(id))
    run.found.set(id, [problem(code, pointer(id), { label: fieldLabelText(field), ...details })])
}
