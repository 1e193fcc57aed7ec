import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { chineseNames } from '../chinese-names.ts'
import { builtins } from './builtins.ts'

test('docs/formulas.md lists every function with its parameters and Chinese names, and no other', () => {
  const page = readFileSync(new URL('../../../../../docs/formulas.md', import.meta.url), 'utf8')
  const listed = page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .sort()
  const expected = [...builtins].map(([name, { forms, variadic }]) => {
    const calls = forms.map((form) => `\`${name}(${form.join(', ')}${variadic ? ' …' : ''})\``).join(' · ')
    const names = [...chineseNames].flatMap(([alias, standard]) => (standard === name ? [alias] : []))
    return `| ${calls} | ${names.join('、')} |`
  })
  expect(listed).toEqual(expected.sort())
})
