import { resolveText } from '../../kernel/text.ts'
import { byNumber } from '../compare.ts'
import type { FieldBehaviour } from '../contract.ts'
import {
  checkBounds,
  decimalSchema,
  groupDigits,
  integerSchema,
  normaliseDecimal,
  normaliseInteger,
} from '../numeric.ts'
import { type FieldOf, fieldSchemas } from '../schemas.ts'
import { halfWidth } from '../spelling.ts'

/** Takes the field's own unit, in any language, off the end. */
function withoutUnit(text: string, { unit }: FieldOf<'number'>): string {
  if (unit === undefined) return text
  const units = (typeof unit === 'string' ? [unit] : Object.values(unit)).map(halfWidth)
  const found = units.find((name) => name !== '' && text.endsWith(name))
  return found === undefined ? text : text.slice(0, -found.length)
}

export const number: FieldBehaviour<'number'> = {
  name: 'number',
  title: { 'zh-CN': '数字', en: 'Number' },
  schema: fieldSchemas.number,
  traits: { holdsValue: true, entered: true, multiple: false, sortable: true, aggregatable: true, searchable: false },
  valueType: ({ scale = 0 }) => (scale === 0 ? { kind: 'integer' } : { kind: 'decimal', scale }),
  valueSchema: (field) => (field.scale ? decimalSchema(field.scale) : integerSchema(field)),
  normalise: (raw, field) =>
    field.scale
      ? normaliseDecimal(raw, field.scale, field, (text) => withoutUnit(text, field))
      : normaliseInteger(raw, field, (text) => withoutUnit(text, field)),
  toText(value, field, { locale }) {
    if (value === null) return ''
    const unit = resolveText(field.unit, locale)
    return unit === '' ? groupDigits(String(value)) : `${groupDigits(String(value))} ${unit}`
  },
  compare: byNumber,
  check: checkBounds,
  examples: [
    {
      field: { type: 'number', id: 'weight', label: '重量', scale: 2, unit: 'kg' },
      raw: '１,２３４.５',
      value: '1234.50',
      text: '1,234.50 kg',
    },
    { field: { type: 'number', id: 'reopened', label: '重开次数', min: 0 }, raw: '3', value: 3, text: '3' },
  ],
}
