import { expect, test } from 'vitest'

test('skeleton', () => {
  expect(new Date('2026-01-01T00:00:00Z').getTime()).toBe(1767225600000)
  expect(() => new Date()).toThrow('take it from the context')
  expect(() => Date.now()).toThrow('take it from the context')
})
