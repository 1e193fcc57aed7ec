/**
 * FEEL for a condition in one of the usual expression languages (JUEL `${amount > 1 && !done}`, JavaScript, XPath):
 * comparisons, and/or/not, arithmetic, literals, variables, `contains`, `startsWith`, `endsWith`, `empty`. Nothing is
 * run; what is not one of these gives undefined.
 */
export function toFeel(foreign: string): string | undefined {
  const tokens = tokensOf(unwrapped(foreign))
  if (!tokens) return undefined
  const parser = new Parser(tokens)
  try {
    return parser.whole()
  } catch (error) {
    if (error === notUnderstood) return undefined
    throw error
  }
}

const notUnderstood = Symbol('not understood')

/** Without what engines put around a condition: `${…}`, `return …;`, `next(null, …)`. */
function unwrapped(foreign: string): string {
  const wrappers = [/^[$#]\{([\s\S]*)\}$/, /^return\s+([\s\S]*)$/, /^([\s\S]*);$/, /^next\(\s*null\s*,([\s\S]*)\)$/]
  let text = foreign.trim()
  for (let at = 0; at < wrappers.length; at++) {
    const inner = wrappers[at]?.exec(text)?.[1]
    if (inner === undefined) continue
    text = inner.trim()
    at = -1
  }
  return text
}

type Token = { readonly kind: 'number' | 'text' | 'name' | 'sign'; readonly text: string }

const pattern =
  /\s+|(\d+(?:\.\d+)?)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\$?[\p{L}_][\p{L}\p{N}_]*(?::[\p{L}_][\p{L}\p{N}_-]*)?)|(===|!==|==|!=|<=|>=|<>|&&|\|\||[-+*/%<>=!().,[\]])/uy

function tokensOf(source: string): readonly Token[] | undefined {
  const tokens: Token[] = []
  pattern.lastIndex = 0
  while (pattern.lastIndex < source.length) {
    const match = pattern.exec(source)
    if (!match) return undefined
    const [, number, double, single, name, sign] = match
    if (number !== undefined) tokens.push({ kind: 'number', text: number })
    else if (double !== undefined || single !== undefined) tokens.push({ kind: 'text', text: double ?? single ?? '' })
    else if (name !== undefined) tokens.push({ kind: 'name', text: name.replace(/^\$/, '') })
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign })
  }
  return tokens
}

const comparisons: { readonly [sign: string]: string } = {
  '===': '=',
  '==': '=',
  '=': '=',
  eq: '=',
  '!==': '!=',
  '!=': '!=',
  '<>': '!=',
  ne: '!=',
  '<': '<',
  lt: '<',
  '<=': '<=',
  le: '<=',
  '>': '>',
  gt: '>',
  '>=': '>=',
  ge: '>=',
}
const literals: { readonly [name: string]: string } = { true: 'true', false: 'false', null: 'null', undefined: 'null' }
/** Where engines keep variables: what stands before the name says nothing. */
const holders = new Set(['this', 'environment', 'variables', 'execution', 'output', 'vars', 'process'])
const getters = new Set(['getVariable', 'get', 'bpmn:getVariable', 'bpmn:getDataObject', 'getDataObject'])
/** Functions and methods of a text, by FEEL's name. */
const textTests: { readonly [name: string]: string } = {
  contains: 'contains',
  includes: 'contains',
  'fn:contains': 'contains',
  startsWith: 'starts with',
  'starts-with': 'starts with',
  'fn:starts-with': 'starts with',
  endsWith: 'ends with',
}

class Parser {
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  whole(): string {
    const feel = this.#or()
    if (this.#at < this.#tokens.length) throw notUnderstood
    return feel
  }

  #or(): string {
    let left = this.#and()
    while (this.#take('||', 'or')) left = `${left} or ${this.#and()}`
    return left
  }

  #and(): string {
    let left = this.#comparison()
    while (this.#take('&&', 'and')) left = `${left} and ${this.#comparison()}`
    return left
  }

  #comparison(): string {
    const left = this.#sum()
    const sign = this.#take(...Object.keys(comparisons))
    return sign === undefined ? left : `${left} ${comparisons[sign]} ${this.#sum()}`
  }

