import { describe, expect, it } from 'vitest'
import { isBeside } from './figure-reach.ts'
import type { RecordRow } from './rows.ts'

const row = (data: RecordRow['data'], more: Partial<RecordRow> = {}): RecordRow => ({
  app: 'desk',
  form: 'ticket',
  id: '1',
  version: 1,
  createdAt: 0,
  createdBy: null,
  updatedAt: 0,
  updatedBy: null,
  title: '',
  data,
  history: false,
  batch: null,
  ...more,
})
const shape = { form: 'ticket', fields: new Set(['stage', 'created_at']), linked: false }
const request = (by = {}) => ({ metric: 'pending', by, window: undefined, value: 'value', minimumSample: 1 }) as const
const open = row({ stage: 'new', handler: 'a', customer: 'c' })

describe('whether a figure is sure to be the same after a write', () => {
  const cases = {
    'a field it does not look at': [row({ stage: 'new', handler: 'b', customer: 'c' }), shape, request(), true],
    'a field it looks at': [row({ stage: 'closed', handler: 'a', customer: 'c' }), shape, request(), false],
    'a field it looks at, emptied': [row({ handler: 'a', customer: 'c' }), shape, request(), false],
    'the field it groups by': [row({ ...open.data, customer: 'd' }), shape, request({ customer: 'c' }), false],
    'another field than it groups by': [row({ ...open.data, handler: 'b' }), shape, request({ customer: 'c' }), true],
    'a column of the record itself': [
      row(open.data, { updatedAt: 1 }),
      { ...shape, fields: new Set(['updated_at']) },
      request(),
      false,
    ],
    'anything, where it looks through links': [
      row({ ...open.data, handler: 'b' }),
      { ...shape, linked: true },
      request(),
      false,
    ],
    'anything, where it groups through a link': [
      row({ ...open.data, handler: 'b' }),
      shape,
      request({ 'customer.level': 'vip' }),
      false,
    ],
    'another form': [row({ ...open.data, handler: 'b' }), { ...shape, form: 'visit' }, request(), false],
  } as const
  for (const [name, [after, looks, asked, expected]] of Object.entries(cases))
    it(name, () => expect(isBeside('desk', looks, asked, open, after)).toBe(expected))
  it('another app of the same form name', () =>
    expect(isBeside('other', shape, request(), open, row({ ...open.data, handler: 'b' }))).toBe(false))
})
