import { readFact } from '../conditions/read-fact.ts'
import { sameValue } from '../fields/compare.ts'
import type { Problem } from '../kernel/problem.ts'
import type { FieldValue, RecordData } from '../kernel/value-kind.ts'
import type { FormModel } from '../model.ts'
import type { CompiledField } from './compiled-form.ts'
import { askPerson, failedChecks } from './demands.ts'
import { isDemanded, levelOf } from './levels.ts'
import { dataOf } from './recompute.ts'
import { begin, type Run } from './run.ts'
import { settle } from './settle.ts'
import { applyDefaults, readSubmission } from './submission.ts'
import type { FieldState, FormInput, FormState } from './types.ts'

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
  const lookups = shownThere(run)
  const fields = fieldStates(run)
  if (run.asksPerson) askPerson(run, fields)
  const changed = changedFields(run)
  return {
    fields,
    data: dataOf(form, run.draft, (id) => form.fields.get(id)?.stored !== false),
    computed: {
      ...Object.fromEntries(
        run.compiled.formulas.flatMap(({ id, ofRows }) => (ofRows ? [] : [[id, run.draft[id] ?? null]])),
      ),
      ...lookups,
    },
    changed,
    problems: [...run.unknown, ...inFieldOrder(run), ...failedChecks(run, changed)],
  }
}

/**
 * What lookups show: in a browser only, whose facts hold no more than the person may see. A server joins them when it
 * reads, under the reader's rights. Where the link is as it was, so is what it shows.
 */
function shownThere({ form, input, compiled, draft, stored, facts }: Run): RecordData {
  if (!input.partial) return {}
  const lookups = compiled.fields.flatMap(({ model: { id, shows } }) => {
    if (!shows) return []
    const isKept = draft[shows.link] === stored[shows.link] && stored[id] !== undefined
    const value = isKept ? stored[id] : (readFact(facts, 'record', [id], form, input.lookup) as FieldValue | undefined)
    draft[id] = value ?? null
    return [[id, draft[id]] as const]
  })
  return Object.fromEntries(lookups)
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

const inFieldOrder = (run: Run): readonly Problem[] =>
  [...run.form.fields.keys()].flatMap((id) => run.found.get(id) ?? [])

const changedFields = (run: Run): readonly string[] =>
  [...run.form.fields.values()]
    .filter(({ id, system, stored }) => !system && stored && !sameValue(run.stored[id], run.draft[id]))
    .map(({ id }) => id)
