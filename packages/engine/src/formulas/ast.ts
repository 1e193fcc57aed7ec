/**
 * A formula as JSON: what the parser makes and every back end reads (closures here, SQL in reports/sql). Positions are
 * UTF-16 offsets into the formula's text.
 */
type At = { readonly from: number; readonly to: number }

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '**'
export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>='

export type Iterator = At & {
  readonly name: string
  readonly over: FormulaNode
  /** Given for `low..high`, absent for a list or range value. */
  readonly upTo?: FormulaNode
}

export type FormulaNode =
  | (At & { readonly kind: 'null' })
  | (At & { readonly kind: 'boolean'; readonly value: boolean })
  | (At & { readonly kind: 'text'; readonly value: string })
  /** Decimal text as written. */
  | (At & { readonly kind: 'number'; readonly value: string })
  /** `@"…"`: a date, time, date and time, or duration by its spelling. */
  | (At & { readonly kind: 'temporal'; readonly value: string })
  | (At & { readonly kind: 'name'; readonly name: string })
  | (At & { readonly kind: 'path'; readonly of: FormulaNode; readonly name: string })
  | (At & { readonly kind: 'filter'; readonly of: FormulaNode; readonly by: FormulaNode })
  | (At & {
      readonly kind: 'arithmetic'
      readonly operator: ArithmeticOperator
      readonly left: FormulaNode
      readonly right: FormulaNode
    })
  | (At & { readonly kind: 'negate'; readonly of: FormulaNode })
  | (At & {
      readonly kind: 'comparison'
      readonly operator: ComparisonOperator
      readonly left: FormulaNode
      readonly right: FormulaNode
    })
  | (At & {
      readonly kind: 'between'
      readonly value: FormulaNode
      readonly low: FormulaNode
      readonly high: FormulaNode
    })
  | (At & { readonly kind: 'in'; readonly value: FormulaNode; readonly tests: readonly FormulaNode[] })
  | (At & { readonly kind: 'and' | 'or'; readonly left: FormulaNode; readonly right: FormulaNode })
  | (At & {
      readonly kind: 'if'
      readonly when: FormulaNode
      readonly then: FormulaNode
      readonly otherwise: FormulaNode
    })
  | (At & { readonly kind: 'for'; readonly iterators: readonly Iterator[]; readonly body: FormulaNode })
  | (At & { readonly kind: 'some' | 'every'; readonly iterators: readonly Iterator[]; readonly body: FormulaNode })
  | (At & { readonly kind: 'list'; readonly items: readonly FormulaNode[] })
  | (At & {
      readonly kind: 'context'
      readonly entries: readonly { readonly key: string; readonly value: FormulaNode }[]
    })
  | (At & {
      readonly kind: 'range'
      readonly low: FormulaNode
      readonly high: FormulaNode
      readonly includesLow: boolean
      readonly includesHigh: boolean
    })
  /** A unary test such as `> 5`; as a value it is a range open on one side. */
  | (At & { readonly kind: 'test'; readonly operator: ComparisonOperator; readonly value: FormulaNode })
  | (At & {
      readonly kind: 'call'
      readonly function: string
      readonly arguments: readonly FormulaNode[]
      readonly names?: readonly string[]
    })
  /** Calling a value: a function given as argument. */
  | (At & {
      readonly kind: 'apply'
      readonly of: FormulaNode
      readonly arguments: readonly FormulaNode[]
      readonly names?: readonly string[]
    })
  | (At & { readonly kind: 'function'; readonly parameters: readonly string[]; readonly body: FormulaNode })
  | (At & { readonly kind: 'instanceOf'; readonly value: FormulaNode; readonly type: string })
  /** Unary tests of a decision-table cell, any of them; `negated` for `not(…)`. */
  | (At & { readonly kind: 'unaryTests'; readonly tests: readonly FormulaNode[]; readonly negated: boolean })
  /** `-` in a cell: anything. */
  | (At & { readonly kind: 'anything' })

type FormulaNodeKind = FormulaNode['kind']

/** The nodes directly below, in the order of the text. */
export function childrenOf(node: FormulaNode): readonly FormulaNode[] {
  switch (node.kind) {
    case 'path':
    case 'negate':
      return [node.of]
    case 'filter':
      return [node.of, node.by]
    case 'arithmetic':
    case 'comparison':
    case 'and':
    case 'or':
      return [node.left, node.right]
    case 'between':
      return [node.value, node.low, node.high]
    case 'in':
      return [node.value, ...node.tests]
    case 'if':
      return [node.when, node.then, node.otherwise]
    case 'for':
    case 'some':
    case 'every':
      return [...node.iterators.flatMap((each) => (each.upTo ? [each.over, each.upTo] : [each.over])), node.body]
    case 'list':
      return node.items
    case 'context':
      return node.entries.map((entry) => entry.value)
    case 'range':
      return [node.low, node.high]
    case 'test':
    case 'instanceOf':
      return [node.value]
    case 'call':
      return node.arguments
    case 'apply':
      return [node.of, ...node.arguments]
    case 'function':
      return [node.body]
    case 'unaryTests':
      return node.tests
    default:
      return []
  }
}

const pushableKinds: ReadonlySet<FormulaNodeKind> = new Set<FormulaNodeKind>([
  'null',
  'boolean',
  'text',
  'number',
  'temporal',
  'arithmetic',
  'negate',
  'comparison',
  'between',
  'in',
  'and',
  'or',
  'if',
  'range',
  'test',
])

/** Functions with a counterpart in both SQL dialects. */
export const pushableFunctions: ReadonlySet<string> = new Set([
  'not',
  'abs',
  'floor',
  'ceiling',
  'string length',
  'upper case',
  'lower case',
  'contains',
  'starts with',
  'now',
  'today',
  'is defined',
])
/** Parts of dates and moments with a counterpart in both SQL dialects. */
export const pushableParts: ReadonlySet<string> = new Set([
  'year',
  'month',
  'day',
  'weekday',
  'hour',
  'minute',
  'second',
])

/**
 * Whether the whole tree can become SQL, given which names and paths are columns. A formula that is not pushable is
 * refused where rows must be filtered in the database, and computed in memory elsewhere.
 */
export function isPushable(node: FormulaNode, isColumn: (path: readonly string[]) => boolean): boolean {
  if (node.kind === 'name') return isColumn([node.name])
  if (node.kind === 'path') {
    const path = pathOf(node)
    return (path !== undefined && isColumn(path)) || (pushableParts.has(node.name) && isPushable(node.of, isColumn))
  }
  if (node.kind === 'call' && (!pushableFunctions.has(node.function) || node.names)) return false
  return (
    (node.kind === 'call' || pushableKinds.has(node.kind)) &&
    childrenOf(node).every((child) => isPushable(child, isColumn))
  )
}

/** The parts of a plain chain of names `a.b.c`; undefined for anything else. */
export function pathOf(node: FormulaNode): readonly string[] | undefined {
  if (node.kind === 'name') return [node.name]
  if (node.kind !== 'path') return undefined
  const before = pathOf(node.of)
  return before && [...before, node.name]
}
