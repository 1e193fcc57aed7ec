import { byNumber } from '../compare.ts'
import type { FieldBehaviour } from '../contract.ts'
import { integerSchema, normaliseInteger } from '../numeric.ts'
import { fieldSchemas } from '../schemas.ts'

export const rating: FieldBehaviour<'rating'> = {
  name: 'rating',
  title: { 'zh-CN': '评分', en: 'Rating' },
  schema: fieldSchemas.rating,
  traits: { holdsValue: true, entered: true, multiple: false, sortable: true, aggregatable: true, searchable: false },
  valueType: () => ({ kind: 'integer' }),
  valueSchema: ({ max = 5 }) => integerSchema({ min: 1, max }),
  normalise: (raw, { max = 5 }) => normaliseInteger(raw, { min: 1, max }, (text) => text.replace(/[分星]$/, '')),
  toText: (value) => (value === null ? '' : String(value)),
  compare: byNumber,
  examples: [
    { field: { type: 'rating', id: 'satisfaction', label: '满意度' }, raw: '4分', value: 4, text: '4' },
    { field: { type: 'rating', id: 'recommend', label: '推荐意愿', max: 10 }, raw: 10, value: 10, text: '10' },
  ],
}
