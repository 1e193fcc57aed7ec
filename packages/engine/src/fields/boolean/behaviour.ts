import { ok } from '../../kernel/result.ts'
import { byNumber } from '../compare.ts'
import type { FieldBehaviour } from '../contract.ts'
import { refuse } from '../problems.ts'
import { fieldSchemas } from '../schemas.ts'
import { normaliseSpelled } from '../spelling.ts'

const words: ReadonlyMap<string, boolean> = new Map([
  ...['是', '有', '对', '真', 'yes', 'y', 'true', 't', '1', '√', '✓'].map((word) => [word, true] as const),
  ...['否', '无', '错', '假', 'no', 'n', 'false', 'f', '0', '×', '✗'].map((word) => [word, false] as const),
])

export const boolean: FieldBehaviour<'boolean'> = {
  name: 'boolean',
  title: { 'zh-CN': '是否', en: 'Yes or no' },
  schema: fieldSchemas.boolean,
  traits: { holdsValue: true, entered: true, multiple: false, sortable: true, aggregatable: false, searchable: false },
  valueType: () => ({ kind: 'boolean' }),
  valueSchema: () => ({ type: 'boolean' }),
  normalise(raw) {
    if (typeof raw === 'boolean') return ok(raw)
    return normaliseSpelled(raw, (text) => {
      const value = words.get(text.toLowerCase())
      return value === undefined ? refuse('field.notBoolean') : ok(value)
    })
  },
  toText(value, _field, { locale }) {
    if (value === null) return ''
    return locale === 'zh-CN' ? (value ? '是' : '否') : value ? 'Yes' : 'No'
  },
  compare: byNumber,
  examples: [
    { field: { type: 'boolean', id: 'in_warranty', label: '保修期内' }, raw: '是', value: true, text: 'Yes' },
    { field: { type: 'boolean', id: 'made_sla', label: '达成 SLA' }, raw: 'FALSE', value: false, text: 'No' },
  ],
}
