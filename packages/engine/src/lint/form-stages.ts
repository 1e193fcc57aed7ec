import { behaviourOf } from '../fields/field.ts'
import { pointer } from '../kernel/pointer.ts'
import { problem } from '../kernel/problem.ts'
import type { Check } from './context.ts'

/** Stages and the one field that holds them come together. */
export const formStages: Check = ({ app }) =>
  [...app.forms.values()].flatMap((form) => {
    const base = `/forms/${form.id}.json`
    const { fields, stages = [] } = form.definition
    const places = fields.flatMap((field, at) =>
      behaviourOf(field).traits.isStage ? [`${base}${pointer('fields', at)}`] : [],
    )
    const [first, ...more] = places
    return [
      ...(first !== undefined && stages.length === 0 ? [problem('form.stagesMissing', first)] : []),
      ...(first === undefined && stages.length > 0 ? [problem('form.stageFieldMissing', `${base}/stages`)] : []),
      ...more.map((path) => problem('form.stageFieldTwice', path)),
    ]
  })
