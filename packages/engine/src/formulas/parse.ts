import { parser } from '@bpmn-io/lezer-feel'
import type { SyntaxNode } from '@lezer/common'
import { type Problem, problem } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { ArithmeticOperator, ComparisonOperator, FormulaNode, Iterator } from './ast.ts'
import { chineseNames } from './chinese-names.ts'
import { limits } from './limits.ts'
import { scanFormula } from './scan.ts'
import { unescapeText } from './text-literal.ts'

export type Dialect = 'expression' | 'unaryTests'

const parsers = {
  expression: parser,
  unaryTests: parser.configure({ top: 'UnaryTests' }),
}

/** Why the text is no formula of the profile, thrown inside this file only. */
class Refusal {
  readonly code: string
  readonly from: number
  readonly to: number
  constructor(code: string, { from, to }: { readonly from: number; readonly to: number }) {
    this.code = code
    this.from = from
    this.to = to
  }
}

/** Parses FEEL text into our tree. Problems carry `from`, `to` and the text `near` in their details; nothing throws. */
export function parseFormula(text: string, dialect: Dialect = 'expression'): Result<FormulaNode, Problem[]> {
  const refused = scanFormula(text)
  if (refused) return fail([problemAt(refused.code, text, refused)])
  try {
    const root = parsers[dialect].parse(text).topNode
    const error = firstError(root)
    if (error) throw new Refusal('formula.syntax', error)
    return ok(new Reader(text).top(root))
  } catch (error) {
    if (error instanceof Refusal) return fail([problemAt(error.code, text, error)])
    throw error
  }
}

/** The grammar's tree of a text that may be half written, up to a text without an end; undefined: too much to look at. */
export function looseTree(text: string, dialect: Dialect = 'expression'): SyntaxNode | undefined {
  const refused = scanFormula(text)
  if (refused && refused.code !== 'formula.syntax') return undefined
  return parsers[dialect].parse(refused ? text.slice(0, refused.from) : text).topNode
}

export const problemAt = (
  code: string,
  text: string,
  { from, to }: { readonly from: number; readonly to: number },
  details: Problem['details'] = {},
): Problem =>
  problem(code, '', { from, to, near: text.slice(from, Math.min(Math.max(to, from + 1), from + 40)), ...details })

function firstError(root: SyntaxNode): { from: number; to: number } | undefined {
  const cursor = root.cursor()
  do {
    if (cursor.type.isError) return { from: cursor.from, to: cursor.to }
  } while (cursor.next())
  return undefined
}

const comments = new Set(['LineComment', 'BlockComment'])

/** Turns one syntax tree into our nodes, counting nodes and depth. */
class Reader {
  private readonly text: string
  private count = 0
  constructor(text: string) {
    this.text = text
  }

  top(root: SyntaxNode): FormulaNode {
    const parts = childNodes(root)
    if (root.name === 'UnaryTests') return this.unaryTests(root, parts)
    const [only, extra] = parts
    if (!only || extra) throw new Refusal('formula.syntax', extra ?? { from: 0, to: this.text.length })
    return this.node(only, 1)
  }

  private unaryTests(root: SyntaxNode, parts: readonly SyntaxNode[]): FormulaNode {
    const [first] = parts
    if (!first) throw new Refusal('formula.syntax', { from: 0, to: this.text.length })
    if (first.name === 'Wildcard') return { kind: 'anything', from: root.from, to: root.to }
    const tests = parts.find((part) => part.name === 'PositiveUnaryTests')
    if (!tests) throw new Refusal('formula.syntax', first)
    return {
      kind: 'unaryTests',
      negated: first.name === 'not',
      tests: childNodes(tests).map((test) => this.node(test, 1)),
      from: root.from,
      to: root.to,
    }
  }

  private node(syntax: SyntaxNode, depth: number): FormulaNode {
    if (++this.count > limits.nodes) throw new Refusal('formula.tooLong', syntax)
    if (depth > limits.depth) throw new Refusal('formula.tooDeep', syntax)
    const read = readers[syntax.name]
    if (!read) throw new Refusal('formula.notInProfile', syntax)
    return read.call(this, syntax, childNodes(syntax), depth)
  }

  below(syntax: SyntaxNode | undefined, depth: number, within: SyntaxNode): FormulaNode {
    if (!syntax) throw new Refusal('formula.syntax', within)
    return this.node(syntax, depth + 1)
  }

  /** The left side of an operator: a chain `a + b + c …` grows to the left and does not count as depth. */
  left(syntax: SyntaxNode | undefined, depth: number, within: SyntaxNode): FormulaNode {
    return syntax?.name === within.name ? this.node(syntax, depth) : this.below(syntax, depth, within)
  }

  sliceOf({ from, to }: SyntaxNode): string {
    return this.text.slice(from, to)
  }

  /** Names are identifiers; only a standard function's name may hold blanks, made single here. */
  nameOf(syntax: SyntaxNode): string {
    return this.sliceOf(syntax).trim().replace(/\s+/gu, ' ')
  }
}

