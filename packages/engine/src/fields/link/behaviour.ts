import type { FieldModel } from '../../model.ts'
import { byText } from '../compare.ts'
import type { FieldBehaviour } from '../contract.ts'
import { normaliseReference, referenceSchema, referenceText } from '../references.ts'
import { type FieldOf, fieldSchemas } from '../schemas.ts'

/** `customer` is a form of the same app, `crm/customer` one of another. */
function targetOf(field: FieldOf<'link'>, app: string): NonNullable<FieldModel['target']> {
  const slash = field.form.indexOf('/')
  return slash < 0
    ? { kind: 'record', app, form: field.form }
    : { kind: 'record', app: field.form.slice(0, slash), form: field.form.slice(slash + 1) }
}

export const link: FieldBehaviour<'link'> = {
  name: 'link',
  title: { 'zh-CN': '关联记录', en: 'Link' },
  schema: fieldSchemas.link,
  traits: { holdsValue: true, entered: true, multiple: false, sortable: true, aggregatable: false, searchable: false },
  valueType: () => ({ kind: 'reference' }),
  target: targetOf,
  valueSchema: () => referenceSchema,
  normalise: (raw) => normaliseReference(raw),
  toText: (value, field, context) => referenceText(value, targetOf(field, context.form.app), context),
  compare: byText,
  examples: [
    {
      field: { type: 'link', id: 'customer', label: '客户', form: 'customer' },
      raw: '0190a1b2-0000-7000-8000-0000000000c1',
      value: '0190a1b2-0000-7000-8000-0000000000c1',
      text: '0190a1b2-0000-7000-8000-0000000000c1',
    },
    { field: { type: 'link', id: 'contract', label: '合同', form: 'crm/contract' }, raw: '  ', value: null, text: '' },
  ],
}
