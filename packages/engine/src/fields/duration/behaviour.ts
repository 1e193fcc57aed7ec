import { formatDurationMs, parseDurationMs } from '../../kernel/duration.ts'
import { ok } from '../../kernel/result.ts'
import { byDuration } from '../compare.ts'
import type { FieldBehaviour } from '../contract.ts'
import { refuse } from '../problems.ts'
import { fieldSchemas } from '../schemas.ts'
import { printSpan, readSpan } from '../spans.ts'
import { normaliseSpelled } from '../spelling.ts'

export const duration: FieldBehaviour<'duration'> = {
  name: 'duration',
  title: { 'zh-CN': '时长', en: 'Duration' },
  schema: fieldSchemas.duration,
  traits: { holdsValue: true, entered: true, multiple: false, sortable: true, aggregatable: true, searchable: false },
  valueType: () => ({ kind: 'duration' }),
  valueSchema: () => ({ type: 'string', pattern: '^-?P(?=.)(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+(\\.\\d{1,3})?S)?)?$' }),
  normalise: (raw) =>
    // A bare number says no unit, so it is no duration.
    typeof raw === 'number'
      ? refuse('field.notDuration')
      : normaliseSpelled(raw, (text) => {
          const ms = readSpan(text)
          return ms === undefined ? refuse('field.notDuration') : ok(formatDurationMs(ms))
        }),
  toText(value, _field, { locale }) {
    const ms = typeof value === 'string' ? parseDurationMs(value) : undefined
    return ms === undefined ? '' : printSpan(ms, locale)
  },
  compare: byDuration,
  examples: [
    { field: { type: 'duration', id: 'effort', label: '工时' }, raw: '1天3小时', value: 'P1DT3H', text: '1 d 3 h' },
    {
      field: { type: 'duration', id: 'travel', label: '路途时间' },
      raw: 'PT90M',
      value: 'PT1H30M',
      text: '1 h 30 min',
    },
  ],
}
