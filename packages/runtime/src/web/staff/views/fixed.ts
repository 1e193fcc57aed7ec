import { behaviourOf, definitionOf, type FormModel, type RecordRight } from '@tenon/engine'

/** Why a field cannot be changed by dragging: the flow moves it, it is given by the system, or I have no right to. */
export type Fixed = 'stage' | 'given' | 'right'

export function fixedBy(
  field: string,
  form: FormModel,
  rights: readonly RecordRight[],
  best: { readonly [field: string]: 'read' | 'edit' },
): Fixed | undefined {
  const model = form.fields.get(field)
  if (!model) return 'given'
  const { traits } = behaviourOf(definitionOf(model))
  if (traits.isStage) return 'stage'
  if (model.system || !traits.entered) return 'given'
  return rights.includes('update') && best[field] === 'edit' ? undefined : 'right'
}
