import type { Result } from '../../kernel/result.ts'
import { ok } from '../../kernel/result.ts'
import type { FieldValue } from '../../kernel/value-kind.ts'
import { byList } from '../compare.ts'
import type { FieldBehaviour, FieldProblem } from '../contract.ts'
import { refuse } from '../problems.ts'
import { normaliseReference, referenceText } from '../references.ts'
import { fieldSchemas } from '../schemas.ts'
import { splitList } from '../spelling.ts'

const absentPeople = 100
/** An id that can stand among others in one text. */
const listed = /^[^\s/\\\p{C},，、;；|]{1,100}$/u

export const users: FieldBehaviour<'users'> = {
  name: 'users',
  title: { 'zh-CN': '多个人员', en: 'People' },
  schema: fieldSchemas.users,
  traits: { holdsValue: true, entered: true, multiple: true, sortable: false, aggregatable: false, searchable: false },
  valueType: () => ({ kind: 'list', element: 'reference' }),
  target: () => ({ kind: 'user' }),
  valueSchema: ({ maxItems = absentPeople }) => ({
    type: 'array',
    items: { type: 'string', pattern: listed.source },
    minItems: 1,
    maxItems,
    uniqueItems: true,
  }),
  normalise(raw, { maxItems = absentPeople }): Result<FieldValue, FieldProblem> {
    const ids: string[] = []
    for (const part of Array.isArray(raw) ? raw : typeof raw === 'string' ? splitList(raw) : [raw]) {
      const id = normaliseReference(part)
      if (!id.ok) return id
      if (typeof id.value !== 'string') continue
      if (!listed.test(id.value)) return refuse('field.notReference')
      if (!ids.includes(id.value)) ids.push(id.value)
    }
    if (ids.length > maxItems) return refuse('field.tooMany', { max: maxItems })
    return ok(ids.length === 0 ? null : ids)
  },
  toText(value, _field, context) {
    if (!Array.isArray(value)) return ''
    return value
      .map((id: string) => referenceText(id, { kind: 'user' }, context))
      .join(context.locale === 'zh-CN' ? '、' : ', ')
  },
  compare: byList,
  examples: [
    {
      field: { type: 'users', id: 'team', label: '协办人' },
      raw: ['0190a1b2-u1', '0190a1b2-u2', '0190a1b2-u1'],
      value: ['0190a1b2-u1', '0190a1b2-u2'],
      text: '0190a1b2-u1, 0190a1b2-u2',
    },
    {
      field: { type: 'users', id: 'copied', label: '抄送', roles: ['manager'], maxItems: 5 },
      raw: '0190a1b2-u3、0190a1b2-u4',
      value: ['0190a1b2-u3', '0190a1b2-u4'],
      text: '0190a1b2-u3, 0190a1b2-u4',
    },
  ],
}
