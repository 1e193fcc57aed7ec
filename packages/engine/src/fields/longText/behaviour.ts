import { byText } from '../compare.ts'
import type { FieldBehaviour } from '../contract.ts'
import { fieldSchemas } from '../schemas.ts'
import { normaliseLines } from '../spelling.ts'

const absentLength = 20_000

export const longText: FieldBehaviour<'longText'> = {
  name: 'longText',
  title: { 'zh-CN': '多行文本', en: 'Long text' },
  schema: fieldSchemas.longText,
  traits: { holdsValue: true, entered: true, multiple: false, sortable: false, aggregatable: false, searchable: true },
  valueType: () => ({ kind: 'text' }),
  valueSchema: (field) => ({ type: 'string', minLength: 1, maxLength: field.maxLength ?? absentLength }),
  normalise: (raw, field) => normaliseLines(raw, field.maxLength ?? absentLength),
  toText: (value) => (typeof value === 'string' ? value : ''),
  compare: byText,
  examples: [
    {
      field: { type: 'longText', id: 'description', label: '问题描述' },
      raw: '开机无反应\r\n已换电源 \r\n',
      value: '开机无反应\n已换电源',
      text: '开机无反应\n已换电源',
    },
    { field: { type: 'longText', id: 'note', label: '备注' }, raw: '   ', value: null, text: '' },
  ],
}
