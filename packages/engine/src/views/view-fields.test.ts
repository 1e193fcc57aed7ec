import { describe, expect, test } from 'vitest'
import type { View } from './schemas.ts'
import { viewTypeNames } from './schemas.ts'
import { fieldsReadBy, viewFields, viewWithout } from './view-fields.ts'

const label = '视图'
const gantt: View = {
  id: 'plan',
  type: 'gantt',
  label,
  start: 'from',
  end: 'to',
  group: 'owner',
  columns: ['owner', 'customer.level'],
  sort: ['-owner', 'from'],
}
const hidden =
  (...ids: readonly string[]) =>
  (path: string) =>
    ids.includes(path.replace(/^-/, '').split('.')[0] ?? '')

describe('the fields of a view', () => {
  test('each type says which it names, and which it cannot do without', () => {
    const told = viewTypeNames.map((type) => [
      type,
      viewFields(type).map(({ property, required }) => (required ? property : `${property}?`)),
    ])
    expect(Object.fromEntries(told)).toEqual({
      table: [],
      kanban: ['by'],
      calendar: ['start', 'end?', 'tone?'],
      gantt: ['start', 'end', 'group?', 'tone?'],
      gallery: ['cover?'],
      map: ['place', 'tone?'],
    })
    expect(fieldsReadBy(gantt)).toEqual(['from', 'to', 'owner'])
  })

  test('what is hidden is not named: columns, order and what the view can do without', () => {
    expect(viewWithout(gantt, hidden('owner', 'customer'))).toEqual({
      id: 'plan',
      type: 'gantt',
      label,
      start: 'from',
      end: 'to',
      columns: [],
      sort: ['from'],
    })
  })

  test('a view that cannot be drawn is not there', () => {
    expect(viewWithout(gantt, hidden('to'))).toBeUndefined()
    expect(viewWithout({ id: 'lanes', type: 'kanban', label, by: 'status' }, hidden('status'))).toBeUndefined()
    expect(viewWithout({ id: 'all', type: 'table', label, columns: ['a'] }, hidden('a'))).toBeUndefined()
    expect(viewWithout({ id: 'all', type: 'table', label, columns: ['a'] }, hidden('b'))).toBeDefined()
  })
})
