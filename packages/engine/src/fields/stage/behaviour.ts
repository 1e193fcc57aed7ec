import type { FormModel } from '../../model.ts'
import { choiceText, normaliseChoice } from '../choices.ts'
import { byText } from '../compare.ts'
import type { Choice, FieldBehaviour } from '../contract.ts'
import { fieldSchemas } from '../schemas.ts'
import { normaliseLine } from '../spelling.ts'

const stagesOf = (form: FormModel): readonly Choice[] => [...form.stages.values()]

/** Where a record stands. Flows and actions set it, people do not enter it. */
export const stage: FieldBehaviour<'stage'> = {
  name: 'stage',
  title: { 'zh-CN': '阶段', en: 'Stage' },
  schema: fieldSchemas.stage,
  traits: {
    holdsValue: true,
    entered: false,
    isStage: true,
    multiple: false,
    sortable: true,
    aggregatable: false,
    searchable: false,
  },
  valueType: () => ({ kind: 'text' }),
  valueSchema: (_field, form) => ({
    type: 'string',
    ...(form.stages.size > 0 ? { enum: [...form.stages.keys()] } : {}),
  }),
  normalise(raw, _field, { form }) {
    const line = normaliseLine(raw, 4000)
    return !line.ok || line.value === null ? line : normaliseChoice(line.value, stagesOf(form))
  },
  toText: (value, _field, { form, locale }) =>
    typeof value === 'string' ? choiceText(value, stagesOf(form), locale) : '',
  compare: byText,
  initial: (_field, form) => stagesOf(form)[0]?.id ?? null,
  options: (_field, form) => stagesOf(form),
  examples: [
    { field: { type: 'stage', id: 'stage', label: '阶段' }, raw: '处理中', value: 'in_progress', text: 'In progress' },
    { field: { type: 'stage', id: 'stage', label: '阶段' }, raw: 'closed', value: 'closed', text: 'Closed' },
  ],
}
