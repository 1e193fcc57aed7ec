import type { Result } from '../../kernel/result.ts'
import { ok } from '../../kernel/result.ts'
import type { FieldValue } from '../../kernel/value-kind.ts'
import { byList } from '../compare.ts'
import type { FieldBehaviour, FieldProblem } from '../contract.ts'
import { refuse } from '../problems.ts'
import { fieldSchemas } from '../schemas.ts'
import { normaliseLine, splitList } from '../spelling.ts'

const absentTags = 20
const longestTag = 40

/** The single texts in what was sent. What separates them in one text cannot be part of one. */
const partsOf = (raw: unknown): readonly unknown[] =>
  (Array.isArray(raw) ? raw : [raw]).flatMap((part) =>
    typeof part === 'string' ? splitList(part.normalize('NFC')) : [part],
  )

/** Short texts that people choose freely, each once whatever its case, in the order they were given. */
export const tags: FieldBehaviour<'tags'> = {
  name: 'tags',
  title: { 'zh-CN': '标签', en: 'Tags' },
  schema: fieldSchemas.tags,
  traits: { holdsValue: true, entered: true, multiple: true, sortable: false, aggregatable: false, searchable: true },
  valueType: () => ({ kind: 'list', element: 'text' }),
  valueSchema: ({ maxItems = absentTags }) => ({
    type: 'array',
    items: {
      type: 'string',
      maxLength: longestTag,
      pattern: '^[^\\s,，、;；|](?:[^,，、;；|\\p{Cc}\\p{Cs}]*[^\\s,，、;；|])?$',
    },
    minItems: 1,
    maxItems,
    uniqueItems: true,
  }),
  normalise(raw, { maxItems = absentTags }): Result<FieldValue, FieldProblem> {
    const found = new Map<string, string>()
    for (const part of partsOf(raw)) {
      const text = normaliseLine(part, longestTag)
      if (!text.ok) return text
      if (text.value === null) continue
      const key = text.value.toLowerCase()
      if (!found.has(key)) found.set(key, text.value)
    }
    if (found.size > maxItems) return refuse('field.tooMany', { max: maxItems })
    return ok(found.size === 0 ? null : [...found.values()])
  },
  toText: (value, _field, { locale }) => (Array.isArray(value) ? value.join(locale === 'zh-CN' ? '、' : ', ') : ''),
  compare: byList,
  examples: [
    {
      field: { type: 'tags', id: 'topics', label: '标签' },
      raw: ['返修', ' VIP ', 'vip', '夜间 上门'],
      value: ['返修', 'VIP', '夜间 上门'],
      text: '返修, VIP, 夜间 上门',
    },
    {
      field: { type: 'tags', id: 'keywords', label: '关键词', maxItems: 5 },
      raw: '噪声、漏水；E-05',
      value: ['噪声', '漏水', 'E-05'],
      text: '噪声, 漏水, E-05',
    },
  ],
}
