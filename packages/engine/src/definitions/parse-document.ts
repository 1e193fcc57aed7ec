import { pointer } from '../kernel/pointer.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'

/** Largest text of one document, in UTF-16 code units; at least as strict as 2 MB of UTF-8. */
export const maxDocumentLength = 2_000_000
/** Deepest nesting of arrays and objects. */
export const maxDocumentDepth = 30

/** Keys that reach a prototype in careless code; no document may have them, anywhere. */
export const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Reads the JSON text of a definition. Stricter than `JSON.parse`: a key written twice, a key that reaches a prototype,
 * more than 30 levels and more than 2 MB are refused; a byte order mark is passed over. A problem says line and column
 * (counted from 1) and, where there is one, the JSON Pointer of the place.
 */
export function parseDocument(text: string): Result<unknown, readonly Problem[]> {
  if (text.length > maxDocumentLength) return fail([problem('document.tooLarge', '', { max: maxDocumentLength })])
  const reader = new Reader(text.startsWith('\ufeff') ? text.slice(1) : text)
  try {
    return ok(reader.document())
  } catch (stop) {
    if (stop instanceof Stop) return fail([stop.problem])
    throw stop
  }
}

/** Reads one file of an app; paths of problems begin with the file's: `/forms/ticket.json`. */
export function parseFile(
  path: string,
  text: string,
): Result<{ readonly path: string; readonly json: unknown }, readonly Problem[]> {
  const parsed = parseDocument(text)
  if (parsed.ok) return ok({ path, json: parsed.value })
  return fail(parsed.error.map((found) => ({ ...found, path: `${pointer(...path.split('/'))}${found.path}` })))
}

/** Leaves the recursion at the first problem; never leaves this file. */
class Stop extends Error {
  readonly problem: Problem
  constructor(found: Problem) {
    super(found.code)
    this.problem = found
  }
}

const literals: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
])
const blank = /[ \t\n\r]*/y
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const word = /[a-z]+/y

class Reader {
  readonly text: string
  at = 0
  readonly path: (string | number)[] = []

  constructor(text: string) {
    this.text = text
  }

  document(): unknown {
    const value = this.value()
    this.match(blank)
    if (this.at < this.text.length) this.stop('trailing')
    return value
  }

  value(): unknown {
    this.match(blank)
    const character = this.text[this.at]
    if (character === '{') return this.object()
    if (character === '[') return this.array()
    if (character === '"') return this.string()
    const digits = this.match(number)
    if (digits) return Number.isFinite(Number(digits)) ? Number(digits) : this.stop('number')
    const name = this.match(word)
    if (literals.has(name)) return literals.get(name)
    this.at -= name.length
    return this.stop(this.at >= this.text.length ? 'end' : 'value')
  }

  object(): Record<string, unknown> {
    const result: Record<string, unknown> = {}
    this.enter()
    for (let isFirst = true; !this.ends('}', isFirst); isFirst = false) {
      this.match(blank)
      const start = this.at
      if (this.text[start] !== '"') this.stop('key')
      const key = this.string()
      this.refuseKey(key, result, start)
      this.expect(':')
      this.path.push(key)
      result[key] = this.value()
      this.path.pop()
    }
    return result
  }

  array(): unknown[] {
    const result: unknown[] = []
    this.enter()
    while (!this.ends(']', result.length === 0)) {
      this.path.push(result.length)
      result.push(this.value())
      this.path.pop()
    }
    return result
  }

  // By hand: a pattern over a text of two megabytes would need as much room to step back.
  string(): string {
    const start = this.at
    let end = start + 1
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === '\\' ? 2 : 1
    this.at = end + 1
    try {
      return JSON.parse(this.text.slice(start, end + 1)) as string
    } catch {
      this.at = start
      return this.stop('string')
    }
  }

  /** Whether the bracket closes here; passes over the comma between two members. */
  ends(bracket: string, isFirst: boolean): boolean {
    this.match(blank)
    if (this.text[this.at] === bracket) {
      this.at += 1
      return true
    }
    if (!isFirst) this.expect(',')
    this.match(blank)
    if (!isFirst && this.text[this.at] === bracket) this.stop('trailingComma')
    return false
  }

  enter(): void {
    this.at += 1
    if (this.path.length >= maxDocumentDepth)
      throw new Stop(
        problem('document.tooDeep', pointer(...this.path), { max: maxDocumentDepth, ...this.place(this.at) }),
      )
  }

  refuseKey(key: string, result: object, start: number): void {
    const path = pointer(...this.path, key)
    if (forbiddenKeys.has(key)) throw new Stop(problem('document.forbiddenKey', path, { key, ...this.place(start) }))
    if (Object.hasOwn(result, key))
      throw new Stop(problem('document.duplicateKey', path, { key, ...this.place(start) }))
  }

  expect(character: string): void {
    this.match(blank)
    if (this.text[this.at] !== character)
      this.stop(this.at >= this.text.length ? 'end' : character === ',' ? 'comma' : 'colon')
    this.at += 1
  }

  match(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0] ?? ''
    this.at += found.length
    return found
  }

  stop(reason: string): never {
    throw new Stop(problem('document.json', pointer(...this.path), { reason, ...this.place(this.at) }))
  }

  place(at: number): { readonly line: number; readonly column: number } {
    const before = this.text.slice(0, at)
    return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') }
  }
}
