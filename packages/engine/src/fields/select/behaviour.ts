import { checkChoices, choiceText, normaliseChoice } from '../choices.ts'
import { byText } from '../compare.ts'
import type { FieldBehaviour } from '../contract.ts'
import { fieldSchemas } from '../schemas.ts'
import { normaliseLine } from '../spelling.ts'

export const select: FieldBehaviour<'select'> = {
  name: 'select',
  title: { 'zh-CN': '单选', en: 'Choice' },
  schema: fieldSchemas.select,
  traits: { holdsValue: true, entered: true, multiple: false, sortable: true, aggregatable: false, searchable: false },
  valueType: () => ({ kind: 'text' }),
  valueSchema: ({ options }) => ({
    type: 'string',
    ...(options.length > 0 ? { enum: options.map(({ id }) => id) } : {}),
  }),
  normalise(raw, field) {
    const line = normaliseLine(raw, 4000)
    return !line.ok || line.value === null ? line : normaliseChoice(line.value, field.options)
  },
  toText: (value, field, { locale }) => (typeof value === 'string' ? choiceText(value, field.options, locale) : ''),
  compare: byText,
  options: ({ options }) => options,
  check: ({ options }) => checkChoices(options),
  examples: [
    {
      field: {
        type: 'select',
        id: 'priority',
        label: '优先级',
        options: [
          { id: 'urgent', label: { 'zh-CN': '紧急', en: 'Urgent' } },
          { id: 'normal', label: { 'zh-CN': '普通', en: 'Normal' } },
        ],
      },
      raw: '紧急',
      value: 'urgent',
      text: 'Urgent',
    },
    {
      field: {
        type: 'select',
        id: 'channel',
        label: '来源',
        options: [
          { id: 'phone', label: '电话' },
          { id: 'mail', label: '邮件' },
        ],
      },
      raw: 'mail',
      value: 'mail',
      text: '邮件',
    },
  ],
}
