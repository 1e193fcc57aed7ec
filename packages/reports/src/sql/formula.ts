import {
  compileFormula,
  type Facts,
  type FieldValue,
  type FormLookup,
  type FormModel,
  type FormulaNode,
  linkedFormName,
  pathOf,
  type ValueType,
} from '@tenon/engine'
import { sql } from 'kysely'
import { type Clause, clause, expressionOf } from './clause.ts'
import { type Dialect, dialects, type Sql } from './dialect.ts'
import { type Column, type Comparison, columnScalar, compareScalars, constantScalar, type Scalar } from './scalars.ts'

type FormulaContext = {
  readonly form: FormModel
  readonly lookup: FormLookup
  readonly facts: Facts
  readonly dialect: Dialect
  readonly column: (path: readonly string[]) => Column | undefined
}
/** The formula is fine, but outside what can be said in SQL. */
const unsayable = Symbol('unsayable')
type Said = Sql | typeof unsayable

/** Whether a formula can be said in SQL: comparisons of fields, put together with and, or, not, between and in. */
export function isPushable(
  formula: string,
  { form, lookup, facts }: Pick<FormulaContext, 'form' | 'lookup' | 'facts'>,
): boolean {
  const column = (path: readonly string[]): Column | undefined => {
    const value = typeAt(path, form, form, lookup)
    return value && { sql: sql`1`, value }
  }
  return say(formula, { form, lookup, facts, column, dialect: dialects.sqlite }) !== unsayable
}

function typeAt(
  [name = '', ...rest]: readonly string[],
  at: FormModel,
  root: FormModel,
  lookup: FormLookup,
): ValueType | undefined {
  const field = at.fields.get(name)
  if (field?.shows) return typeAt([field.shows.link, field.shows.field.id, ...rest], at, root, lookup)
  if (field === undefined || !field.stored) return undefined
  if (rest.length === 0) return field.value
  const target = field.target?.kind === 'record' ? lookup(linkedFormName(root, field.target)) : undefined
  return target && typeAt(rest, target, root, lookup)
}

/** True exactly where the formula gives true. FEEL's null is SQL's NULL, except that FEEL compares it for equality. */
export function formulaClause({ formula }: { readonly formula: string }, context: FormulaContext): Clause {
  const said = say(formula, context)
  if (said === unsayable) throw new Error('this formula cannot be said in SQL; planning should have refused it')
  return clause(said)
}

function say(text: string, context: FormulaContext): Said {
  const compiled = compileFormula(text, { form: context.form, lookup: context.lookup })
  return compiled.ok ? truthOf(compiled.value.ast, text, context) : unsayable
}

/** A node as a three-valued truth. */
function truthOf(node: FormulaNode, text: string, context: FormulaContext): Said {
  const { dialect } = context
  if (!readsRecord(node, context)) {
    const value = constantOf(node, text, context)
    return typeof value === 'boolean' ? dialect.truth(value) : nullTruth(dialect)
  }
  switch (node.kind) {
    case 'and':
    case 'or':
      return joined(node.kind, [truthOf(node.left, text, context), truthOf(node.right, text, context)])
    case 'comparison':
      return comparison(
        node.operator,
        operandOf(node.left, text, context),
        operandOf(node.right, text, context),
        context,
      )
    case 'between': {
      return within(operandOf(node.value, text, context), ['>=', node.low], ['<=', node.high], text, context)
    }
    case 'in':
      return joined(
        'or',
        node.tests.map((test) => passes(operandOf(node.value, text, context), test, text, context)),
      )
    case 'call': {
      const [only] = node.arguments
      if (node.function !== 'not' || only === undefined || node.arguments.length !== 1) return unsayable
      const inner = truthOf(only, text, context)
      return inner === unsayable ? unsayable : sql`not (${inner})`
    }
    case 'name':
    case 'path': {
      const column = columnAt(node, context)
      return column?.value.kind === 'boolean' ? sql`${column.sql} = ${dialect.boolean(true)}` : unsayable
    }
    default:
      return unsayable
  }
}

const nullTruth = (dialect: Dialect): Sql => (dialect.name === 'postgres' ? sql`null::boolean` : sql`null`)

function joined(word: 'and' | 'or', parts: readonly Said[]): Said {
  const said = parts.filter((part): part is Sql => part !== unsayable)
  return said.length < parts.length || said.length === 0
    ? unsayable
    : sql`(${sql.join(said, word === 'and' ? sql` and ` : sql` or `)})`
}

/** One test of `in`: a value, a range, `> 5`, or a list of values. */
function passes(value: Operand, test: FormulaNode, text: string, context: FormulaContext): Said {
  const against = (operator: string, node: FormulaNode) =>
    comparison(operator, value, operandOf(node, text, context), context)
  if (test.kind === 'test') return against(test.operator, test.value)
  if (test.kind === 'range')
    return within(
      value,
      [test.includesLow ? '>=' : '>', test.low],
      [test.includesHigh ? '<=' : '<', test.high],
      text,
      context,
    )
  if (test.kind === 'list')
    return test.items.length === 0
      ? unsayable
      : joined(
          'or',
          test.items.map((item) => passes(value, item, text, context)),
        )
  return against('=', test)
}

