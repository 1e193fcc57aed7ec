import { resolvePath } from '../conditions/read-fact.ts'
import type { FactName } from '../definitions/condition.ts'
import type { Problem } from '../kernel/problem.ts'
import type { ValueKind } from '../kernel/value-kind.ts'
import { type ArithmeticOperator, childrenOf, type FormulaNode, pathOf } from './ast.ts'
import type { FormulaScope } from './form-names.ts'
import { problemAt } from './parse.ts'
import { parseTemporal } from './values/parse-temporal.ts'
import { type TypeName, typeOf } from './values/value.ts'

/** Undefined: not known before it runs. */
type Type = TypeName | undefined

const typeOfKind: { readonly [K in ValueKind]: TypeName } = {
  text: 'string',
  reference: 'string',
  boolean: 'boolean',
  integer: 'number',
  decimal: 'number',
  money: 'number',
  date: 'date',
  time: 'time',
  instant: 'date and time',
  duration: 'days and time duration',
  list: 'list',
  table: 'list',
}

const functionsGiving: readonly (readonly [TypeName, string])[] = [
  [
    'string',
    'string,substring,upper case,lower case,trim,substring before,substring after,replace,string join,day of week,month of year',
  ],
  [
    'number',
    'number,string length,count,decimal,floor,ceiling,round up,round down,round half up,round half down,modulo,sqrt,log,exp,day of year,week of year,mean,median,stddev,product,workdays difference',
  ],
  [
    'boolean',
    'not,contains,starts with,ends with,matches,list contains,all,any,odd,even,is,is defined,within this month,within last days,is workday',
  ],
  ['date', 'date,today,start of month,last day of month'],
  ['time', 'time'],
  ['date and time', 'date and time,now'],
  [
    'list',
    'split,append,concatenate,insert before,remove,reverse,index of,union,distinct values,flatten,sort,sublist,mode,get entries,partition',
  ],
  ['years and months duration', 'years and months duration'],
]
const typeOfFunction: ReadonlyMap<string, TypeName> = new Map(
  functionsGiving.flatMap(([type, names]) => names.split(',').map((name): [string, TypeName] => [name, type])),
)

const isDuration = (type: TypeName): boolean =>
  type === 'days and time duration' || type === 'years and months duration'
const isMoment = (type: TypeName): boolean => type === 'date' || type === 'date and time' || type === 'time'

/** Type of an operation on two known types; null: there is none. */
function arithmeticType(operator: ArithmeticOperator, a: TypeName, b: TypeName): TypeName | null {
  if (a === 'number' && b === 'number') return 'number'
  if (operator === '+') {
    if (a === 'string' && b === 'string') return 'string'
    if (isMoment(b) && isDuration(a)) return b
  }
  if (operator === '+' || operator === '-') {
    if (isDuration(a) && a === b) return a
    if (isMoment(a) && isDuration(b)) return a
    if (operator === '-' && isMoment(a) && isMoment(b) && (a === 'time') === (b === 'time'))
      return 'days and time duration'
  }
  if (operator === '*' && isDuration(a) && b === 'number') return a
  if (operator === '*' && a === 'number' && isDuration(b)) return b
  if (operator === '/' && isDuration(a) && b === 'number') return a
  return operator === '/' && isDuration(a) && a === b ? 'number' : null
}

/**
 * What can never work, told while the formula is written: `subject * 2`, `due_on = "x"`. Only certain errors; whatever
 * is not known before it runs stays silent.
 */
