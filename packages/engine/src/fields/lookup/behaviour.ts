import { byText } from '../compare.ts'
import type { FieldBehaviour } from '../contract.ts'
import { fieldSchemas } from '../schemas.ts'
import { normaliseLine } from '../spelling.ts'

/**
 * Shows a field of the record that a link leads to. What its values are is known once the form behind the link is
 * (`FieldModel.shows`): from then on all that is asked about a value is asked of that field. Until then it has words.
 */
export const lookup: FieldBehaviour<'lookup'> = {
  name: 'lookup',
  title: { 'zh-CN': '引用字段', en: 'Lookup' },
  schema: fieldSchemas.lookup,
  traits: {
    holdsValue: true,
    entered: false,
    computed: true,
    multiple: false,
    sortable: true,
    aggregatable: false,
    searchable: false,
  },
  valueType: () => ({ kind: 'text' }),
  shows: ({ link, field }) => ({ link, field }),
  valueSchema: () => ({ type: 'string' }),
  normalise: (raw) => normaliseLine(raw, 1000),
  toText: (value) => (typeof value === 'string' ? value : ''),
  compare: byText,
  examples: [
    {
      field: { type: 'lookup', id: 'level', label: '客户等级', link: 'customer', field: 'level' },
      raw: ' vip ',
      value: 'vip',
      text: 'vip',
    },
    {
      field: { type: 'lookup', id: 'warranty', label: '质保到期', link: 'asset', field: 'warranty_until' },
      raw: '',
      value: null,
      text: '',
    },
  ],
}
