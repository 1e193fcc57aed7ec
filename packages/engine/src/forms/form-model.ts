import type { FormDefinition } from '../definitions/form.ts'
import { columnsOf } from '../fields/columns.ts'
import { behaviourOf, valueTypeOf } from '../fields/field.ts'
import type { Field } from '../fields/schemas.ts'
import { systemFields } from '../fields/system.ts'
import { compileFormula } from '../formulas/compile.ts'
import type { FieldModel, FormModel } from '../model.ts'

/**
 * The form by itself, indexed; what its lookups show is `withLookups`'s. Where ids collide the first field wins; `checkForm` names the second. Links to forms that do not
 * exist are lint's business.
 */
export function formModel(
  definition: FormDefinition,
  app: { readonly id: string; readonly currency: string },
): FormModel {
  const unstored = unstoredFormulas(definition.fields)
  const fields = new Map<string, FieldModel>(systemFields.map((field) => [field.id, field]))
  for (const field of definition.fields) {
    const model = fieldModel(field, app, unstored)
    if (model && !fields.has(field.id)) fields.set(field.id, withRows(model, definition, app))
  }
  return {
    app: app.id,
    id: definition.id,
    definition,
    fields,
    stages: new Map((definition.stages ?? []).map((stage) => [stage.id, stage])),
    stageField: definition.fields.find((field) => behaviourOf(field).traits.isStage)?.id,
  }
}

function fieldModel(
  field: Field,
  app: { readonly id: string; readonly currency: string },
  unstored: ReadonlySet<string>,
): FieldModel | undefined {
  const value = valueTypeOf(field, app)
  if (value === undefined) return undefined
  const target = behaviourOf(field).target?.(field, app.id)
  const stored = !unstored.has(field.id) && !behaviourOf(field).shows
  return { id: field.id, definition: field, system: false, value, target, stored }
}

/** A sub-table with the form of its rows: the columns are its fields, and there are no others. */
function withRows(
  model: FieldModel,
  form: FormDefinition,
  app: { readonly id: string; readonly currency: string },
): FieldModel {
  const columns = columnsOf(model.definition)
  if (!columns) return model
  const fields = new Map<string, FieldModel>()
  for (const column of columns) {
    const cell = fieldModel(column, app, new Set())
    if (cell && !fields.has(column.id)) fields.set(column.id, cell)
  }
  const definition: FormDefinition = {
    id: `${form.id}/${model.id}`,
    kind: 'form',
    schemaVersion: 1,
    label: model.definition?.label ?? '',
    title: { formula: 'null' },
    fields: [...columns],
  }
  const rows: FormModel = {
    app: app.id,
    id: definition.id,
    definition,
    fields,
    stages: new Map(),
    stageField: undefined,
  }
  return { ...model, rows }
}

/**
 * Formulas that are computed when they are read: of now(), today() or the person who looks, themselves or through
 * another formula. Stored, they would be wrong a moment later.
 */
function unstoredFormulas(fields: readonly Field[]): ReadonlySet<string> {
  const formulas = fields.flatMap((field) => {
    const compiled = 'formula' in field ? compileFormula(field.formula, {}) : undefined
    return compiled?.ok ? [{ id: field.id, reads: compiled.value.reads }] : []
  })
  const unstored = new Set(
    formulas.filter(({ reads }) => reads.some(({ fact }) => fact !== 'record')).map(({ id }) => id),
  )
  for (let before = -1; before !== unstored.size; ) {
    before = unstored.size
    for (const { id, reads } of formulas) if (reads.some(({ path }) => unstored.has(path[0] ?? ''))) unstored.add(id)
  }
  return unstored
}
