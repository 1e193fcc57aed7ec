import { ok } from '../../kernel/result.ts'
import { byText } from '../compare.ts'
import type { FieldBehaviour } from '../contract.ts'
import { printDay, readDay, readWall } from '../moments.ts'
import { refuse } from '../problems.ts'
import { fieldSchemas } from '../schemas.ts'
import { normaliseSpelled } from '../spelling.ts'

/** A day; with a midnight behind it, as spreadsheets export days, it is the same day. */
function dayOf(text: string): string | undefined {
  const day = readDay(text)
  if (day !== undefined) return day
  const wall = readWall(text)
  return wall?.ms === 0 ? wall.day : undefined
}

export const date: FieldBehaviour<'date'> = {
  name: 'date',
  title: { 'zh-CN': '日期', en: 'Date' },
  schema: fieldSchemas.date,
  traits: { holdsValue: true, entered: true, multiple: false, sortable: true, aggregatable: false, searchable: false },
  valueType: () => ({ kind: 'date' }),
  valueSchema: () => ({ type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
  normalise: (raw) =>
    typeof raw === 'number'
      ? refuse('field.notDate')
      : normaliseSpelled(raw, (text) => {
          const day = dayOf(text)
          return day === undefined ? refuse('field.notDate') : ok(day)
        }),
  toText: (value, _field, { locale }) => (typeof value === 'string' ? printDay(value, locale) : ''),
  compare: byText,
  examples: [
    {
      field: { type: 'date', id: 'installed_on', label: '安装日期' },
      raw: '2026年3月2日',
      value: '2026-03-02',
      text: '2 Mar 2026',
    },
    {
      field: { type: 'date', id: 'warranty_until', label: '保修截止' },
      raw: '2028/2/29',
      value: '2028-02-29',
      text: '29 Feb 2028',
    },
  ],
}
