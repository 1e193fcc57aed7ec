import { notForStrangers } from '../access/strangers.ts'
import { conditionReads } from '../conditions/reads.ts'
import type { PublicForm } from '../definitions/form.ts'
import { behaviourOf } from '../fields/field.ts'
import { evaluateForm } from '../forms/evaluate-form.ts'
import { pointer } from '../kernel/pointer.ts'
import { type Problem, problem, warning } from '../kernel/problem.ts'
import type { FieldModel, FormLookup, FormModel } from '../model.ts'
import type { Check, LintContext } from './context.ts'

const refusals = {
  picker: 'publicForm.picker',
  unique: 'publicForm.unique',
  notEntered: 'publicForm.notEntered',
} as const

/**
 * A public form asks only what strangers may be asked; and what they cannot fill in must not be needed, or they send in
 * records that are not whole. One that is closed asks nobody.
 */
export const publicForms: Check = (context) =>
  [...context.app.forms.values()].flatMap((form) => {
    const { publicForm } = form.definition
    if (!publicForm || publicForm.closed) return []
    const at = `/forms/${form.id}.json/publicForm`
    return [
      ...refused(form, publicForm, at),
      ...preset(form, publicForm, at),
      ...missing(form, publicForm, at),
      ...checksBeyond(form, publicForm, at, context),
    ]
  })

const refused = (form: FormModel, { fields }: PublicForm, at: string): readonly Problem[] =>
  fields.flatMap((id, index) => {
    const field = form.fields.get(id)
    const reason = field && notForStrangers(field)
    return field && reason ? [problem(refusals[reason], `${at}${pointer('fields', index)}`, labelled(field))] : []
  })

/** What the system gives (a number, a stage) is given to these records too; that formulas are not set is said anyway. */
const preset = (form: FormModel, { values = {} }: PublicForm, at: string): readonly Problem[] =>
  Object.keys(values).flatMap((id) => {
    const field = form.fields.get(id)
    return field && !isEntered(field) && !('formula' in (field.definition ?? {}))
      ? [problem('publicForm.notEntered', `${at}${pointer('values', id)}`, labelled(field))]
      : []
  })

const missing = (form: FormModel, { fields, values = {} }: PublicForm, at: string): readonly Problem[] =>
  [...form.fields.values()].flatMap((field) => {
    const { id, definition } = field
    if (!definition || !isEntered(field) || fields.includes(id) || Object.hasOwn(values, id)) return []
    const isNeeded = 'required' in definition && definition.required === true
    const isGiven = 'default' in definition && definition.default !== undefined
    return isNeeded && !isGiven ? [warning('publicForm.requiredMissing', `${at}/fields`, labelled(field))] : []
  })

/** A check over fields that are not asked for may be one that nobody out there can ever fulfil. */
const checksBeyond = (
  form: FormModel,
  { fields, values = {} }: PublicForm,
  at: string,
  { lookup }: LintContext,
): readonly Problem[] =>
  (form.definition.checks ?? []).flatMap(({ id, must, message }) => {
    const reads = conditionReads(must, form, lookup).map(({ fact, path }) =>
      fact === 'record' ? form.fields.get(path[0] ?? '') : undefined,
    )
    const beyond = reads.find(
      (field) =>
        field && !field.system && isEntered(field) && !fields.includes(field.id) && !Object.hasOwn(values, field.id),
    )
    const isTheirs = reads.some((field) => field && fields.includes(field.id))
    // What else is read (a person, a stage, a formula) nobody knows here.
    const isKnown = reads.every((field) => field && !field.system && isEntered(field))
    return beyond && (isTheirs || (isKnown && failsUntouched(form, id, lookup)))
      ? [warning('publicForm.checkBeyond', `${at}/fields`, { ...labelled(beyond), message })]
      : []
  })

/** Whether a check over fields that nobody out there touches refuses all they send in, at any moment. */
const failsUntouched = (form: FormModel, check: string, lookup: FormLookup): boolean =>
  evaluateForm(form, {
    mode: 'create',
    data: {},
    facts: { now: 0, zone: 'UTC', record: {} },
    rights: new Map(),
    lookup,
    isPublic: true,
  }).problems.some(({ code, details }) => code === 'check.failed' && details?.check === check)

const isEntered = ({ definition }: FieldModel): boolean =>
  definition !== undefined && behaviourOf(definition).traits.entered

const labelled = ({ id, definition }: FieldModel) => ({ field: id, label: definition?.label ?? id })
