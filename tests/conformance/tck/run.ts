import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { evaluateFeel, type Json } from '@tenon/engine'
import { decisionText, type Model, plainName, readModel } from './model.ts'
import { feelLiteral } from './values.ts'
import { attribute, childNamed, childrenNamed, readXml } from './xml.ts'

const suites = process.env.TENON_SUITES ?? resolve(process.env.TENON_SHARED ?? '../shared', 'suites')
const kitFile = join(suites, 'dmn-tck.tar.gz')
export const isKitHere = (): boolean => existsSync(kitFile)

export type Run = {
  readonly folder: string
  readonly id: string
  /** The decision is a boxed invocation. */
  readonly isInvocation: boolean
  readonly expression: string | undefined
  readonly expected: string
  readonly passed: boolean
  readonly got: string
}

/** Unpacks the kit, runs every result node of the folders that match, and cleans up. */
export function runKit(matches: (folder: string) => boolean, holds = ''): readonly Run[] {
  const directory = mkdtempSync(join(tmpdir(), 'tenon-tck-'))
  try {
    execFileSync('tar', ['-xzf', kitFile, '-C', directory])
    const cases = join(directory, 'TestCases')
    const folders = readdirSync(cases).flatMap((level) =>
      readdirSync(join(cases, level)).map((folder) => join(cases, level, folder)),
    )
    return folders
      .filter((folder) => matches(folder.split('/').at(-1) ?? ''))
      .sort()
      .flatMap((folder) => runFolder(folder, holds))
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function runFolder(folder: string, holds: string): readonly Run[] {
  const files = readdirSync(folder)
  const dmn = files.find((file) => file.endsWith('.dmn'))
  if (!dmn) return []
  const source = readFileSync(join(folder, dmn), 'utf8')
  if (!source.includes(holds)) return []
  const model = readModel(readXml(source))
  return files
    .filter((file) => file.endsWith('.xml'))
    .sort()
    .flatMap((file) => runFile(join(folder, file), model))
}

function runFile(file: string, model: Model): readonly Run[] {
  const cases = childrenNamed(readXml(readFileSync(file, 'utf8')), 'testCase')
  return cases.flatMap((testCase) => {
    const inputs = new Map(
      childrenNamed(testCase, 'inputNode').map((node) => [attribute(node, 'name'), feelLiteral(node)]),
    )
    return childrenNamed(testCase, 'resultNode').map((node) => {
      const expected = childNamed(node, 'expected')
      const name = attribute(node, 'name')
      const run = judge(decisionText(model, name, inputs), expected ? feelLiteral(expected) : 'null')
      return {
        folder: file.split('/').at(-2) ?? '',
        id: `${attribute(testCase, 'id')}/${name}`,
        isInvocation: childNamed(model.decisions.get(name), 'invocation') !== undefined,
        ...run,
      }
    })
  })
}

const options = { now: 1_772_000_000_000, zone: 'UTC' }

function judge(
  expression: string | undefined,
  expected: string,
): Pick<Run, 'expression' | 'expected' | 'passed' | 'got'> {
  if (expression === undefined) return { expression, expected, passed: false, got: 'not taken' }
  const actual = evaluateFeel(expression, {}, options)
  const wanted = evaluateFeel(expected, {}, options)
  // Text that is no FEEL at all is an error of the model; the kit expects null for it.
  const value = 'error' in actual ? null : actual.value
  const passed =
    !('error' in wanted) && isSame(value, wanted.value) && (value === null || sameType(expression, expected))
  return {
    expression,
    expected,
    passed,
    got: 'error' in actual ? JSON.stringify(actual.error) : JSON.stringify(actual.value),
  }
}

/** Numbers within 1e-8, as the kit's own runner; everything else exactly. */
function isSame(a: Json, b: Json): boolean {
  if (typeof a === 'number' && typeof b === 'number')
    return Math.abs(a - b) <= 1e-8 * Math.max(1, Math.abs(a), Math.abs(b))
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, at) => isSame(item, b[at] as Json))
  if (
    typeof a !== 'object' ||
    typeof b !== 'object' ||
    a === null ||
    b === null ||
    Array.isArray(a) ||
    Array.isArray(b)
  )
    return a === b
  const one = plainKeys(a)
  const other = plainKeys(b)
  return (
    Object.keys(one).length === Object.keys(other).length &&
    Object.keys(one).every((key) => Object.hasOwn(other, key) && isSame(one[key] as Json, other[key] as Json))
  )
}

const plainKeys = (value: object): { readonly [key: string]: Json } =>
  Object.fromEntries(Object.entries(value).map(([key, item]) => [plainName(key), item as Json]))

/** A date is not the text that looks like it: JSON cannot tell, so the types are asked for. */
function sameType(expression: string, expected: string): boolean {
  if (!expected.startsWith('@') && !expected.startsWith('"')) return true
  const type = ['string', 'date', 'time', 'date and time', 'days and time duration', 'years and months duration']
  const outcome = evaluateFeel(
    `{a: ${expression}, b: ${expected}, r: [${type.map((name) => `(a instance of ${name}) = (b instance of ${name})`).join(', ')}]}.r`,
    {},
    options,
  )
  return !('error' in outcome) && Array.isArray(outcome.value) && outcome.value.every((same) => same === true)
}
