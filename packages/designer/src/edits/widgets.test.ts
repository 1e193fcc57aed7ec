import type { BoardDefinition, QueryWidget } from '@tenon/reports'
import { expect, test } from 'vitest'
import { measureKey, newWidget, withDimension, withForm, withMeasures, withTop, withType } from './widgets.ts'

const board = { id: 'b', kind: 'board', schemaVersion: 1, label: 'B', widgets: [] } as BoardDefinition
const bar = newWidget(board, 'bar', 'ticket', '柱状图') as QueryWidget

test('a new widget stands below the others with an id of its own and something to show', () => {
  const more = newWidget({ ...board, widgets: [bar] }, 'bar', 'ticket', '柱状图')
  expect([bar.id, bar.at.y, more.id, more.at.y]).toEqual(['bar_1', 0, 'bar_2', 4])
  expect(bar.query).toEqual({
    form: 'ticket',
    measures: [{ id: 'count', agg: 'count' }],
    by: [{ field: 'created_at', bucket: 'month' }],
  })
})

test('another kind of chart asks the same question, another form a new one', () => {
  expect(withType({ ...bar, options: { stacked: true } } as QueryWidget, 'line')).toEqual({ ...bar, type: 'line' })
  expect(withForm(bar, 'customer').query.form).toBe('customer')
  expect(withForm(bar, 'ticket')).toBe(bar)
})

test('measures are chosen among count, metrics and what is there; an order by one that went goes too', () => {
  const own = { id: 'spent', agg: 'sum', field: 'cost' } as const
  const query = withTop({ ...bar.query, measures: [own] }, true, 10)
  expect([query.sort, query.limit]).toEqual([['-spent'], 10])
  const both = withMeasures(query, ['own:spent', 'metric:frt_avg'])
  expect(both.measures).toEqual([own, { id: 'frt_avg', metric: 'frt_avg' }])
  expect(both.measures.map(measureKey)).toEqual(['own:spent', 'metric:frt_avg'])
  expect(withMeasures(both, ['count'])).not.toHaveProperty('sort')
  expect(withMeasures(both, [])).toBe(both)
})

test('dimensions are set by place and taken away', () => {
  const two = withDimension(bar.query, 1, { field: 'priority' })
  expect(two.by).toEqual([{ field: 'created_at', bucket: 'month' }, { field: 'priority' }])
  expect(withDimension(two, 0, undefined).by).toEqual([{ field: 'priority' }])
  expect(withDimension(bar.query, 0, undefined)).not.toHaveProperty('by')
})