  #sum(): string {
    let left = this.#product()
    for (let sign = this.#take('+', '-'); sign !== undefined; sign = this.#take('+', '-'))
      left = `${left} ${sign} ${this.#product()}`
    return left
  }

  #product(): string {
    let left = this.#unary()
    for (let sign = this.#take('*', '/', '%', 'div', 'mod'); sign; sign = this.#take('*', '/', '%', 'div', 'mod')) {
      const right = this.#unary()
      if (sign === '%' || sign === 'mod') left = `modulo(${left}, ${right})`
      else left = `${left} ${sign === 'div' ? '/' : sign} ${right}`
    }
    return left
  }

  #unary(): string {
    if (this.#take('!', 'not')) return `not(${this.#unary()})`
    if (this.#take('-')) return `-${this.#unary()}`
    if (this.#take('empty')) {
      const value = this.#unary()
      return `(${value} = null or ${value} = "")`
    }
    return this.#primary()
  }

  #primary(): string {
    const token = this.#tokens[this.#at++]
    if (!token) throw notUnderstood
    if (token.kind === 'number') return token.text
    if (token.kind === 'text') return quoted(token.text)
    if (token.kind === 'sign') {
      if (token.text !== '(') throw notUnderstood
      const inner = this.#or()
      this.#expect(')')
      return `(${inner})`
    }
    const literal = Object.hasOwn(literals, token.text) ? literals[token.text] : undefined
    return literal ?? this.#name(token.text)
  }

  /** `amount`, `order.amount`, `execution.getVariable("amount")`, `contains(text, "a")`, `text.contains("a")`. */
  #name(first: string): string {
    if (this.#take('(')) return this.#call(first)
    const path = [first]
    for (;;) {
      if (this.#take('[')) {
        path.push(this.#text())
        this.#expect(']')
      } else if (this.#take('.')) {
        const name = this.#tokens[this.#at++]
        if (name?.kind !== 'name') throw notUnderstood
        if (!this.#take('(')) path.push(name.text)
        else if (getters.has(name.text) && holders.has(path.at(-1) ?? '')) path.push(this.#only())
        else return this.#method(variable(path), name.text)
      } else return variable(path)
    }
  }

  #call(name: string): string {
    if (getters.has(name)) return variable([this.#only()])
    const test = Object.hasOwn(textTests, name) ? textTests[name] : undefined
    if (test === undefined) throw notUnderstood
    const of = this.#or()
    this.#expect(',')
    const part = this.#or()
    this.#expect(')')
    return `${test}(${of}, ${part})`
  }

  #method(of: string, name: string): string {
    const test = name === 'equals' || !Object.hasOwn(textTests, name) ? undefined : textTests[name]
    const argument = this.#or()
    this.#expect(')')
    if (name === 'equals') return `${of} = ${argument}`
    if (test === undefined) throw notUnderstood
    return `${test}(${of}, ${argument})`
  }

  /** The text that is the only argument. */
  #only(): string {
    const text = this.#text()
    this.#expect(')')
    return text
  }

  #text(): string {
    const token = this.#tokens[this.#at++]
    if (token?.kind !== 'text') throw notUnderstood
    return token.text
  }

  #take(...signs: readonly string[]): string | undefined {
    const token = this.#tokens[this.#at]
    if (!token || token.kind === 'text' || token.kind === 'number' || !signs.includes(token.text)) return undefined
    this.#at++
    return token.text
  }

  #expect(sign: string): void {
    if (!this.#take(sign)) throw notUnderstood
  }
}

/** The path without what only says where variables are kept. */
function variable(path: readonly string[]): string {
  const from = path.findIndex((name, index) => index === path.length - 1 || !holders.has(name))
  const names = path.slice(from)
  if (!names.every((name) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name))) throw notUnderstood
  return names.join('.')
}

const quoted = (escaped: string): string => JSON.stringify(escaped.replace(/\\(.)/g, '$1'))
