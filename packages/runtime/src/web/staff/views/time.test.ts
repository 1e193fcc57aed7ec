import { type FormDefinition, formModel } from '@tenon/engine'
import { describe, expect, test } from 'vitest'
import type { RecordItem } from '../../../contract/index.ts'
import { byDay } from './calendar/by-day.ts'
import { barOf, ganttSpan, ticksOf } from './gantt/bars.ts'
import { isRuledOut } from './ruled-out.ts'
import { addMonths, daysOf, inSpan, monthOf, movedBy, placeOf, putOn, weekOf } from './time.ts'

const zone = 'Asia/Shanghai'
const definition: FormDefinition = {
  id: 'visit',
  kind: 'form',
  schemaVersion: 1,
  label: '上门',
  title: { formula: 'id' },
  fields: [
    { id: 'day', type: 'date', label: '日期' },
    { id: 'until', type: 'date', label: '到' },
    { id: 'from_at', type: 'dateTime', label: '开始' },
    { id: 'to_at', type: 'dateTime', label: '结束' },
  ],
}
const form = formModel(definition, { id: 'demo', currency: 'CNY' })
const item = (id: string, values: RecordItem['values']): RecordItem => ({
  app: 'demo',
  form: 'visit',
  id,
  version: 1,
  title: id,
  created_at: '2026-01-01T00:00:00.000Z',
  created_by: null,
  updated_at: '2026-01-01T00:00:00.000Z',
  updated_by: null,
  values,
})
const days = { start: 'day', end: 'until' }
const moments = { start: 'from_at', end: 'to_at' }

describe('stretches of time', () => {
  test('weeks begin on Monday; a month is its whole weeks', () => {
    expect(weekOf('2026-11-29')).toEqual({ first: '2026-11-23', last: '2026-11-29' })
    expect(monthOf('2026-11-15')).toEqual({ first: '2026-10-26', last: '2026-12-06' })
    expect(daysOf(monthOf('2026-02-10')).length % 7).toBe(0)
  })

  test('months later keep the day as far as the month has it', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2026-01-31', -2)).toBe('2025-11-30')
    expect(addMonths('2028-02-29', 12)).toBe('2029-02-28')
  })
})

describe('where a record stands', () => {
  test("a moment is on the day of the viewer's zone", () => {
    const late = item('a', { from_at: '2026-11-29T18:30:00.000Z' })
    expect(placeOf(late, moments, form, zone)?.first).toBe('2026-11-30')
    expect(placeOf(late, moments, form, 'Europe/Paris')?.first).toBe('2026-11-29')
  })

  test('without a start it stands nowhere, and an end before its start is none', () => {
    expect(placeOf(item('a', { until: '2026-01-02' }), days, form, zone)).toBeUndefined()
    expect(placeOf(item('a', { day: '2026-01-05', until: '2026-01-02' }), days, form, zone)).toMatchObject({
      first: '2026-01-05',
      last: '2026-01-05',
    })
  })

  test('what is asked for is what begins in the span or reaches into it', () => {
    expect(inSpan(days, { first: '2026-11-23', last: '2026-11-29' }, form, zone)).toEqual({
      all: [
        { fact: 'record', path: '$.day', operator: 'lessThan', value: '2026-11-30' },
        {
          any: [
            { fact: 'record', path: '$.day', operator: 'greaterThanInclusive', value: '2026-11-23' },
            { fact: 'record', path: '$.until', operator: 'greaterThanInclusive', value: '2026-11-23' },
          ],
        },
      ],
    })
    expect(JSON.stringify(inSpan(moments, { first: '2026-11-23', last: '2026-11-29' }, form, zone))).toContain(
      '2026-11-29T16:00:00.000Z',
    )
  })

  test('each of its days has it: what goes on first, then by the clock', () => {
    const on = byDay(
      [
        item('late', { from_at: '2026-11-25T06:00:00.000Z' }),
        item('early', { from_at: '2026-11-25T01:00:00.000Z' }),
        item('long', { from_at: '2026-11-20T01:00:00.000Z', to_at: '2026-11-26T01:00:00.000Z' }),
      ],
      { first: '2026-11-24', last: '2026-11-25' },
      moments,
      form,
      zone,
    )
    expect(Object.fromEntries([...on].map(([day, all]) => [day, all.map((one) => one.item.id)]))).toEqual({
      '2026-11-24': ['long'],
      '2026-11-25': ['long', 'early', 'late'],
    })
  })
})

