import { byText } from '../compare.ts'
import type { FieldBehaviour } from '../contract.ts'
import { normaliseReference, referenceSchema, referenceText } from '../references.ts'
import { fieldSchemas } from '../schemas.ts'

export const department: FieldBehaviour<'department'> = {
  name: 'department',
  title: { 'zh-CN': '部门', en: 'Department' },
  schema: fieldSchemas.department,
  traits: { holdsValue: true, entered: true, multiple: false, sortable: true, aggregatable: false, searchable: false },
  valueType: () => ({ kind: 'reference' }),
  target: () => ({ kind: 'department' }),
  valueSchema: () => referenceSchema,
  normalise: (raw) => normaliseReference(raw),
  toText: (value, _field, context) => referenceText(value, { kind: 'department' }, context),
  compare: byText,
  examples: [
    {
      field: { type: 'department', id: 'group', label: '受理组' },
      raw: ' 0190a1b2-0000-7000-8000-0000000000d1',
      value: '0190a1b2-0000-7000-8000-0000000000d1',
      text: '0190a1b2-0000-7000-8000-0000000000d1',
    },
    { field: { type: 'department', id: 'branch', label: '所属分公司' }, raw: null, value: null, text: '' },
  ],
}
