import {
  type Condition,
  type ConditionValue,
  compileCondition,
  type Facts,
  type Family,
  type FormLookup,
  type FormModel,
  familyOf,
  familyOfValues,
  isBlank,
  isFormula,
  isLeaf,
  isRef,
  type LeafCondition,
  operators,
  pathParts,
  readFact,
  refParts,
  windowOf,
} from '@tenon/engine'
import { sql } from 'kysely'
import { allOf, always, anyOf, type Clause, clause, never, not } from './clause.ts'
import type { Dialect, Sql } from './dialect.ts'
import { formulaClause } from './formula.ts'
import {
  type Column,
  type Comparison,
  columnScalar,
  compareScalars,
  constantScalar,
  inFamily,
  isComparison,
  isStorable,
  type Scalar,
} from './scalars.ts'

/** What a condition is compiled against. */
export type ConditionContext = {
  readonly dialect: Dialect
  readonly form: FormModel
  readonly lookup: FormLookup
  /** Everything but the record: now, zone, user, params. Read while compiling and bound as values. */
  readonly facts: Facts
  /** The column at a path of the record; undefined: there is none, it reads as blank. */
  readonly column: (path: readonly string[]) => Column | undefined
  /** Another way to say a leaf, where there is a better one. */
  readonly leaf?: (leaf: LeafCondition) => Clause | undefined
}

/**
 * The SQL twin of the engine's `compileCondition`: true for exactly the rows for which that gives true. Parts that do
 * not look at the record are decided here; a formula that cannot be said in SQL throws (planning refuses it before).
 */
export function conditionClause(condition: Condition, context: ConditionContext): Clause {
  if (isLeaf(condition)) return context.leaf?.(condition) ?? leafClause(condition, context)
  if (isFormula(condition)) return formulaClause(condition, context)
  if ('not' in condition) return not(conditionClause(condition.not, context), context.dialect)
  if ('all' in condition) return allOf(condition.all.map((part) => conditionClause(part, context)))
  return anyOf(condition.any.map((part) => conditionClause(part, context)))
}

/** One side of a leaf: a column, or a JSON value with its declared family (absent: nobody declared one). */
type Side = { readonly column: Column } | { readonly value: unknown; readonly family?: Family }
const isColumn = (side: Side): side is { readonly column: Column } => 'column' in side

function leafClause(leaf: LeafCondition, context: ConditionContext): Clause {
  const values: readonly ConditionValue[] = Array.isArray(leaf.value) ? leaf.value : [leaf.value ?? null]
  if (leaf.fact !== 'record' && !values.some(readsRecord)) {
    return compileCondition(leaf, context.form, context.lookup)(context.facts) ? always : never
  }
  const left = leftSide(leaf, context)
  if (leaf.operator === 'isEmpty') return blank(left)
  // Rows have no earlier state here, so whatever is there counts as changed, as in memory without `previous`.
  if (leaf.operator === 'isNotEmpty' || leaf.operator === 'changed') return not(blank(left), context.dialect)
  if (!isColumn(left) && isBlank(left.value)) return never
  return operators[leaf.operator].operand === 'duration'
    ? windowClause(leaf, left, context)
    : operatorClause(leaf, left, context)
}

/** Whether the right side of a leaf is known without looking at the record. */
export const isSettled = ({ value }: LeafCondition): boolean =>
  !(Array.isArray(value) ? value : [value ?? null]).some(readsRecord)

const readsRecord = (value: ConditionValue): boolean => isRef(value) && refParts(value.ref).fact === 'record'

function leftSide(leaf: LeafCondition, context: ConditionContext): Side {
  const path = pathParts(leaf.path)
  if (leaf.fact === 'record') return recordSide(path, context)
  return { value: readFact(context.facts, leaf.fact, path, context.form, context.lookup), ...declared(leaf.fact, path) }
}

const recordSide = (path: readonly string[], context: ConditionContext): Side => {
  const column = context.column(path.length === 0 ? ['id'] : path)
  return column === undefined ? { value: null } : { column }
}

const declared = (fact: string, path: readonly string[]): { family?: Family } => {
  if (fact === 'now') return { family: 'instant' }
  if (fact !== 'user') return {}
  return { family: path[0] === 'departments' || path[0] === 'roles' ? 'list' : 'text' }
}

function blank(side: Side): Clause {
  if (isColumn(side)) return clause(sql`${side.column.sql} is null`)
  return isBlank(side.value) ? always : never
}

function operandSides(leaf: LeafCondition, context: ConditionContext): readonly Side[] {
  const one = (value: ConditionValue): readonly Side[] => {
    if (!isRef(value)) return [{ value }]
    const { fact, path } = refParts(value.ref)
    if (fact === 'record') return [recordSide(path, context)]
    const read = readFact(context.facts, fact, path, context.form, context.lookup)
    return Array.isArray(read) ? read.map((item) => ({ value: item })) : [{ value: read }]
  }
  if (Array.isArray(leaf.value)) return leaf.value.flatMap(one)
  return leaf.value === undefined ? [] : one(leaf.value)
}