describe('moving', () => {
  test('days move as days; a moment keeps the time on the wall over a change of the clocks', () => {
    expect(movedBy(item('a', { day: '2026-02-28', until: '2026-03-01' }), days, 1, 'both', form, zone)).toEqual({
      day: '2026-03-01',
      until: '2026-03-02',
    })
    // Paris leaves summer time on 25 October 2026.
    expect(
      movedBy(item('a', { from_at: '2026-10-24T08:00:00.000Z' }), moments, 1, 'both', form, 'Europe/Paris'),
    ).toEqual({ from_at: '2026-10-25T09:00:00.000Z' })
  })

  test('an end does not come before its start', () => {
    const two = item('a', { day: '2026-03-01', until: '2026-03-02' })
    expect(movedBy(two, days, -1, 'end', form, zone)).toEqual({ until: '2026-03-01' })
    expect(movedBy(two, days, -2, 'end', form, zone)).toBeUndefined()
    expect(movedBy(two, days, 2, 'start', form, zone)).toBeUndefined()
  })

  test('what had no date begins with the day', () => {
    expect(putOn('2026-03-02', { start: 'day' }, form, zone)).toEqual({ day: '2026-03-02' })
    expect(putOn('2026-03-02', { start: 'from_at' }, form, zone)).toEqual({ from_at: '2026-03-02T01:00:00.000Z' })
  })
})

describe('bars', () => {
  const span = { first: '2026-11-02', last: '2026-11-15' }
  const bar = (values: RecordItem['values'], when: { start: string; end: string }) => {
    const place = placeOf(item('a', values), when, form, zone)
    return place && barOf(place, span, zone)
  }

  test('days are whole, moments are where they are', () => {
    expect(bar({ day: '2026-11-03', until: '2026-11-04' }, days)).toEqual({
      left: 1,
      width: 2,
      cutLeft: false,
      cutRight: false,
    })
    const halfDays = { from_at: '2026-11-03T04:00:00.000Z', to_at: '2026-11-04T04:00:00.000Z' }
    expect(bar(halfDays, moments)).toMatchObject({ left: 1.5, width: 1 })
  })

  test('what goes on outside of the span is cut', () => {
    expect(bar({ day: '2026-10-01', until: '2027-01-01' }, days)).toEqual({
      left: 0,
      width: 14,
      cutLeft: true,
      cutRight: true,
    })
  })

  test('the lines of the head fill the span', () => {
    for (const zoom of ['day', 'week', 'month'] as const) {
      const around = ganttSpan('2026-11-29', zoom)
      const { upper, lower } = ticksOf(around, zoom)
      for (const row of [upper, lower])
        expect(row.reduce((sum, { days: length }) => sum + length, 0)).toBe(daysOf(around).length)
      expect(daysOf(around)).toContain('2026-11-29')
    }
  })
})

describe('lanes that a filter rules out', () => {
  const stage = (operator: 'equal' | 'in' | 'notIn', value: string | string[]) =>
    ({ fact: 'record', path: '$.stage', operator, value }) as const

  test('a filter on the field itself says which', () => {
    expect(isRuledOut('closed', 'stage', [stage('notIn', ['closed'])])).toBe(true)
    expect(isRuledOut('open', 'stage', [undefined, { all: [stage('in', ['closed'])] }])).toBe(true)
    expect(isRuledOut('open', 'stage', [stage('equal', 'open')])).toBe(false)
  })

  test('any, other fields and references say nothing', () => {
    expect(isRuledOut('open', 'stage', [{ any: [stage('equal', 'closed'), stage('equal', 'open')] }])).toBe(false)
    expect(isRuledOut('open', 'kind', [stage('equal', 'closed')])).toBe(false)
    expect(
      isRuledOut('me', 'stage', [{ fact: 'record', path: '$.stage', operator: 'equal', value: { ref: '$.user.id' } }]),
    ).toBe(false)
  })
})
