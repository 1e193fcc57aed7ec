import {
  type AppModel,
  type FieldModel,
  type FieldValue,
  type FormModel,
  fieldTypes,
  type Json,
  type ValueType,
} from '@tenon/engine'

/** One thing a publish does to data. Its words are those of the code `publish.<what>`. */
export type PublishStep = {
  /** Names the step when it is confirmed: `field.removed:ticket.cost`. */
  readonly key: string
  readonly what:
    | 'formAdded'
    | 'formRemoved'
    | 'fieldAdded'
    | 'fieldRemoved'
    | 'fieldRestored'
    | 'fieldConverted'
    | 'columnAdded'
    | 'columnRemoved'
    | 'columnConverted'
    | 'uniqueAdded'
    | 'optionRemoved'
    | 'recomputed'
  readonly form: string
  readonly field?: string
  /** Column of the field, where that is a sub-table. */
  readonly column?: string
  readonly details: { readonly [name: string]: Json }
  /** Records that hold a value it touches; null: not counted, because none are touched. */
  readonly affected: number | null
  /** Some of the values that cannot be converted, as they are stored. Never kept with the version: they are data. */
  readonly unconvertible?: readonly FieldValue[]
}
export type PublishPlan = {
  readonly safe: readonly PublishStep[]
  readonly confirm: readonly PublishStep[]
  readonly destructive: readonly PublishStep[]
}

/** How a field was kept until now, by the publishes before. */
export type PastColumn = {
  readonly field: string
  readonly generation: number
  readonly column: string
  readonly type: ValueType
  readonly active: boolean
}

/** What the plan must know of the data; asked once per question. */
export type Counts = {
  records(form: string): number
  filled(form: string, field: string): number
  /** Values that would not survive the conversion to the field's new type, and some of them; whether others change. */
  unconvertible(
    form: string,
    field: string,
  ): { readonly count: number; readonly samples: readonly FieldValue[]; readonly changes: boolean }
  /** Records with a cell in a column of a sub-table, those with one that would not survive; whether others change. */
  column(
    form: string,
    field: string,
    column: string,
  ): { readonly filled: number; readonly failing: number; readonly changes: boolean }
  /** Records with a value that is no longer among the options. */
  withOption(form: string, field: string, options: readonly string[]): number
  past(form: string): readonly PastColumn[]
  /** Tables there already, also of forms that were taken away once. */
  hasTable(form: string): boolean
}

/**
 * What publishing `next` over `current` does to the data: safe steps are done, the others only when they are confirmed.
 * Nothing is ever thrown away: a column that is no longer used stays until somebody purges it.
 */
export function planPublish(current: AppModel | undefined, next: AppModel, counts: Counts): PublishPlan {
  const plan = { safe: [] as PublishStep[], confirm: [] as PublishStep[], destructive: [] as PublishStep[] }
  for (const form of next.forms.values()) {
    const before = current?.forms.get(form.id)
    if (!before)
      plan.safe.push(step('formAdded', form, undefined, counts.hasTable(form.id) ? counts.records(form.id) : null))
    planFields(before, form, counts, plan)
  }
  for (const form of current?.forms.values() ?? []) {
    if (!next.forms.has(form.id)) plan.destructive.push(step('formRemoved', form, undefined, counts.records(form.id)))
  }
  return plan
}

/** The plan as it is kept: what it does, without values of records. */
export function planToKeep(plan: PublishPlan): PublishPlan {
  const bare = (steps: readonly PublishStep[]) => steps.map(({ unconvertible: _, ...step }) => step)
  return { safe: bare(plan.safe), confirm: bare(plan.confirm), destructive: bare(plan.destructive) }
}

type Lists = { readonly safe: PublishStep[]; readonly confirm: PublishStep[]; readonly destructive: PublishStep[] }

function planFields(before: FormModel | undefined, form: FormModel, counts: Counts, plan: Lists): void {
  for (const field of storedFields(form)) {
    const old = before?.fields.get(field.id)
    if (!old?.stored) planNewField(form, field, before !== undefined, counts, plan)
    else planKeptField(form, old, field, counts, plan)
  }
  for (const old of before ? storedFields(before) : []) {
    if (form.fields.get(old.id)?.stored) continue
    plan.destructive.push(step('fieldRemoved', form, old, counts.filled(form.id, old.id)))
  }
}

function planNewField(form: FormModel, field: FieldModel, isFormKnown: boolean, counts: Counts, plan: Lists): void {
  const restored = restorable(counts.past(form.id), field)
  if (restored) plan.safe.push(step('fieldRestored', form, field, null))
  else if (isFormKnown) plan.safe.push(step('fieldAdded', form, field, null))
  if (isFormKnown && isComputed(field)) plan.safe.push(step('recomputed', form, field, counts.records(form.id)))
}

