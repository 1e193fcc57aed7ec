import { type FormModel, fieldOptions, type Tone } from '@tenon/engine'
import type { RecordItem } from '../../../contract/index.ts'
import { stageTone } from '../../../ui/show/stage-tone.ts'

/** The colour of a record: that of the option it has in a field; blue where the view names none. */
export function toneOf(item: RecordItem, field: string | undefined, form: FormModel): Tone {
  if (field === undefined) return 'info'
  const value = item.values[field]
  const stage = field === form.stageField ? form.stages.get(String(value)) : undefined
  if (stage) return stageTone(stage)
  const model = form.fields.get(field)
  const option = model && fieldOptions(model, form).find(({ id }) => id === value)
  return (option?.tone as Tone | undefined) ?? 'neutral'
}
