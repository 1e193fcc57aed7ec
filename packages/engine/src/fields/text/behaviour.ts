import { ok } from '../../kernel/result.ts'
import { byText } from '../compare.ts'
import type { FieldBehaviour } from '../contract.ts'
import { refuse } from '../problems.ts'
import { fieldSchemas } from '../schemas.ts'
import { halfWidth, normaliseLine } from '../spelling.ts'

const patterns = { postcode: '^\\d{6}$', digits: '^\\d+$', letters_digits: '^[A-Za-z0-9]+$' } as const
const absentLength = 500

export const text: FieldBehaviour<'text'> = {
  name: 'text',
  title: { 'zh-CN': '单行文本', en: 'Text' },
  schema: fieldSchemas.text,
  traits: { holdsValue: true, entered: true, multiple: false, sortable: true, aggregatable: false, searchable: true },
  valueType: () => ({ kind: 'text' }),
  valueSchema: (field) => ({
    type: 'string',
    minLength: 1,
    maxLength: field.maxLength ?? absentLength,
    ...(field.pattern ? { pattern: patterns[field.pattern] } : {}),
  }),
  normalise(raw, field) {
    const line = normaliseLine(raw, field.maxLength ?? absentLength)
    if (!line.ok || line.value === null || field.pattern === undefined) return line
    const value = halfWidth(line.value)
    return new RegExp(patterns[field.pattern]).test(value) ? ok(value) : refuse(`field.pattern.${field.pattern}`)
  },
  toText: (value) => (typeof value === 'string' ? value : ''),
  compare: byText,
  examples: [
    {
      field: { type: 'text', id: 'subject', label: '主题' },
      raw: '  打印机　不进纸 ',
      value: '打印机　不进纸',
      text: '打印机　不进纸',
    },
    {
      field: { type: 'text', id: 'postcode', label: '邮编', pattern: 'postcode' },
      raw: '５１８０００',
      value: '518000',
      text: '518000',
    },
  ],
}
