import { ok } from '../../kernel/result.ts'
import { byText } from '../compare.ts'
import type { FieldBehaviour } from '../contract.ts'
import { printTimeOfDay, readTimeOfDay } from '../moments.ts'
import { refuse } from '../problems.ts'
import { fieldSchemas } from '../schemas.ts'
import { normaliseSpelled } from '../spelling.ts'

/** What a clock on the wall shows, wherever that wall is. */
export const time: FieldBehaviour<'time'> = {
  name: 'time',
  title: { 'zh-CN': '时刻', en: 'Time of day' },
  schema: fieldSchemas.time,
  traits: { holdsValue: true, entered: true, multiple: false, sortable: true, aggregatable: false, searchable: false },
  valueType: () => ({ kind: 'time' }),
  valueSchema: () => ({ type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d$' }),
  normalise: (raw) =>
    // 905 could be five past nine, or a part of a day as spreadsheets count them.
    typeof raw === 'number'
      ? refuse('field.notTime')
      : normaliseSpelled(raw, (text) => {
          const found = readTimeOfDay(text)
          return found === undefined ? refuse('field.notTime') : ok(found)
        }),
  toText: (value) => (typeof value === 'string' ? printTimeOfDay(value) : ''),
  compare: byText,
  examples: [
    { field: { type: 'time', id: 'visit_at', label: '上门时刻' }, raw: '下午3:20', value: '15:20:00', text: '15:20' },
    { field: { type: 'time', id: 'opens_at', label: '开门时刻' }, raw: '9:05', value: '09:05:00', text: '09:05' },
  ],
}
