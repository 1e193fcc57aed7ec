import type { Result } from '../../kernel/result.ts'
import { ok } from '../../kernel/result.ts'
import type { FieldValue } from '../../kernel/value-kind.ts'
import { checkChoices, choiceText, normaliseChoice } from '../choices.ts'
import { byList } from '../compare.ts'
import type { FieldBehaviour, FieldProblem } from '../contract.ts'
import { refuse } from '../problems.ts'
import { type FieldOf, fieldSchemas } from '../schemas.ts'
import { isBlankInput, splitList } from '../spelling.ts'

/** The single choices in what was sent; a text that is itself one choice is not split. */
function partsOf(raw: unknown, field: FieldOf<'multiSelect'>): readonly unknown[] {
  if (Array.isArray(raw)) return raw
  if (typeof raw !== 'string') return isBlankInput(raw) ? [] : [raw]
  return normaliseChoice(raw, field.options).ok ? [raw] : splitList(raw)
}

export const multiSelect: FieldBehaviour<'multiSelect'> = {
  name: 'multiSelect',
  title: { 'zh-CN': '多选', en: 'Several choices' },
  schema: fieldSchemas.multiSelect,
  traits: { holdsValue: true, entered: true, multiple: true, sortable: false, aggregatable: false, searchable: false },
  valueType: () => ({ kind: 'list', element: 'text' }),
  valueSchema: ({ options, maxItems }) => ({
    type: 'array',
    items: { type: 'string', ...(options.length > 0 ? { enum: options.map(({ id }) => id) } : {}) },
    minItems: 1,
    uniqueItems: true,
    ...(maxItems === undefined ? {} : { maxItems }),
  }),
  normalise(raw, field): Result<FieldValue, FieldProblem> {
    const chosen = new Set<string>()
    for (const part of partsOf(raw, field)) {
      if (isBlankInput(part)) continue
      if (typeof part !== 'string') return refuse('field.notText')
      const choice = normaliseChoice(part, field.options)
      if (!choice.ok) return choice
      chosen.add(choice.value)
    }
    if (field.maxItems !== undefined && chosen.size > field.maxItems)
      return refuse('field.tooMany', { max: field.maxItems })
    // In the order of the definition, so that equal sets are equal values.
    const value = field.options.filter(({ id }) => chosen.has(id)).map(({ id }) => id)
    return ok(value.length === 0 ? null : value)
  },
  toText(value, field, { locale }) {
    if (!Array.isArray(value)) return ''
    return value.map((id: string) => choiceText(id, field.options, locale)).join(locale === 'zh-CN' ? '、' : ', ')
  },
  compare: byList,
  options: ({ options }) => options,
  check: ({ options }) => checkChoices(options),
  examples: [
    {
      field: {
        type: 'multiSelect',
        id: 'skills',
        label: '技能',
        options: [
          { id: 'network', label: { 'zh-CN': '网络', en: 'Network' } },
          { id: 'printer', label: { 'zh-CN': '打印机', en: 'Printers' } },
        ],
      },
      raw: '打印机、网络',
      value: ['network', 'printer'],
      text: 'Network, Printers',
    },
    {
      field: { type: 'multiSelect', id: 'tags', label: '标签', options: [{ id: 'vip', label: 'VIP' }] },
      raw: [],
      value: null,
      text: '',
    },
  ],
}
