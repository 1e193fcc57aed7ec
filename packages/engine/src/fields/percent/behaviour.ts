import { byNumber } from '../compare.ts'
import type { FieldBehaviour } from '../contract.ts'
import { checkBounds, decimalSchema, groupDigits, normaliseDecimal } from '../numeric.ts'
import { fieldSchemas } from '../schemas.ts'

/** The value is the figure before the sign, as it is written and read: `"12.5"` is 12.5 %. */
export const percent: FieldBehaviour<'percent'> = {
  name: 'percent',
  title: { 'zh-CN': '百分比', en: 'Percent' },
  schema: fieldSchemas.percent,
  traits: { holdsValue: true, entered: true, multiple: false, sortable: true, aggregatable: true, searchable: false },
  valueType: ({ scale = 0 }) => ({ kind: 'decimal', scale }),
  valueSchema: ({ scale = 0 }) => decimalSchema(scale),
  normalise: (raw, field) => normaliseDecimal(raw, field.scale ?? 0, field, (text) => text.replace(/%$/, '')),
  toText: (value) => (value === null ? '' : `${groupDigits(String(value))}%`),
  compare: byNumber,
  check: checkBounds,
  examples: [
    {
      field: { type: 'percent', id: 'discount', label: '折扣', scale: 1, min: 0, max: 100 },
      raw: '12.5％',
      value: '12.5',
      text: '12.5%',
    },
    { field: { type: 'percent', id: 'progress', label: '进度' }, raw: 80, value: '80', text: '80%' },
  ],
}
