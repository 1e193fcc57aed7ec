import { byText } from '../compare.ts'
import type { FieldBehaviour } from '../contract.ts'
import { fieldSchemas } from '../schemas.ts'
import { normaliseLine } from '../spelling.ts'
import { parseSerialPattern } from './pattern.ts'

/** A number the system gives once, when the record is created. Imported records keep theirs, so any text is a value. */
export const serial: FieldBehaviour<'serial'> = {
  name: 'serial',
  title: { 'zh-CN': '流水号', en: 'Serial number' },
  schema: fieldSchemas.serial,
  traits: {
    holdsValue: true,
    entered: false,
    numbered: true,
    multiple: false,
    sortable: true,
    aggregatable: false,
    searchable: true,
  },
  valueType: () => ({ kind: 'text' }),
  valueSchema: () => ({ type: 'string', minLength: 1, maxLength: 100 }),
  normalise: (raw) => normaliseLine(raw, 100),
  toText: (value) => (typeof value === 'string' ? value : ''),
  compare: byText,
  check(field) {
    const pattern = parseSerialPattern(field.pattern)
    return pattern.ok ? [] : [{ ...pattern.error, path: '/pattern' }]
  },
  examples: [
    {
      field: { type: 'serial', id: 'number', label: '工单号', pattern: 'TK{yyyy}{MM}-{0000}' },
      raw: 'TK202603-0001',
      value: 'TK202603-0001',
      text: 'TK202603-0001',
    },
    {
      field: { type: 'serial', id: 'code', label: '客户编号', pattern: 'C{00000}' },
      raw: ' C00042 ',
      value: 'C00042',
      text: 'C00042',
    },
  ],
}
