import type { FormModel } from '../../model.ts'
import { byNumber } from '../compare.ts'
import type { FieldBehaviour } from '../contract.ts'
import { minorUnits, printMoney, withoutCurrency } from '../currency.ts'
import { checkBounds, decimalSchema, groupDigits, normaliseDecimal } from '../numeric.ts'
import { type FieldOf, fieldSchemas } from '../schemas.ts'

const currencyOf = (field: FieldOf<'money'>, form: FormModel): string =>
  field.currency ?? form.fields.get(field.id)?.value.currency ?? 'CNY'

export const money: FieldBehaviour<'money'> = {
  name: 'money',
  title: { 'zh-CN': '金额', en: 'Money' },
  schema: fieldSchemas.money,
  traits: { holdsValue: true, entered: true, multiple: false, sortable: true, aggregatable: true, searchable: false },
  valueType(field, context) {
    const currency = field.currency ?? context.currency
    return { kind: 'money', scale: minorUnits(currency), currency }
  },
  valueSchema: (field, form) => decimalSchema(minorUnits(currencyOf(field, form))),
  normalise(raw, field, { form }) {
    const currency = currencyOf(field, form)
    return normaliseDecimal(raw, minorUnits(currency), field, (text) => withoutCurrency(text, currency))
  },
  toText: (value, field, { form }) =>
    value === null ? '' : printMoney(groupDigits(String(value)), currencyOf(field, form)),
  compare: byNumber,
  check: checkBounds,
  examples: [
    {
      field: { type: 'money', id: 'cost', label: '维修费用' },
      raw: '￥１,２３４.５元',
      value: '1234.50',
      text: '¥1,234.50',
    },
    {
      field: { type: 'money', id: 'price', label: '报价', currency: 'JPY' },
      raw: 1200,
      value: '1200',
      text: 'JP¥1,200',
    },
  ],
}