type NodeReader = (this: Reader, syntax: SyntaxNode, parts: readonly SyntaxNode[], depth: number) => FormulaNode

function childNodes(syntax: SyntaxNode): readonly SyntaxNode[] {
  const nodes: SyntaxNode[] = []
  for (let child = syntax.firstChild; child; child = child.nextSibling) if (!comments.has(child.name)) nodes.push(child)
  return nodes
}

const span = ({ from, to }: SyntaxNode) => ({ from, to })
const isPunctuation = ({ name }: SyntaxNode): boolean => /^[^A-Za-z]/.test(name) || /^[a-z]/.test(name)
const inner = (parts: readonly SyntaxNode[]): readonly SyntaxNode[] =>
  parts.filter((part) => !isPunctuation(part) || part.name === 'null' || part.name === '?')
const passThrough: NodeReader = function (syntax, parts, depth) {
  const [only] = inner(parts)
  return this.below(only, depth - 1, syntax)
}

const arithmetic: NodeReader = function (syntax, parts, depth) {
  const [first, second, third] = parts
  if (first?.name === 'ArithOp') return { kind: 'negate', of: this.below(second, depth, syntax), ...span(syntax) }
  const operator = second ? this.sliceOf(second) : ''
  return {
    kind: 'arithmetic',
    operator: operator as ArithmeticOperator,
    left: this.left(first, depth, syntax),
    right: this.below(third, depth, syntax),
    ...span(syntax),
  }
}

const logic = (kind: 'and' | 'or'): NodeReader =>
  function (syntax, parts, depth) {
    const [left, right] = inner(parts)
    return { kind, left: this.left(left, depth, syntax), right: this.below(right, depth, syntax), ...span(syntax) }
  }

const comparison: NodeReader = function (syntax, parts, depth) {
  const [value, keyword, third, , fifth] = parts
  const left = this.left(value, depth, syntax)
  if (keyword?.name === 'CompareOp') {
    const operator = this.sliceOf(keyword)
    return {
      kind: 'comparison',
      operator: operator as ComparisonOperator,
      left,
      right: this.below(third, depth, syntax),
      ...span(syntax),
    }
  }
  if (keyword?.name === 'between') {
    return {
      kind: 'between',
      value: left,
      low: this.below(third, depth, syntax),
      high: this.below(fifth, depth, syntax),
      ...span(syntax),
    }
  }
  const tests = parts
    .slice(2)
    .flatMap((part) => (part.name === 'PositiveUnaryTests' ? childNodes(part) : isPunctuation(part) ? [] : [part]))
  return { kind: 'in', value: left, tests: tests.map((test) => this.below(test, depth, syntax)), ...span(syntax) }
}

const unaryTest: NodeReader = function (syntax, parts, depth) {
  const [first, second] = parts
  if (first?.name !== 'CompareOp') return this.below(first, depth - 1, syntax)
  return {
    kind: 'test',
    operator: this.sliceOf(first) as ComparisonOperator,
    value: this.below(second, depth, syntax),
    ...span(syntax),
  }
}

const interval: NodeReader = function (syntax, parts, depth) {
  const [low, high] = inner(parts)
  const [open] = parts
  return {
    kind: 'range',
    low: this.below(low, depth, syntax),
    high: this.below(high, depth, syntax),
    includesLow: open?.name === '[',
    includesHigh: parts.at(-1)?.name === ']',
    ...span(syntax),
  }
}

function iteratorsOf(reader: Reader, parts: readonly SyntaxNode[], depth: number): readonly Iterator[] {
  const list = parts.find((part) => part.name === 'InExpressions')
  return (list ? childNodes(list) : [])
    .filter((each) => each.name === 'InExpression')
    .map((each) => {
      const [name, , range] = childNodes(each)
      if (!name || !range) throw new Refusal('formula.syntax', each)
      const [over, upTo] = inner(childNodes(range))
      const iterator = { name: reader.nameOf(name), over: reader.below(over, depth, each), ...span(each) }
      return upTo ? { ...iterator, upTo: reader.below(upTo, depth, each) } : iterator
    })
}

const loop = (kindOf: (first: SyntaxNode | undefined) => 'for' | 'some' | 'every'): NodeReader =>
  function (syntax, parts, depth) {
    const iterators = iteratorsOf(this, parts, depth)
    return { kind: kindOf(parts[0]), iterators, body: this.below(parts.at(-1), depth, syntax), ...span(syntax) }
  }

