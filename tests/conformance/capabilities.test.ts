import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = new URL('../../', import.meta.url).pathname
const text = (path: string) => readFileSync(join(root, path), 'utf8')
const page = 'docs/capabilities.md'

type Row = { readonly number: string; readonly shownBy: readonly string[] }
/** Rows of the page's tables: the number, and what stands in backticks in the last cell. */
const rows: readonly Row[] = text(page)
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (no\.|what) \|/.test(line))
  .map((line) => {
    const cells = line.split('|').slice(1, -1)
    return {
      number: (cells[0] ?? '').trim(),
      shownBy: [...(cells.at(-1) ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''),
    }
  })
const numbered = rows.filter((row) => /^S\d-\d+$/.test(row.number))

type Scenario = { readonly id: string; readonly covers?: readonly string[]; readonly future?: boolean }
const scenarios: readonly Scenario[] = readdirSync(join(root, 'templates')).flatMap((template) => {
  const folder = join('templates', template, 'scenarios')
  return readdirSync(join(root, folder)).map((file) => JSON.parse(text(join(folder, file))) as Scenario)
})

/** How many of each group practice asks for. */
const groups = { S0: 61, S1: 66, S2: 57, S3: 58, S4: 61 }

describe(page, () => {
  test('numbers are numbers of the list, each stands once, in order', () => {
    const numbers = numbered.map((row) => row.number)
    const isKnown = (number: string) =>
      Number(number.slice(3)) >= 1 && Number(number.slice(3)) <= (groups[number.slice(0, 2) as 'S0'] ?? 0)
    expect(numbers.filter((number) => !isKnown(number))).toEqual([])
    const place = (number: string) => Number(number[1]) * 1000 + Number(number.slice(3))
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => place(a) - place(b)))
    expect(numbers.length).toBeGreaterThan(50)
  })

  test('everything that is to show something exists', () => {
    const broken = rows.flatMap(({ number, shownBy }) => {
      if (shownBy.length === 0) return [`${number}: nothing shows it`]
      return shownBy.filter((one) => !isThere(one)).map((one) => `${number}: ${one}`)
    })
    expect(broken).toEqual([])
  })

  test('every number that a scenario claims stands here, with that scenario', () => {
    const claimed = scenarios.flatMap(({ id, covers = [] }) => covers.map((number) => `${number} scenario ${id}`))
    const listed = new Set(numbered.flatMap(({ number, shownBy }) => shownBy.map((one) => `${number} ${one}`)))
    expect(claimed.filter((claim) => !listed.has(claim))).toEqual([])
  })
})

/** `scenario <id>`, `<file> › <beginning of a test's name>`, or a file: a page, a fixture, a whole test file. */
function isThere(shown: string): boolean {
  if (shown.startsWith('scenario '))
    return scenarios.some(({ id, future }) => id === shown.slice('scenario '.length) && future !== true)
  const [path = '', name] = shown.split(' › ')
  if (!existsSync(join(root, path))) return false
  return name === undefined || namesIn(text(path)).some((found) => found.startsWith(name))
}

/** Names given to tests in a file: the texts that follow `test(`, `it(` and their variants. */
const namesIn = (source: string): readonly string[] =>
  [
    ...source.matchAll(/\b(?:test|it)(?:\.\w+(?:\([^'"`]*?\))?)*(?:\([^'"`]*?\))?\(\s*(['"`])((?:\\.|(?!\1).)*)\1/g),
  ].map((match) => (match[2] ?? '').replaceAll('\\', ''))
