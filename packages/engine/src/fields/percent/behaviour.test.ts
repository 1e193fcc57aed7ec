import { expect, test } from 'vitest'
import { normalised, told } from '../sample-form.ts'
import type { Field } from '../schemas.ts'

const field: Field = { type: 'percent', id: 'rate', label: '折扣', scale: 1, min: 0, max: 100 }

test('the figure before the sign is the value, with or without the sign', () => {
  expect(normalised(field, '12.5%')).toBe('12.5')
  expect(normalised(field, '12.5 ％')).toBe('12.5')
  expect(normalised(field, 0.5)).toBe('0.5')
  expect(told(field, '12.5')).toBe('12.5%')
})
test('bounds are in the same figure', () => {
  expect(normalised(field, '100')).toBe('100.0')
  expect(normalised(field, '100.1')).toEqual({ code: 'field.tooLarge', details: { max: 100 } })
})