const callables = new Set(['VariableName', 'DateTimeConstructor', 'SpecialFunctionName'])
const invocation: NodeReader = function (syntax, parts, depth) {
  const [callee] = parts
  if (!callee) throw new Refusal('formula.syntax', syntax)
  const list = parts.find((part) => part.name === 'PositionalParameters' || part.name === 'NamedParameters')
  const given = list ? childNodes(list).filter((part) => part.name !== ',') : []
  const named = list?.name === 'NamedParameters'
  const values = named ? given.map((part) => childNodes(part).at(-1)) : given
  const args = values.map((value) => this.below(value, depth, syntax))
  const names = named ? { names: given.map((part) => this.nameOf(childNodes(part)[0] ?? part)) } : {}
  if (!callables.has(callee.name)) {
    return { kind: 'apply', of: this.below(callee, depth, syntax), arguments: args, ...names, ...span(syntax) }
  }
  const name = this.nameOf(callee)
  return { kind: 'call', function: chineseNames.get(name) ?? name, arguments: args, ...names, ...span(syntax) }
}

const dateTimeLiteral: NodeReader = function (syntax, parts, depth) {
  const [first] = parts
  if (first?.name !== 'AtLiteral') return invocation.call(this, syntax, parts, depth)
  const [text] = childNodes(first).filter((part) => part.name === 'StringLiteral')
  return { kind: 'temporal', value: text ? unescapeText(this.sliceOf(text).slice(1, -1)) : '', ...span(syntax) }
}

const context: NodeReader = function (syntax, parts, depth) {
  const entries = parts
    .filter((part) => part.name === 'ContextEntry')
    .map((entry) => {
      const [key, value] = inner(childNodes(entry))
      const [name] = key ? childNodes(key) : []
      if (!name) throw new Refusal('formula.syntax', entry)
      const text = name.name === 'StringLiteral' ? unescapeText(this.sliceOf(name).slice(1, -1)) : this.nameOf(name)
      return { key: text, value: this.below(value, depth, entry) }
    })
  return { kind: 'context', entries, ...span(syntax) }
}

const functionDefinition: NodeReader = function (syntax, parts, depth) {
  const parameters = parts
    .filter((part) => part.name === 'FormalParameters')
    .flatMap(childNodes)
    .filter((part) => part.name === 'FormalParameter')
  const [body] = parts.filter((part) => part.name === 'FunctionBody').flatMap(childNodes)
  const names = parameters.map((parameter) => this.nameOf(childNodes(parameter)[0] ?? parameter))
  return { kind: 'function', parameters: names, body: this.below(body, depth, syntax), ...span(syntax) }
}

const readers: { readonly [name: string]: NodeReader | undefined } = Object.assign(Object.create(null), {
  ParenthesizedExpression: passThrough,
  PositiveUnaryTest: passThrough,
  SimplePositiveUnaryTest: unaryTest,
  Interval: interval,
  NumericLiteral: function (syntax) {
    return { kind: 'number', value: this.sliceOf(syntax).replace(/\s/gu, ''), ...span(syntax) }
  },
  StringLiteral: function (syntax) {
    return { kind: 'text', value: unescapeText(this.sliceOf(syntax).slice(1, -1)), ...span(syntax) }
  },
  BooleanLiteral: function (syntax) {
    return { kind: 'boolean', value: this.sliceOf(syntax) === 'true', ...span(syntax) }
  },
  null: (syntax) => ({ kind: 'null', ...span(syntax) }),
  '?': (syntax) => ({ kind: 'name', name: '?', ...span(syntax) }),
  VariableName: function (syntax) {
    return { kind: 'name', name: this.nameOf(syntax), ...span(syntax) }
  },
  DateTimeLiteral: dateTimeLiteral,
  List: function (syntax, parts, depth) {
    const items = inner(parts).map((part) => this.below(part, depth, syntax))
    return { kind: 'list', items, ...span(syntax) }
  },
  Context: context,
  ArithmeticExpression: arithmetic,
  Comparison: comparison,
  Conjunction: logic('and'),
  Disjunction: logic('or'),
  IfExpression: function (syntax, parts, depth) {
    const [when, then, otherwise] = inner(parts)
    return {
      kind: 'if',
      when: this.below(when, depth, syntax),
      then: this.below(then, depth, syntax),
      otherwise: this.below(otherwise, depth, syntax),
      ...span(syntax),
    }
  },
  ForExpression: loop(() => 'for'),
  QuantifiedExpression: loop((first) => (first?.name === 'every' ? 'every' : 'some')),
  FilterExpression: function (syntax, parts, depth) {
    const [of, by] = inner(parts)
    return { kind: 'filter', of: this.left(of, depth, syntax), by: this.below(by, depth, syntax), ...span(syntax) }
  },
  PathExpression: function (syntax, parts, depth) {
    const [of, name] = inner(parts)
    if (!name) throw new Refusal('formula.syntax', syntax)
    return { kind: 'path', of: this.left(of, depth, syntax), name: this.nameOf(name), ...span(syntax) }
  },
  FunctionInvocation: invocation,
  FunctionDefinition: functionDefinition,
  InstanceOfExpression: function (syntax, parts, depth) {
    const type = parts.at(-1)
    return {
      kind: 'instanceOf',
      value: this.below(parts[0], depth, syntax),
      type: type ? this.nameOf(type) : '',
      ...span(syntax),
    }
  },
} satisfies { readonly [name: string]: NodeReader })
