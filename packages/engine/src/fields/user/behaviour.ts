import { byText } from '../compare.ts'
import type { FieldBehaviour } from '../contract.ts'
import { normaliseReference, referenceSchema, referenceText } from '../references.ts'
import { fieldSchemas } from '../schemas.ts'

export const user: FieldBehaviour<'user'> = {
  name: 'user',
  title: { 'zh-CN': '人员', en: 'Person' },
  schema: fieldSchemas.user,
  traits: { holdsValue: true, entered: true, multiple: false, sortable: true, aggregatable: false, searchable: false },
  valueType: () => ({ kind: 'reference' }),
  target: () => ({ kind: 'user' }),
  valueSchema: () => referenceSchema,
  normalise: (raw) => normaliseReference(raw),
  toText: (value, _field, context) => referenceText(value, { kind: 'user' }, context),
  compare: byText,
  examples: [
    {
      field: { type: 'user', id: 'owner', label: '负责人' },
      raw: ' 0190a1b2-0000-7000-8000-000000000001 ',
      value: '0190a1b2-0000-7000-8000-000000000001',
      text: '0190a1b2-0000-7000-8000-000000000001',
    },
    { field: { type: 'user', id: 'engineer', label: '工程师', roles: ['engineer'] }, raw: '', value: null, text: '' },
  ],
}
