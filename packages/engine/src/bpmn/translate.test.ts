import { expect, test } from 'vitest'
import { readFormula } from './conditions.ts'
import { traceToken } from './trace-token.ts'
import { toFeel } from './translate.ts'

// `§{` stands for `${`, which the linter takes for a mistake.
test.each([
  ['§{test > 1}', 'test > 1'],
  ['#{order.amount >= 100 && !order.paid}', 'order.amount >= 100 and not(order.paid)'],
  ["§{status == 'open' || status eq 'new'}", 'status = "open" or status = "new"'],
  ['§{approved}', 'approved'],
  ['§{!approved}', 'not(approved)'],
  ['§{not empty name}', 'not((name = null or name = ""))'],
  ['test == "a"', 'test = "a"'],
  ["contains(test, 'a')", 'contains(test, "a")'],
  ["§{test.contains('a')}", 'contains(test, "a")'],
  ["test.includes('a') === true", 'contains(test, "a") = true'],
  ['return this.environment.variables.test === true;', 'test = true'],
  ['next(null, this.environment.variables.input <= 50)', 'input <= 50'],
  ["execution.getVariable('test') != null", 'test != null'],
  ['§{execution.getVariable("count") % 2 == 0}', 'modulo(count, 2) = 0'],
  ["getVariable('a') + 1 > 2", 'a + 1 > 2'],
  ["$test > 1 and contains($name, 'x')", 'test > 1 and contains(name, "x")'],
  ['§{-a lt 3 * (b - 1)}', '-a < 3 * (b - 1)'],
  ['§{金额 > 1000}', '金额 > 1000'],
  ['§{bean.call(1)}', undefined],
  ['a ? b : c', undefined],
  ['function () { return 1 }', undefined],
  ['', undefined],
])('%s is %s', (foreign, feel) => {
  expect(toFeel(foreign.replaceAll('§', '$'))).toBe(feel)
})

test('FEEL stands as it is, behind = or without; what would mean something else in it is translated', () => {
  expect(readFormula('= count > 3')).toBe('count > 3')
  expect(readFormula('some x in list satisfies x > 1')).toBe('some x in list satisfies x > 1')
  expect(readFormula('execution.variables.a > 1')).toBe('a > 1')
  expect(readFormula('test == "a"')).toBe('test = "a"')
  expect(readFormula('test = "a == b"')).toBe('test = "a == b"')
  expect(readFormula('Service Level == "Premium"')).toBeUndefined()
})

test('the token of a script is its last text, or the one word it is', () => {
  expect(traceToken('trace = trace + "A"')).toBe('A')
  expect(traceToken("execution.setVariable('trace', trace + 'B')")).toBe('B')
  expect(traceToken(' task1 ')).toBe('task1')
  expect(traceToken('x = 1 + 2')).toBeUndefined()
})