/** Whether the right side is a list, whichever way it was written. */
function isListOperand(leaf: LeafCondition, context: ConditionContext): boolean {
  if (Array.isArray(leaf.value)) return true
  const value = leaf.value
  if (!isRef(value as ConditionValue)) return false
  const { fact, path } = refParts((value as { ref: string }).ref)
  return fact !== 'record' && Array.isArray(readFact(context.facts, fact, path, context.form, context.lookup))
}

function operatorClause(leaf: LeafCondition, left: Side, context: ConditionContext): Clause {
  const { operand } = operators[leaf.operator]
  const isList = isListOperand(leaf, context)
  // One value wanted and a list given, or the other way round, holds for nothing.
  if (isList !== (operand !== 'one') && !(operand !== 'one' && isRecordRef(leaf.value))) return never
  const sides = operandSides(leaf, context)
  if (operand !== 'one' && !isList) return listColumnOperand(leaf, left, sides[0], context)
  if (operand === 'one' && sides.every((side) => !isColumn(side) && isBlank(side.value))) return never
  const family = familyOfLeft(left, sides)
  if (family === 'list') return listClause(leaf, left, sides, context)
  const one = scalarOf(left, family, context)
  const others = sides.map((side) => scalarOf(side, family, context)).filter((side) => side !== undefined)
  return one === undefined ? never : scalarClause(leaf, one, others, context.dialect)
}

const isRecordRef = (value: ConditionValue | undefined): boolean => value !== undefined && readsRecord(value)

/** `in` and its like against a list column of the record: membership the other way round. */
function listColumnOperand(
  leaf: LeafCondition,
  left: Side,
  right: Side | undefined,
  context: ConditionContext,
): Clause {
  if (right === undefined || !isColumn(right) || right.column.value.kind !== 'list') return never
  if (leaf.operator !== 'in' && leaf.operator !== 'notIn')
    throw new Error(`no SQL for ${leaf.operator} between two lists`)
  const one = scalarOf(left, isColumn(left) ? familyOf[left.column.value.kind] : 'text', context)
  if (one === undefined || one.family !== 'text') return never
  const list = right.column.sql
  const member = hasClause(list, one, context.dialect)
  const present = [
    clause(sql`${list} is not null`),
    ...('column' in one ? [clause(sql`${one.column} is not null`)] : []),
  ]
  return leaf.operator === 'in' ? member : allOf([...present, not(member, context.dialect)])
}

function familyOfLeft(left: Side, sides: readonly Side[]): Family {
  if (isColumn(left)) return familyOf[left.column.value.kind]
  if (left.family !== undefined) return left.family
  const [first] = sides
  return familyOfValues(left.value, first !== undefined && !isColumn(first) ? first.value : undefined)
}

function scalarOf(side: Side, family: Family, context: ConditionContext): Scalar | undefined {
  if (!isColumn(side)) return constantScalar(side.value, family, context.facts)
  if (familyOf[side.column.value.kind] === 'list') return undefined
  return inFamily(columnScalar(side.column), family, context.facts, context.dialect)
}

function scalarClause(leaf: LeafCondition, left: Scalar, right: readonly Scalar[], dialect: Dialect): Clause {
  const [first, second] = right
  const { operator } = leaf
  const equals = () =>
    left.family === 'text' && 'column' in left
      ? textIn(left.column, right, dialect)
      : anyOf(right.map((one) => compareScalars('equal', left, one, dialect)))
  if (operator === 'in') return equals()
  if (operator === 'notIn') return allOf([there(left), not(equals(), dialect)])
  if (first === undefined) return never
  if (isComparison(operator)) return compareScalars(operator as Comparison, left, first, dialect)
  if (operator === 'between') {
    if (second === undefined || right.length > 2) return never
    return allOf([
      compareScalars('greaterThanInclusive', left, first, dialect),
      compareScalars('lessThanInclusive', left, second, dialect),
    ])
  }
  if (left.family !== 'text') return operator === 'doesNotContain' ? allOf([there(left), there(first)]) : never
  if (operator === 'contains') return textContains(left, first, dialect)
  if (operator === 'doesNotContain')
    return allOf([there(left), there(first), not(textContains(left, first, dialect), dialect)])
  return operator === 'startsWith' ? startsWith(left, first, dialect) : never
}

const there = (scalar: Scalar): Clause => ('column' in scalar ? clause(sql`${scalar.column} is not null`) : always)

const isNull = (scalar: Scalar): Clause => ('column' in scalar ? clause(sql`${scalar.column} is null`) : never)