type Bound = readonly [operator: string, node: FormulaNode]

/** Between two bounds; null as soon as one of the three is, even where the other bound would decide. */
function within(
  value: Operand,
  [above, low]: Bound,
  [below, high]: Bound,
  text: string,
  context: FormulaContext,
): Said {
  const from = operandOf(low, text, context)
  const to = operandOf(high, text, context)
  const operands: readonly Operand[] = [value, from, to]
  if (operands.some((one) => isSaid(one) && 'constant' in one && one.constant === null))
    return nullTruth(context.dialect)
  const said = joined('and', [comparison(above, value, from, context), comparison(below, value, to, context)])
  if (said === unsayable) return said
  const columns = operands.flatMap((one) =>
    isSaid(one) && 'column' in one ? [sql`${one.column.sql} is not null`] : [],
  )
  return columns.length < 2 ? said : sql`case when ${sql.join(columns, sql` and `)} then ${said} end`
}

type Operand = { readonly column: Column } | { readonly constant: FieldValue } | typeof unsayable
const isSaid = (operand: Operand): operand is Exclude<Operand, typeof unsayable> => operand !== unsayable

function operandOf(node: FormulaNode, text: string, context: FormulaContext): Operand {
  if (!readsRecord(node, context)) return { constant: constantOf(node, text, context) }
  const column = columnAt(node, context)
  return column === undefined ? unsayable : { column }
}

function columnAt(node: FormulaNode, context: FormulaContext): Column | undefined {
  const path = pathOf(node)
  const column = path && context.column(path[0] === 'record' ? path.slice(1) : path)
  return column && isScalar(column.value) ? column : undefined
}

const isScalar = ({ kind }: ValueType): boolean => kind !== 'list' && kind !== 'table'

/** Whether a node looks at the record; then its value differs from row to row. */
function readsRecord(node: FormulaNode, context: FormulaContext): boolean {
  if (node.kind === 'name') return node.name === 'record' || context.form.fields.has(node.name)
  return Object.values(node).some((child: unknown) => hasRecord(child, context))
}
const hasRecord = (child: unknown, context: FormulaContext): boolean => {
  if (Array.isArray(child)) return child.some((item) => hasRecord(item, context))
  return (
    typeof child === 'object' &&
    child !== null &&
    ('kind' in child
      ? readsRecord(child as FormulaNode, context)
      : Object.values(child).some((item) => hasRecord(item, context)))
  )
}

/** The value of a part that is the same for every row, evaluated as the formula it is. */
function constantOf(node: FormulaNode, text: string, { form, lookup, facts }: FormulaContext): FieldValue {
  const compiled = compileFormula(text.slice(node.from, node.to), { form, lookup })
  return compiled.ok ? compiled.value.evaluate(facts).value : null
}

const comparisons: { readonly [operator: string]: Comparison } = {
  '<': 'lessThan',
  '<=': 'lessThanInclusive',
  '>': 'greaterThan',
  '>=': 'greaterThanInclusive',
}

function comparison(operator: string, left: Operand, right: Operand, context: FormulaContext): Said {
  const { dialect } = context
  if (left === unsayable || right === unsayable) return unsayable
  if (operator === '!=') {
    const same = comparison('=', left, right, context)
    return same === unsayable ? unsayable : sql`not (${same})`
  }
  const family =
    'column' in left
      ? columnScalar(left.column).family
      : 'column' in right
        ? columnScalar(right.column).family
        : undefined
  if (family === undefined || family === 'list') return unsayable
  const a = scalar(left, family, context)
  const b = scalar(right, family, context)
  if (a === unsayable || b === unsayable) return unsayable
  const name = comparisons[operator]
  if (a === null || b === null) return name === undefined ? bothNull(a, b, dialect) : nullTruth(dialect)
  const compared = compareScalars(name ?? 'equal', a, b, dialect)
  if (name !== undefined) return expressionOf(compared, dialect)
  const equal = sql`coalesce(${expressionOf(compared, dialect)}, ${dialect.truth(false)})`
  return 'column' in a && 'column' in b ? sql`(${equal} or (${a.column} is null and ${b.column} is null))` : equal
}

/** The scalar, null for a blank constant; of another family FEEL would not compare it. */
function scalar(
  side: Exclude<Operand, typeof unsayable>,
  family: Scalar['family'],
  { facts }: FormulaContext,
): Scalar | null | typeof unsayable {
  if ('constant' in side)
    return side.constant === null ? null : (constantScalar(side.constant, family, facts) ?? unsayable)
  const own = columnScalar(side.column)
  return own.family === family ? own : unsayable
}

function bothNull(a: Scalar | null, b: Scalar | null, dialect: Dialect): Sql {
  const there = a ?? b
  return there !== null && 'column' in there ? sql`${there.column} is null` : dialect.truth(a === null && b === null)
}
