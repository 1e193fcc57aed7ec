import type { Facts, RecordFacts } from '../facts.ts'
import { sameValue } from '../fields/compare.ts'
import type { FieldValue, RecordData } from '../kernel/value-kind.ts'
import type { FormLookup, FormModel } from '../model.ts'
import { type CompiledFormula, compiledForm } from './compiled-form.ts'
import { readsOneOf } from './reads.ts'

/** Values of a record while they are being worked on. */
export type Draft = Record<string, FieldValue>

/** Updates the formulas that read what changed, in dependency order. Gives the ids whose value became another. */
export function recomputeDraft(
  formulas: readonly CompiledFormula[],
  draft: Draft,
  facts: Facts,
  isDue: (formula: CompiledFormula, changed: ReadonlySet<string>) => boolean,
  changed: Iterable<string>,
): ReadonlySet<string> {
  const all = new Set(changed)
  const updated = new Set<string>()
  for (const formula of formulas) {
    if (!isDue(formula, all)) continue
    const value = formula.evaluate(facts)
    if (sameValue(draft[formula.id], value)) continue
    draft[formula.id] = value
    all.add(formula.id)
    updated.add(formula.id)
  }
  return updated
}

/** What a record has beside its authored fields: created_at, version, … */
export function systemValues(form: FormModel, record: RecordFacts | undefined): Draft {
  const values: Draft = {}
  for (const id in record) if (form.fields.get(id)?.system ?? true) values[id] = record[id] ?? null
  return values
}

/** The draft as data: own fields of the form only, without blanks. */
export function dataOf(
  form: FormModel,
  draft: RecordData,
  isKept: (field: string) => boolean = () => true,
): RecordData {
  const data: Record<string, FieldValue> = {}
  for (const field of form.fields.values()) {
    const value = draft[field.id]
    if (!field.system && value !== null && value !== undefined && isKept(field.id)) data[field.id] = value
  }
  return data
}

/**
 * The record's data with its computed values brought up to date after `changed` fields changed; `'all'` computes every
 * one. Values of today() and now() are included. `facts.record` gives the system fields.
 */
export function recompute(
  form: FormModel,
  data: RecordData,
  changed: readonly string[] | 'all',
  facts: Facts,
  lookup?: FormLookup,
): RecordData {
  const { formulas } = compiledForm(form, lookup)
  const draft: Draft = Object.assign(systemValues(form, facts.record), data)
  const due = (formula: CompiledFormula, ids: ReadonlySet<string>) =>
    changed === 'all' || readsOneOf(formula.reads, ids)
  recomputeDraft(formulas, draft, { ...facts, record: draft as RecordFacts }, due, changed === 'all' ? [] : changed)
  return dataOf(form, draft)
}