export function typeProblems(text: string, ast: FormulaNode, scope: FormulaScope): readonly Problem[] {
  const problems: Problem[] = []
  infer(ast, new Set())
  return problems

  function report(node: FormulaNode, expected: TypeName, got: TypeName): undefined {
    problems.push(problemAt('formula.wrongType', text, node, { expected, got }))
    return undefined
  }

  /** `hidden` are names that mean something else here: variables, and all names inside a filter (`*`). */
  function infer(node: FormulaNode, hidden: ReadonlySet<string>): Type {
    switch (node.kind) {
      case 'boolean':
        return 'boolean'
      case 'text':
        return 'string'
      case 'number':
        return 'number'
      case 'temporal':
        return temporalType(node.value)
      case 'name':
      case 'path':
        return nameType(node, hidden)
      case 'arithmetic':
        return inferArithmetic(node, hidden)
      case 'comparison':
        return inferComparison(node, hidden)
      case 'and':
      case 'or':
        return inferLogic(node, [node.left, node.right], hidden)
      case 'if':
        return inferIf(node, hidden)
      case 'call':
        return inferCall(node, hidden)
      case 'filter':
        return inferFilter(node, hidden)
      default:
        return inferOther(node, hidden)
    }
  }

  function inferArithmetic(node: Extract<FormulaNode, { kind: 'arithmetic' }>, hidden: ReadonlySet<string>): Type {
    const a = infer(node.left, hidden)
    const b = infer(node.right, hidden)
    if (a === undefined || b === undefined) return undefined
    return arithmeticType(node.operator, a, b) ?? report(node, a, b)
  }

  function inferComparison(node: Extract<FormulaNode, { kind: 'comparison' }>, hidden: ReadonlySet<string>): Type {
    const a = infer(node.left, hidden)
    const b = infer(node.right, hidden)
    // A list of one compares as its item, so lists stay silent.
    if (a !== undefined && b !== undefined && a !== b && a !== 'list' && b !== 'list') report(node, a, b)
    return 'boolean'
  }

  function inferLogic(_: FormulaNode, sides: readonly FormulaNode[], hidden: ReadonlySet<string>): Type {
    for (const side of sides) mustBeBoolean(side, hidden)
    return 'boolean'
  }
  function mustBeBoolean(node: FormulaNode, hidden: ReadonlySet<string>): void {
    const type = infer(node, hidden)
    if (type !== undefined && type !== 'boolean') report(node, 'boolean', type)
  }

  function inferIf(node: Extract<FormulaNode, { kind: 'if' }>, hidden: ReadonlySet<string>): Type {
    mustBeBoolean(node.when, hidden)
    const then = infer(node.then, hidden)
    const otherwise = infer(node.otherwise, hidden)
    if (node.otherwise.kind === 'null') return then
    return node.then.kind === 'null' || then === otherwise ? otherwise : undefined
  }

  function inferCall(node: Extract<FormulaNode, { kind: 'call' }>, hidden: ReadonlySet<string>): Type {
    for (const argument of node.arguments) infer(argument, hidden)
    const [first] = node.arguments
    if (node.function === 'duration') return first?.kind === 'text' ? temporalType(first.value) : undefined
    return typeOfFunction.get(node.function)
  }

  function inferFilter(node: Extract<FormulaNode, { kind: 'filter' }>, hidden: ReadonlySet<string>): Type {
    infer(node.of, hidden)
    infer(node.by, new Set([...hidden, '*']))
    return undefined
  }

  function inferOther(node: FormulaNode, hidden: ReadonlySet<string>): Type {
    const bound = new Set(hidden)
    if (node.kind === 'for' || node.kind === 'some' || node.kind === 'every')
      for (const each of node.iterators) bound.add(each.name)
    if (node.kind === 'function') for (const parameter of node.parameters) bound.add(parameter)
    if (node.kind === 'context') for (const entry of node.entries) bound.add(entry.key)
    const types = childrenOf(node).map((child) => infer(child, bound))
    if (node.kind === 'negate') return types[0]
    if (node.kind === 'list' || node.kind === 'for') return 'list'
    return ['between', 'in', 'some', 'every', 'instanceOf'].includes(node.kind) ? 'boolean' : undefined
  }

  function nameType(node: Extract<FormulaNode, { kind: 'name' | 'path' }>, hidden: ReadonlySet<string>): Type {
    const path = pathOf(node)
    const [first = ''] = path ?? []
    if (path === undefined || hidden.has(first) || hidden.has('*') || !scope.form) return undefined
    const isField = scope.form.fields.has(first)
    const isFact = ['record', 'previous', 'user'].includes(first)
    if (!isField && !isFact) return undefined
    const [fact, rest] = isField ? ['record' as FactName, path] : [first as FactName, path.slice(1)]
    const target = rest.length === 0 && first !== 'user' ? undefined : resolvePath(fact, rest, scope.form, scope.lookup)
    return typeof target === 'object' ? typeOfKind[target.value.kind] : undefined
  }
}

const temporalType = (text: string): Type => {
  const value = parseTemporal(text)
  return value === undefined ? undefined : typeOf(value)
}
