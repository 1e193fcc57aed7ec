import type { FormDefinition } from '../definitions/form.ts'
import { behaviourOf, valueTypeOf } from '../fields/field.ts'
import type { Field } from '../fields/schemas.ts'
import { systemFields } from '../fields/system.ts'
import { compileFormula } from '../formulas/compile.ts'
import type { FieldModel, FormModel } from '../model.ts'

/**
 * The form, indexed. Where ids collide the first field wins; `checkForm` names the second. Links to forms that do not
 * exist are lint's business.
 */
export function formModel(definition: FormDefinition, app: { readonly id: string; readonly currency: string }): FormModel {
  const fields = new Map<string, FieldModel>(systemFields.map((field) => [field.id, field]))
  for (const field of definition.fields) {
    const model = fieldModel(field, app)
    if (model && !fields.has(field.id)) fields.set(field.id, model)
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

function fieldModel(field: Field, app: { readonly id: string; readonly currency: string }): FieldModel | undefined {
  const value = valueTypeOf(field, app)
  if (value === undefined) return undefined
  const target = behaviourOf(field).target?.(field, app.id)
  return { id: field.id, definition: field, system: false, value, target, stored: !readsClock(field) }
}

/** A formula of now() or today() is never stored: it would be wrong a moment later. */
function readsClock(field: Field): boolean {
  if (!('formula' in field)) return false
  const compiled = compileFormula(field.formula, {})
  return compiled.ok && compiled.value.reads.some(({ fact }) => fact === 'now')
}
