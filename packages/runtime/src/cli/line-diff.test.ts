import { expect, test } from 'vitest'
import { lineDiff } from './line-diff.ts'

test('a changed line stands between its neighbours', () => {
  expect(lineDiff('a\nb\nc\nd\ne', 'a\nb\nX\nd\ne')).toEqual([' a', ' b', '-c', '+X', ' d', ' e'])
})

test('equal texts differ nowhere', () => {
  expect(lineDiff('a\nb', 'a\nb')).toEqual([])
})

test('far apart changes are two places', () => {
  const before = Array.from({ length: 20 }, (_, at) => `line ${at}`)
  const after = before.with(1, 'one').with(18, 'eighteen')
  const shown = lineDiff(before.join('\n'), after.join('\n'))
  expect(shown.filter((line) => line === '@@')).toHaveLength(1)
  expect(shown.filter((line) => /^[-+]/.test(line))).toEqual(['-line 1', '+one', '-line 18', '+eighteen'])
})