function planKeptField(form: FormModel, old: FieldModel, field: FieldModel, counts: Counts, plan: Lists): void {
  if (isConversion(old, field)) {
    const filled = counts.filled(form.id, field.id)
    const { count, samples, changes } =
      filled === 0 ? { count: 0, samples: [], changes: false } : counts.unconvertible(form.id, field.id)
    const details = { from: typeTitle(old), to: typeTitle(field), failing: count }
    const made = {
      ...step('fieldConverted', form, field, filled, details),
      ...(samples.length > 0 && { unconvertible: samples }),
    }
    if (count === 0 && !changes && sameStorage(old.value, field.value)) return
    ;(filled === 0 ? plan.safe : plan.confirm).push(made)
    return
  }
  if (isComputed(field) && JSON.stringify(old.definition) !== JSON.stringify(field.definition))
    plan.safe.push(step('recomputed', form, field, counts.records(form.id)))
  if (old.rows && field.rows) {
    planColumns(form, { old: old.rows, next: field.rows, field }, counts, plan)
    return
  }
  const gone = removedOptions(old, field)
  const using = gone.length > 0 ? counts.withOption(form.id, field.id, gone) : 0
  if (using > 0) plan.confirm.push(step('optionRemoved', form, field, using, { options: [...gone] }))
  if (isUnique(field) && !isUnique(old))
    plan.safe.push(step('uniqueAdded', form, field, counts.filled(form.id, field.id)))
}

/** Columns of a sub-table are to it what fields are to a form. */
function planColumns(
  form: FormModel,
  { old, next, field }: { readonly old: FormModel; readonly next: FormModel; readonly field: FieldModel },
  counts: Counts,
  plan: Lists,
): void {
  const columnStep = (what: PublishStep['what'], column: FieldModel, affected: number | null, details = {}) =>
    withColumn(step(what, form, field, affected, details), column)
  for (const column of next.fields.values()) {
    const before = old.fields.get(column.id)
    if (!before) plan.safe.push(columnStep('columnAdded', column, null))
    else if (isConversion(before, column)) {
      const { filled, failing, changes } = counts.column(form.id, field.id, column.id)
      if (failing === 0 && !changes && sameStorage(before.value, column.value)) continue
      const details = { from: typeTitle(before), to: typeTitle(column), failing }
      ;(filled === 0 ? plan.safe : plan.confirm).push(columnStep('columnConverted', column, filled, details))
    }
  }
  for (const column of old.fields.values()) {
    if (next.fields.has(column.id)) continue
    const { filled } = counts.column(form.id, field.id, column.id)
    plan.destructive.push(columnStep('columnRemoved', column, filled))
  }
  const isChanged = ([id, column]: readonly [string, FieldModel]) =>
    isComputed(column) && JSON.stringify(old.fields.get(id)?.definition) !== JSON.stringify(column.definition)
  if ([...next.fields].some(isChanged)) plan.safe.push(step('recomputed', form, field, counts.records(form.id)))
}

const withColumn = (made: PublishStep, { id, definition }: FieldModel): PublishStep => ({
  ...made,
  key: `${made.key}.${id}`,
  column: id,
  details: { ...made.details, column: (definition?.label ?? id) as Json },
})

/** Whether cells of the old rows would be lost or read anew: then the field gets rows of its own and keeps the old ones. */
export const isRebuilt = ({ confirm, safe, destructive }: PublishPlan, form: string, field: string): boolean =>
  [...confirm, ...safe, ...destructive].some(
    (one) =>
      one.form === form && one.field === field && (one.what === 'columnRemoved' || one.what === 'columnConverted'),
  )

function step(
  what: PublishStep['what'],
  form: FormModel,
  field: FieldModel | undefined,
  affected: number | null,
  details: PublishStep['details'] = {},
): PublishStep {
  return {
    key: `${what}:${form.id}${field ? `.${field.id}` : ''}`,
    what,
    form: form.id,
    ...(field ? { field: field.id } : {}),
    affected,
    details: {
      form: form.definition.label as Json,
      ...(field?.definition ? { field: field.definition.label as Json } : {}),
      affected,
      ...details,
    },
  }
}

/** Fields with a column of their own. */
export const storedFields = (form: FormModel): readonly FieldModel[] =>
  [...form.fields.values()].filter((field) => !field.system && field.stored)

const sameStorage = (one: ValueType, other: ValueType): boolean =>
  one.kind === other.kind &&
  (one.scale ?? 0) === (other.scale ?? 0) &&
  (one.element ?? null) === (other.element ?? null) &&
  (one.currency ?? null) === (other.currency ?? null)

/** Whether the values must be read anew as values of the new type. */
export const isConversion = (old: FieldModel, field: FieldModel): boolean =>
  typeName(old) !== typeName(field) || !sameStorage(old.value, field.value) || targetOf(old) !== targetOf(field)

/** The column of an earlier life of the field, if its values mean the same. */
export const restorable = (past: readonly PastColumn[], field: FieldModel): PastColumn | undefined =>
  past.findLast((column) => column.field === field.id && !column.active && sameStorage(column.type, field.value))

/** What people call the type of a field, by language. */
const typeTitle = ({ definition }: FieldModel): Json => (definition ? { ...fieldTypes[definition.type].title } : '')
const typeName = (field: FieldModel): string => field.definition?.type ?? ''
const targetOf = ({ target }: FieldModel): string =>
  target?.kind === 'record' ? `${target.app}/${target.form}` : (target?.kind ?? '')
const isComputed = (field: FieldModel): boolean => field.definition !== undefined && 'formula' in field.definition
export const isUnique = (field: FieldModel): boolean =>
  field.definition !== undefined && 'unique' in field.definition && field.definition.unique === true

const optionIds = (field: FieldModel): readonly string[] =>
  field.definition && 'options' in field.definition
    ? (field.definition.options as readonly { id: string }[]).map((option) => option.id)
    : []
function removedOptions(old: FieldModel, field: FieldModel): readonly string[] {
  const kept = new Set(optionIds(field))
  return optionIds(old).filter((id) => !kept.has(id))
}
