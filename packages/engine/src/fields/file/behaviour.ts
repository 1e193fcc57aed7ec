import type { Result } from '../../kernel/result.ts'
import { ok } from '../../kernel/result.ts'
import type { FieldValue } from '../../kernel/value-kind.ts'
import { byList } from '../compare.ts'
import type { FieldBehaviour, FieldProblem } from '../contract.ts'
import { refuse } from '../problems.ts'
import { normaliseReference, referenceSchema, referenceText } from '../references.ts'
import { fieldSchemas } from '../schemas.ts'

const absentFiles = 20

export const file: FieldBehaviour<'file'> = {
  name: 'file',
  title: { 'zh-CN': '附件', en: 'Files' },
  schema: fieldSchemas.file,
  traits: { holdsValue: true, entered: true, multiple: true, sortable: false, aggregatable: false, searchable: false },
  valueType: () => ({ kind: 'list', element: 'reference' }),
  target: () => ({ kind: 'file' }),
  valueSchema: ({ maxFiles = absentFiles }) => ({
    type: 'array',
    items: referenceSchema,
    minItems: 1,
    maxItems: maxFiles,
    uniqueItems: true,
  }),
  normalise(raw, { maxFiles = absentFiles }): Result<FieldValue, FieldProblem> {
    const ids: string[] = []
    for (const part of Array.isArray(raw) ? raw : typeof raw === 'string' ? raw.split(',') : [raw]) {
      const id = normaliseReference(part)
      if (!id.ok) return id
      if (typeof id.value === 'string' && !ids.includes(id.value)) ids.push(id.value)
    }
    if (ids.length > maxFiles) return refuse('field.tooMany', { max: maxFiles })
    return ok(ids.length === 0 ? null : ids)
  },
  toText: (value, _field, context) =>
    Array.isArray(value) ? value.map((id: string) => referenceText(id, { kind: 'file' }, context)).join(', ') : '',
  compare: byList,
  examples: [
    {
      field: { type: 'file', id: 'photos', label: '现场照片', accept: ['image'] },
      raw: ['0190a1b2-f1', '0190a1b2-f2', '0190a1b2-f1'],
      value: ['0190a1b2-f1', '0190a1b2-f2'],
      text: '0190a1b2-f1, 0190a1b2-f2',
    },
    {
      field: { type: 'file', id: 'report', label: '服务报告', maxFiles: 1 },
      raw: '0190a1b2-f3',
      value: ['0190a1b2-f3'],
      text: '0190a1b2-f3',
    },
  ],
}
