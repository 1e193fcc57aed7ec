import { formatInstant } from '../../kernel/instant.ts'
import { ok } from '../../kernel/result.ts'
import { byText } from '../compare.ts'
import type { FieldBehaviour } from '../contract.ts'
import { isWall, printInstant, readInstant } from '../moments.ts'
import { refuse } from '../problems.ts'
import { fieldSchemas } from '../schemas.ts'
import { normaliseSpelled } from '../spelling.ts'

/** Moments sort as text only with years of four digits. */
const inRange = (instant: number): boolean => instant >= -62_135_596_800_000 && instant <= 253_402_300_799_999

export const dateTime: FieldBehaviour<'dateTime'> = {
  name: 'dateTime',
  title: { 'zh-CN': '日期时间', en: 'Date and time' },
  schema: fieldSchemas.dateTime,
  traits: { holdsValue: true, entered: true, multiple: false, sortable: true, aggregatable: false, searchable: false },
  valueType: () => ({ kind: 'instant' }),
  valueSchema: () => ({ type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' }),
  normalise: (raw, _field, { zone }) =>
    typeof raw === 'number'
      ? refuse('field.notDateTime')
      : normaliseSpelled(raw, (text) => {
          const instant = readInstant(text, zone)
          if (instant !== undefined && inRange(instant)) return ok(formatInstant(instant))
          return refuse(zone === undefined && isWall(text) ? 'field.zoneMissing' : 'field.notDateTime')
        }),
  toText: (value, _field, { locale, zone }) => (typeof value === 'string' ? printInstant(value, locale, zone) : ''),
  compare: byText,
  examples: [
    {
      field: { type: 'dateTime', id: 'reported_at', label: '报修时间' },
      raw: '2026-03-02T08:00:00+08:00',
      value: '2026-03-02T00:00:00.000Z',
      text: '2 Mar 2026, 08:00',
    },
    {
      field: { type: 'dateTime', id: 'visit_at', label: '上门时间' },
      raw: '2026/3/2 14:30',
      value: '2026-03-02T06:30:00.000Z',
      text: '2 Mar 2026, 14:30',
    },
  ],
}