/** `in (…)` for the values, `=` for columns among them. */
function textIn(column: Sql, right: readonly Scalar[], _dialect: Dialect): Clause {
  const values = right.flatMap((one) =>
    'constant' in one && typeof one.constant === 'string' && isStorable(one.constant) ? [one.constant] : [],
  )
  const columns = right.flatMap((one) => ('column' in one ? [clause(sql`${column} = ${one.column}`)] : []))
  const listed =
    values.length === 0
      ? never
      : clause(values.length === 1 ? sql`${column} = ${values[0]}` : sql`${column} in (${sql.join(values)})`)
  return anyOf([listed, ...columns])
}

/** The scalar as SQL text; undefined when no database can hold it. */
const textOf = (scalar: Scalar, dialect: Dialect): Sql | undefined => {
  if ('column' in scalar) return scalar.column
  const text = String(scalar.constant)
  if (!isStorable(text)) return undefined
  return dialect.name === 'postgres' ? sql`${text}::text` : sql`${text}`
}

function textContains(left: Scalar, right: Scalar, dialect: Dialect): Clause {
  const whole = textOf(left, dialect)
  const part = textOf(right, dialect)
  return whole === undefined || part === undefined ? never : clause(dialect.includes(whole, part))
}

/** A range where the beginning is known, so that an index answers it. */
function startsWith(left: Scalar, right: Scalar, dialect: Dialect): Clause {
  const whole = textOf(left, dialect)
  const start = textOf(right, dialect)
  if (whole === undefined || start === undefined) return never
  if ('column' in right || !('column' in left)) return clause(sql`substr(${whole}, 1, length(${start})) = ${start}`)
  const column = dialect.byCodePoint(whole)
  const end = successor(String(right.constant))
  const from = clause(sql`${column} >= ${start}`)
  return end === undefined ? from : allOf([from, clause(sql`${column} < ${end}`)])
}

/** The smallest text after everything that begins like this. */
function successor(prefix: string): string | undefined {
  const points = [...prefix].map((character) => character.codePointAt(0) ?? 0)
  while (points.at(-1) === 0x10ffff) points.pop()
  const last = points.pop()
  if (last === undefined) return undefined
  return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1)
}

/** Lists: membership of single elements. */
function listClause(leaf: LeafCondition, left: Side, sides: readonly Side[], context: ConditionContext): Clause {
  const { dialect } = context
  const elements = sides.map((side) => scalarOf(side, 'text', context)).filter((side) => side !== undefined)
  const [first] = elements
  const has = (element: Scalar): Clause => {
    if (isColumn(left)) return hasClause(left.column.sql, element, dialect)
    const items = Array.isArray(left.value) ? left.value.filter((item): item is string => typeof item === 'string') : []
    if ('constant' in element) return items.includes(String(element.constant)) ? always : never
    return textIn(
      element.column,
      items.map((item) => ({ family: 'text', constant: item })),
      dialect,
    )
  }
  const present = isColumn(left) ? clause(sql`${left.column.sql} is not null`) : always
  switch (leaf.operator) {
    case 'contains':
      return first === undefined ? never : has(first)
    case 'doesNotContain':
      return first === undefined ? never : allOf([present, there(first), not(has(first), dialect)])
    case 'containsAny':
      return anyOf(elements.map(has))
    case 'containsAll':
      // A blank among them asks for nothing.
      return allOf([present, ...elements.map((element) => anyOf([isNull(element), has(element)]))])
    default:
      return never
  }
}

function hasClause(list: Sql, element: Scalar, dialect: Dialect): Clause {
  if ('column' in element) return clause(dialect.listHasColumn(list, element.column))
  const text = String(element.constant)
  return isStorable(text) ? clause(dialect.listHas(list, text)) : never
}

/** `olderThan` and `within`: bounds that are known once now is. */
function windowClause(leaf: LeafCondition, left: Side, context: ConditionContext): Clause {
  if (!isColumn(left)) return never
  const family = familyOf[left.column.value.kind]
  const [operand] = operandSides(leaf, context)
  if ((family !== 'date' && family !== 'instant') || operand === undefined || isColumn(operand)) return never
  if (typeof operand.value !== 'string') return never
  const window = windowOf(operand.value, family, context.facts.now, context.facts.zone)
  const bound = (text: string) => constantScalar(text, family, context.facts)
  if (window === undefined) return never
  const [older, from, to] = [bound(window.older), bound(window.from), bound(window.to)]
  if (older === undefined || from === undefined || to === undefined) return never
  const column = columnScalar(left.column)
  if (leaf.operator === 'olderThan') return compareScalars('lessThan', column, older, context.dialect)
  return allOf([
    compareScalars('greaterThanInclusive', column, from, context.dialect),
    compareScalars('lessThanInclusive', column, to, context.dialect),
  ])
}
